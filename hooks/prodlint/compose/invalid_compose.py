"""A compose file does not fit the Compose specification, so `docker compose` refuses all of it."""

from prodlint.compose.model import Compose
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    if compose.file.is_version_1:
        return
    from prodlint.compose.conformance import problems

    if found := problems(compose):
        from prodlint.compose.invalid import described

        yield from described(found)
    from prodlint.compose.demands import faults

    for fault in faults(compose):
        yield Finding(fault.span, fault.message, help=fault.help, secret=fault.secret)
