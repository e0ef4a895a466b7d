"""An ignore does not say why."""

from prodlint.core import WARNING, Finding, Findings
from prodlint.core.ignore import Ignores

LEVEL = WARNING


def check(ignores: Ignores) -> Findings:
    for ignore in ignores.entries:
        if not ignore.reason:
            yield Finding(
                ignore.span,
                "this ignore gives no reason, so nobody can tell when it may go",
                help="write the reason behind the bracket: # prodlint: ignore[rule] the reason",
            )
