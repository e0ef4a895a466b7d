"""Two services have the same container name: compose refuses the project."""

from prodlint.compose.model import Compose
from prodlint.core import ERROR, Finding, Findings, Related

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    if not any(service.last("container_name") for service in compose.services):
        return
    from prodlint.compose.claims import name_clashes

    for clash in name_clashes(compose):
        yield Finding(
            clash.place,
            f"{clash.other.name} and {clash.service.name} are both to have a container called {clash.what}, "
            "which Docker allows once: docker compose stops",
            help="leave `container_name` out; services reach each other by the service's name",
            related=[Related(clash.taken, "takes the name")],
        )
