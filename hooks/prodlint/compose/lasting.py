"""Which services start again after a crash or a reboot."""

from prodlint.compose.claims import SWARM
from prodlint.compose.deployment import given
from prodlint.core.answer import YES
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.model import Compose
    from prodlint.compose.service import Service


def restarts(service: "Service") -> bool:
    """Whether somebody decided what happens when it ends; Swarm starts containers again without being told."""
    return (
        service.last("restart") is not None
        or service.last("deploy", "restart_policy") is not None
        or any(service.last("deploy", key) for key in SWARM)
    )


def lacking(compose: "Compose") -> "list[Service]":
    """The services that others reach and that nothing starts again, the published ones first.

    None when nothing says that the project is to run on: it is not named for production, none of its services has a policy,
    and it builds images, as on the machine of a developer. In a service with a terminal, somebody works.
    """
    if (
        compose.deployed is not YES
        and not any(service.text("restart") not in (None, "no") for service in compose.services)
        and any(service.last("build") for service in compose.services)
    ):
        return []
    found = [
        service
        for service in compose.candidates
        if service.needs_health
        and service.text("tty") != "true"
        and (service.published or service.dependents)
        and not restarts(service)
        and not given(compose, service.name, "restart")
        and not given(compose, service.name, "deploy")
    ]
    if not any(service.published for service in found):
        return []
    return sorted(found, key=lambda service: not service.published)
