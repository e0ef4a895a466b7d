"""A healthcheck has timings and no test, because a merge replaced it or it never had one: nothing is run."""

from prodlint.compose.model import Compose, Service, level
from prodlint.compose.purpose import is_test_data
from prodlint.core import ERROR, UNKNOWN, YES, Finding, Findings, Related, Span

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    told = set()
    for service in compose.services:
        own = service.last("healthcheck")
        if not own or service.health.answer is YES or service.health.switched_off:
            continue
        from prodlint.compose.healthcheck import lost_test

        lost = lost_test(service)
        span = lost.key if lost else own.via or own.key
        if (lost or service.untested) and span not in told and not is_test_data(span.path):
            told.add(span)
            why = "loses the test that `<<` brings" if lost else f"has no test{service.why_none}"
            yield Finding(
                span,
                f"{service.name}'s healthcheck {why}: {_effect(service)}",
                help=_advice(service, lost is not None),
                related=_places(service, lost.test if lost else None),
                level=level(span),
            )


def _effect(service: Service) -> str:
    if service.health.answer is UNKNOWN:
        return "only its timings are left"
    if service.waited_for:
        return f"{service.waited_for[0].service.name} waits for it, so docker compose up stops"
    return "nothing is run"


def _advice(service: Service, merged: bool) -> str:
    if merged:
        return "`<<` does not merge what lies deeper: give the healthcheck there an anchor, and begin this one with\n<<: *that-anchor"
    return f"give it a test; {service.recipe}"


def _places(service: Service, test: Span | None) -> list[Related]:
    places = [Related(test, "is the test that is lost")] if test else []
    return places + [Related(edge.span, "waits for it") for edge in service.waited_for]
