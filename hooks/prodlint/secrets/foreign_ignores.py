"""Comments by which detect-secrets and gitleaks let a line pass: they say that it holds no secret in use."""

import re
from collections.abc import Iterator

from prodlint.core.ignore import Foreign
from prodlint.core.rule import rule_ids
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.project import Project
    from prodlint.core.source import Source

_NEXT = r"^[ \t]*{mark}[# \t]*pragma: ?allowlist[ -]nextline[ -]secret"
_SAME = r"{mark}[# \t]*pragma: ?(?:allow|white)list[ -]secret|gitleaks:allow"
_MARK = r"(?:#|//|/\*|--|<!--)"


def read(source: "Source", project: "Project") -> Iterator[Foreign]:
    """Each comment covers every rule, on its line or on the next one."""
    mark = "#" if source.path.endswith((".yaml", ".yml")) else _MARK
    rules = frozenset(rule_ids("secrets"))
    for pattern, further in ((_SAME, 0), (_NEXT, 1)):
        for comment in re.finditer(pattern.format(mark=mark), source.text, re.M):
            line = source.line_of(comment.end()) + further
            yield Foreign(rules, line, line)
