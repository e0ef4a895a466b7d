"""A service waits for the health of another that never reports any, so `docker compose up` stops."""

from prodlint.compose.model import Compose, Service
from prodlint.core import ERROR, NO, Finding, Findings, Related

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    for service in compose.services:
        if not service.waited_for or service.health.answer is not NO or service.untested:
            continue
        first, *others = service.waited_for
        yield Finding(
            first.span,
            f"{first.service.name} waits for {service.name} to be healthy, {_why(service)}: docker compose up stops here",
            help=service.recipe,
            related=[
                _place(service),
                *(service.origin.places if service.origin else ()),
                *(Related(edge.span, f"{edge.service.name} waits for it too") for edge in others),
            ],
        )


def _place(service: Service) -> Related:
    if service.health.switched_off and service.health.place:
        return Related(service.health.place, "switches it off")
    return Related(service.span, "is what it waits for")


def _why(service: Service) -> str:
    if service.health.switched_off:
        return "but its healthcheck is switched off"
    return f"but it has no healthcheck{service.why_none}"
