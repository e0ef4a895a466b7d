"""A compose file does not fit the Compose specification, so `docker compose` refuses all of it."""

from prodlint.compose.model import Compose
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    if not compose.file.documents or compose.file.is_version_1:
        return
    from prodlint.compose.conformance import problems

    if found := problems(compose):
        from prodlint.compose.invalid import described

        yield from described(found)
    if compose.file.extended:
        from prodlint.compose.extended import faults_of_bases

        for fault in faults_of_bases(compose):
            yield Finding(fault.span, fault.message, help=fault.help, secret=fault.secret)
