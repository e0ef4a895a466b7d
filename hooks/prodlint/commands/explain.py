"""Print the page of a rule: what it finds, why it matters, how to fix it."""

from collections.abc import Sequence

from prodlint.console import Stop, show
from prodlint.core import rule

USAGE = "RULE"


def run(words: Sequence[str]) -> int:
    if len(words) != 1:
        raise Stop("explain takes the id of one rule (`prodlint rules` lists them)")
    name = words[0]
    known = rule.all_rule_ids()
    if name not in known:
        raise Stop(
            f"unknown rule {name!r}{rule.did_you_mean(name, known)} (`prodlint rules` lists them)"
        )
    show(rule.page(name))
    return 0
