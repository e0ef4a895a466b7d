"""A service that others reach has no healthcheck, so nothing notices when it stops answering."""

from prodlint.compose.model import Compose, Service
from prodlint.core import ERROR, NO, Finding, Findings

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    if not any(service.reached and service.health.answer is NO for service in compose.services):
        return
    from prodlint.compose.unchecked import unchecked

    for service, level in unchecked(compose):
        yield Finding(
            service.span,
            _message(service),
            help=service.recipe,
            related=service.origin.places if service.origin else (),
            level=level,
        )


def _message(service: Service) -> str:
    name = service.name
    if service.askers:
        waiter = service.askers[0].service.name
        effect = f"{waiter} may start before {name} answers"
        return f"{waiter} depends on {name}, which has no healthcheck{service.why_none}: {effect}"
    effect = "nothing notices when it stops answering"
    how = "published" if service.published else "exposed to others"
    return f"{name} is {how} without a healthcheck{service.why_none}: {effect}"
