"""Two services publish the same port of the host: the second one does not start."""

from prodlint.compose.model import Compose
from prodlint.core import ERROR, Finding, Findings, Related

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    if sum(len(service.items("ports")) for service in compose.services) < 2:
        return
    from prodlint.compose.claims import port_clashes

    for clash in port_clashes(compose):
        service, other = clash.service.name, clash.other.name
        both = f"{other} and {service} both publish" if other != service else f"{service} publishes"
        twice = "" if other != service else " twice"
        yield Finding(
            clash.place,
            f"{both} port {clash.what} of the host{twice}: `port is already allocated` is all that the second one gets",
            help="give one of them another port of the host, or leave it unpublished behind the other",
            related=[Related(clash.taken, f"takes port {clash.what}")],
        )
