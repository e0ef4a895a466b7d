"""A service runs privileged: whoever breaks into it has the host."""

from prodlint.compose.model import Compose
from prodlint.core import WARNING, Finding, Findings

LEVEL = WARNING


def check(compose: Compose) -> Findings:
    if not any(service.last("privileged") for service in compose.services):
        return
    from prodlint.compose.host_access import privileged

    for service, value in privileged(compose):
        yield Finding(
            value.via or value.key,
            f"{service.name} runs privileged, with every device and every right on the host: who breaks into it has the host",
            help=f"name what {service.name} needs, instead: `cap_add: [NET_ADMIN]`, `devices: [/dev/ttyUSB0]`",
        )
