"""An ignore has a last day that is no date, so it covers nothing."""

from prodlint.core import ERROR, Finding, Findings
from prodlint.core.ignore import Ignores

LEVEL = ERROR


def check(ignores: Ignores) -> Findings:
    for ignore in ignores.entries:
        if not ignore.dated:
            yield Finding(
                ignore.span,
                "the last day of this ignore is no date, so it covers nothing",
                help="write the year, the month and the day: until=2027-01-31",
            )
