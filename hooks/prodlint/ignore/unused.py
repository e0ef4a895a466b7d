"""An ignore hides nothing: the fault is gone, or it stands elsewhere."""

from prodlint.core import WARNING, Finding, Findings
from prodlint.core.ignore import Ignores

LEVEL = WARNING


def check(ignores: Ignores) -> Findings:
    for ignore in ignores.entries:
        for name in ignore.names:
            if name.rule in ignores.ran and name.span not in ignores.used:
                yield Finding(
                    name.span,
                    f"{name.rule} finds nothing here, so this ignore would only hide the next fault",
                    help="remove it",
                )
