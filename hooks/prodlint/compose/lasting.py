"""Which services start again after a crash or a reboot."""

import re

from prodlint.compose.claims import SWARM
from prodlint.compose.deployment import counts, for_demonstration, given
from prodlint.core.answer import YES
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.model import Compose
    from prodlint.compose.service import Service

# compose-spec, "ports": [IP:]HOST:CONTAINER, or the text of `published:`
_WEBSITE = r"(?:[\d.]+:)?(?:80|443)(?::|$)"


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
    and it serves no website, or builds images, as on the machine of a developer. In a service with a terminal, somebody works. Nor
    when the README says that the repository shows something.
    """
    if (
        compose.deployed is not YES
        and not any(service.text("restart") not in (None, "no") for service in compose.services)
        and (
            any(service.last("build") for service in compose.services)
            or not any(map(_serves_a_website, compose.services))
        )
    ):
        return []
    if compose.deployed is not YES and for_demonstration(compose.project):
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
    if not any(_published(service) for service in found):
        return []
    return sorted(found, key=lambda service: not _published(service))


def _published(service: "Service") -> bool:
    """Whether a file that counts in production publishes a port."""
    return any(counts(item.place) for item in service.items("ports"))


def _serves_a_website(service: "Service") -> bool:
    """Whether it publishes the ports of HTTP and HTTPS."""
    ports = (item.get("published") or item for item in service.items("ports"))
    return any(re.match(_WEBSITE, port.text or "") for port in ports)
