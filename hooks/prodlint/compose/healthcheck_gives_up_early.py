"""A healthcheck gives up within 15 seconds, so a slow start keeps those that wait for it from starting."""

from prodlint.compose.model import Compose
from prodlint.compose.purpose import is_test_data
from prodlint.core import WARNING, Finding, Findings, Related

LEVEL = WARNING
ENABLED = False
_ENOUGH = 15_000


def check(compose: Compose) -> Findings:
    for service in compose.services:
        if not service.health.own or not service.waited_for or is_test_data(service.span.path):
            continue
        from prodlint.compose.timing import window

        own, time = service.last("healthcheck"), window(service)
        if own and time is not None and time < _ENOUGH:
            yield Finding(
                own.via or own.key,
                f"{service.name}'s healthcheck gives up {time / 1000:g} s after its start, and "
                f"{service.waited_for[0].service.name} then never starts",
                help="add start_period, the time that a start may take: failures in it do not count",
                related=[Related(edge.span, "waits for it") for edge in service.waited_for],
            )
