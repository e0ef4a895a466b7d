"""Print the page of a rule: what it finds, why it matters, how to fix it."""

import re
import sys
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
    page = rule.page(name)
    if sys.stdout.isatty():
        from shutil import get_terminal_size

        page = wrapped(page, min(get_terminal_size().columns, 100))
    show(page)
    return 0


def wrapped(page: str, width: int) -> str:
    """The page with its paragraphs broken anew for a terminal; code and tables stay as they are."""
    from textwrap import fill

    parts = re.split(r"(^```.*?^```$\n?)", page, flags=re.M | re.S)
    for number in range(0, len(parts), 2):
        # A list item begins one; a line to be copied is none.
        parts[number] = re.sub(
            r"^(?!`#|[#|\s])(- |\d+\. )?.+(?:\n(?!- |\d+\. |`#|[#|\s]).+)*",
            lambda found: fill(
                " ".join(found[0].split()),
                width,
                subsequent_indent=" " * len(found[1] or ""),
                break_long_words=False,
                break_on_hyphens=False,
            ),
            parts[number],
            flags=re.M,
        )
    return "".join(parts)
