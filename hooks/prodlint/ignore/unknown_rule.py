"""An ignore names a rule that does not exist."""

from prodlint.core import ERROR, Finding, Findings
from prodlint.core.ignore import Ignores
from prodlint.core.rule import all_rule_ids, suggestions

LEVEL = ERROR


def check(ignores: Ignores) -> Findings:
    known = all_rule_ids() if ignores.entries else []
    near = suggestions()
    for ignore in ignores.entries:
        for name in ignore.names:
            if name.rule not in known:
                yield Finding(
                    name.span,
                    f"there is no rule {name.rule!r}{near(name.rule, known)}: this ignores nothing",
                    help="`prodlint rules` lists the rules",
                )
