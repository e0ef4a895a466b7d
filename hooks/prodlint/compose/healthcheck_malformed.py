"""A healthcheck does not run what it says: text where a list belongs, or shell syntax without a shell."""

from prodlint.compose.model import Compose, level
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    for test in compose.tests:
        if fault := test.fault:
            yield Finding(
                fault.span,
                f"{test.owner} {fault.message}",
                help=fault.help,
                related=test.places,
                level=level(fault.span),
            )
