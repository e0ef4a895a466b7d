"""Inline ignores: `# prodlint: ignore[rule] reason` on the line or above it, `ignore-file[rule]` for a file.

A hook may read the ignores of other tools too, in a module `foreign_ignores`.
"""

import re
from collections.abc import Iterator

from prodlint.core.finding import Finding
from prodlint.core.source import Source, Span
from prodlint.typed import NamedTuple

_COMMENT = re.compile(
    r"(?:^|(?<=\s))#[ \t]*prodlint:[ \t]*(ignore|ignore-file)\[([^\]\n]*)\][ \t]*([^\n]*)",
    re.MULTILINE,
)


class Name(NamedTuple):
    """One rule named by an ignore."""

    rule: str
    span: Span


class Ignore(NamedTuple):
    """One comment; `line` is the line that it covers, 0 for the whole file."""

    span: Span
    names: list[Name]
    reason: str
    line: int


class Foreign(NamedTuple):
    """A comment for another tool by which rules of ours keep silent, from one line to another, both included."""

    rules: frozenset[str]
    first: int
    last: int

    def covers(self, finding: Finding) -> bool:
        return finding.rule in self.rules and self.first <= finding.span.line <= self.last


class Ignores:
    """The ignores of a file, and after a run which of them were needed.

    `ran` holds the rules that looked at the file: only those can show an ignore to be unused.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.entries = list(_read(source))
        self.used: set[Span] = set()
        self.ran: set[str] = set()

    def covers(self, finding: Finding) -> bool:
        """Whether the file asks not to hear of this finding; remembers the ignore as used."""
        covered = False
        for ignore in self.entries:
            if ignore.line in (0, finding.span.line):
                for name in ignore.names:
                    if name.rule == finding.rule:
                        self.used.add(name.span)
                        covered = True
        return covered


def _read(source: Source) -> Iterator[Ignore]:
    if "prodlint:" not in source.text:
        return
    for match in _COMMENT.finditer(source.text):
        kind, names, reason = match.groups()
        at = match.start(2)
        spans = []
        for part in names.split(","):
            start = at + len(part) - len(part.lstrip())
            spans.append(Name(part.strip(), source.span(start, start + len(part.strip()))))
            at += len(part) + 1
        line = 0 if kind == "ignore-file" else _covered_line(source, match.start())
        yield Ignore(source.span(match.start(), match.start(3)), spans, reason.strip(), line)


def _covered_line(source: Source, offset: int) -> int:
    """The line of the comment, or the next line with content when the comment stands alone."""
    line = source.line_of(offset)
    if source.text[source.line_span(line).start : offset].strip():
        return line
    for below in range(line + 1, source.line_count + 1):
        text = source.line_span(below).text.strip()
        if text and not text.startswith("#"):
            return below
    return line
