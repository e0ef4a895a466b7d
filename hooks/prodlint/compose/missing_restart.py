"""A published service has no restart policy, so it stays down after a crash or a reboot."""

from prodlint.compose.model import Compose
from prodlint.core import WARNING, Finding, Findings, Related

LEVEL = WARNING


def check(compose: Compose) -> Findings:
    if not any(service.published and not service.last("restart") for service in compose.services):
        return
    from prodlint.compose.deployment import counts
    from prodlint.compose.lasting import lacking, restarts

    services = lacking(compose)
    if not services:
        return
    first, *others = services
    names = others[0].name if len(others) == 1 else f"{len(others)} more services"
    too = f"; the same goes for {names}" if others else ""
    related = [Related(service.span, f"{service.name} has none either") for service in others]
    related += [
        Related(one.span, f"{one.name} has one") for one in compose.services if restarts(one)
    ][:1]
    ports = next((value for value in first.stack("ports") if counts(value.key)), None)
    yield Finding(
        (ports.via or ports.key) if ports else first.span,
        f"{first.name} is published and has no restart policy: after a crash, or a reboot of the host, it stays down{too}",
        help=f"add below `{first.name}:`\nrestart: unless-stopped",
        related=related,
    )
