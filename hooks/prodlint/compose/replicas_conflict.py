"""A service has several replicas, but a container name or a port of the host that only one of them can have."""

from prodlint.compose.model import Compose
from prodlint.core import ERROR, Finding, Findings, Related

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    for service in compose.services:
        if not service.last("scale") and not service.last("deploy", "replicas"):
            continue
        from prodlint.compose.claims import container_name, replicas, short_of_ports

        count = replicas(service)
        if not count:
            continue
        name, port = container_name(service), short_of_ports(service, int(count.text or 0))
        several = f"{service.name} has {count.text} replicas"
        related = [Related(count.place, f"asks for {count.text} replicas")]
        if name:
            yield Finding(
                name.place,
                f"{several}, and one container name for all: docker compose refuses the project",
                help="leave `container_name` out; others reach all replicas by the service's name",
                related=related,
            )
        elif port:
            yield Finding(
                port.place,
                f"{several}, and {port.shown} of the host for all: Docker starts no more than fit, and docker compose stops",
                help="publish only a proxy before them, or a range of ports as wide as there are replicas",
                related=related,
            )
