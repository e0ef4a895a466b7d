"""A timing of a healthcheck is refused: no unit, negative, or start_interval without start_period."""

from prodlint.compose.model import Compose, level
from prodlint.compose.purpose import is_test_data
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    told = set()
    for service in compose.services:
        if not service.last("healthcheck") or is_test_data(service.span.path):
            continue
        from prodlint.compose.timing import faults

        for fault in faults(service):
            # One that several services take in is told once.
            place = (fault.span.path, fault.span.start)
            if place not in told:
                told.add(place)
                yield Finding(
                    fault.span,
                    f"{service.name}'s healthcheck: {fault.message}",
                    help=fault.help,
                    level=level(fault.span),
                )
