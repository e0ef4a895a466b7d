"""Ignores that were written for zizmor, and the rules that correspond to its own."""

import re
from collections.abc import Iterator

from prodlint.core.ignore import Foreign
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.project import Project
    from prodlint.core.source import Source

# The names that zizmor gives to what a rule of ours finds.
CORRESPONDING = {"ci/unpinned-action": "unpinned-uses"}
_COMMENT = r"# zizmor: ignore\[([^\]\n]+)\]"


def read(source: "Source", project: "Project") -> Iterator[Foreign]:
    """What each comment asks for on its line, as far as a rule of ours corresponds."""
    for comment in re.finditer(_COMMENT, source.text):
        names = [name.strip() for name in comment[1].split(",")]
        line = source.line_of(comment.start())
        rules = frozenset(rule for rule, name in CORRESPONDING.items() if name in names)
        yield Foreign(rules, line, line)
