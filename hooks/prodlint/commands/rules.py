"""List the rules: id, level, what it finds."""

from collections.abc import Sequence

from prodlint.console import Stop, show
from prodlint.core import rule

USAGE = ""


def run(words: Sequence[str]) -> int:
    if words:
        raise Stop("rules takes no arguments")
    rows = [rule.load(rule_id) for rule_id in rule.all_rule_ids()]
    width = max(len(row.id) for row in rows)
    show(
        "".join(
            f"{row.id:{width}}  {row.level if row.enabled else 'off':7}  {row.summary}\n"
            for row in rows
        )
    )
    return 0
