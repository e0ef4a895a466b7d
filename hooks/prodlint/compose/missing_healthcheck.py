"""A service that others reach has no healthcheck, so nothing notices when it stops answering."""

from prodlint.compose.model import Compose, Service, level
from prodlint.core import ERROR, NO, Finding, Findings

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    for service in compose.services:
        health = service.health
        if health.answer is not NO or health.switched_off or service.waited_for:
            continue  # a wait that can never end is compose/unhealthy-dependency's
        if service.untested or (service.origin and service.origin.misplaced):
            continue
        if service.reached and service.needs_health:
            yield Finding(
                service.span,
                _message(service),
                help=service.recipe,
                related=service.origin.places if service.origin else (),
                level=level(service.span),
            )


def _message(service: Service) -> str:
    name = service.name
    if service.dependents:
        waiter = service.dependents[0].service.name
        effect = f"{waiter} may start before {name} answers"
        return f"{waiter} depends on {name}, which has no healthcheck{service.why_none}: {effect}"
    effect = "nothing notices when it stops answering"
    how = "published" if service.published else "exposed to others"
    return f"{name} is {how} without a healthcheck{service.why_none}: {effect}"
