"""A service of your own can command Docker: whoever breaks into it has the host."""

from prodlint.compose.model import Compose
from prodlint.core import WARNING, Finding, Findings

LEVEL = WARNING


def check(compose: Compose) -> Findings:
    if not any("docker.sock" in text for text in compose.texts):
        return
    from prodlint.compose.host_access import docker_sockets

    for service, item in docker_sockets(compose):
        yield Finding(
            item.place,
            f"{service.name} mounts the socket of Docker, through which it can start a container with the host's disk: "
            f"who breaks into {service.name} has the host, even where the mount is read-only",
            help="let another service do what needs Docker, behind a proxy that passes only the calls it makes, as tecnativa/docker-socket-proxy",
        )
