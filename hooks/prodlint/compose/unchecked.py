"""Services that others reach without a healthcheck, and how much that hurts where they run."""

from prodlint.compose import purpose
from prodlint.compose.datastores import datastore
from prodlint.compose.deployment import left_to_developers
from prodlint.compose.development import looks_like_development
from prodlint.compose.model import level
from prodlint.core.answer import NO
from prodlint.core.finding import WARNING
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodlint.compose.datastores import Datastore
    from prodlint.compose.model import Compose
    from prodlint.compose.service import Service

# They answer as soon as they run, and their clients connect again.
_AT_ONCE = ("Redis", "memcached")


def unchecked(compose: "Compose") -> "Iterator[tuple[Service, str]]":
    """The services that certainly have no healthcheck and need one, with the level of that; "" is the rule's own."""
    services = [service for service in compose.services if _has_none(service)]
    at_home = services and (left_to_developers(compose) or looks_like_development(compose))
    restarts = any(service.text("restart") for service in services and compose.services)
    for service in services:
        if at_home or purpose.for_development(service.span.path):
            if service.askers and _starts_slowly(service):
                yield service, WARNING
        elif purpose.is_monitor(service.text("image") or "") or (
            not restarts and _serves_outside(service)
        ):
            yield service, WARNING
        else:
            yield service, level(service.span)


def _has_none(service: "Service") -> bool:
    if not service.reached:
        return False
    health = service.health
    if health.answer is not NO or health.switched_off or service.waited_for:
        return False  # a wait that can never end is compose/unhealthy-dependency's
    if service.untested or (service.origin and service.origin.misplaced):
        return False
    return service.needs_health


def _serves_outside(service: "Service") -> bool:
    """Whether it is a database for a program on the same machine, and a developer's if nothing starts it again."""
    return not service.dependents and _store(service) is not None and service.compose.deployed is NO


def _starts_slowly(service: "Service") -> bool:
    """Whether it is a database or a broker that lets clients wait at its start, on every machine."""
    store = _store(service)
    return store is not None and store.name not in _AT_ONCE


def _store(service: "Service") -> "Datastore | None":
    return datastore(service.origin.repository) if service.origin else None
