"""A timing of a healthcheck is refused: no unit, negative, or start_interval without start_period."""

from prodlint.compose.model import Compose, Service, level
from prodlint.compose.purpose import is_test_data
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    told = set()
    for service in compose.services:
        if not _is_odd(service) or is_test_data(service.span.path):
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


def _is_odd(service: Service) -> bool:
    """Whether a timing is written in another way than most, as 30s."""
    for value in service.stack("healthcheck"):
        for key, below in value.pairs:
            written = below.text or ""
            plain = written.isdecimal() if key == "retries" else written[:-1].isdecimal()
            if key not in ("test", "disable") and (not plain or key == "start_interval"):
                return True
            if key != "retries" and plain and written[-1] not in "smh":
                return True
    return False
