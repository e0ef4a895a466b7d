"""Inline ignores: `# prodlint: ignore[rule] reason` on the line or above it, `ignore-file[rule]` for a file; in code `//`.

One that stands alone covers the whole instruction or block below it. `until=2027-01-31` before the reason is its last day.
A hook may read the ignores of other tools too, in a module `foreign_ignores`.
"""

import re
from collections.abc import Iterable, Iterator

from prodlint.core.finding import Finding
from prodlint.core.lazy import lazy
from prodlint.core.source import Source, Span
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.extent import Extents

_COMMENT = lazy(
    r"(?:^|(?<=\s))(?:#|//)[ \t]*prodlint:[ \t]*(ignore|ignore-file)\[([^\]\n]*)\][ \t]*([^\n]*)",
    re.MULTILINE,
)
_UNTIL = lazy(r"until=(\S*)")
_DATE = lazy(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


class Name(NamedTuple):
    """One rule named by an ignore."""

    rule: str
    span: Span


class Ignore(NamedTuple):
    """One comment, about the lines from `first` to `last`; `until` is its last day as written, or empty."""

    span: Span
    names: list[Name]
    reason: str
    first: int
    last: int
    until: str = ""

    @property
    def dated(self) -> bool:
        """Whether its last day, if it has one, is a date."""
        return not self.until or _DATE.fullmatch(self.until) is not None

    @property
    def expired(self) -> bool:
        if not self.until:
            return False
        from prodlint.core.end_of_life import today

        return not self.dated or self.until < today()


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

    def kept(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings of the file that no ignore covers, and those whose ignore has expired; remembers what was used."""
        for finding in findings:
            names = [
                (ignore, name)
                for ignore in self.entries
                if ignore.first <= finding.span.line <= ignore.last
                for name in ignore.names
                if name.rule == finding.rule
            ]
            self.used.update(name.span for _, name in names)
            expired = [ignore.until for ignore, _ in names if ignore.expired]
            if len(expired) == len(names):
                told = f" (ignored until {max(expired)})" if expired else ""
                yield finding._replace(message=finding.message + told) if told else finding


def _read(source: Source) -> Iterator[Ignore]:
    if "prodlint:" not in source.text:
        return
    from prodlint.core.extent import Extents

    extents = Extents(source)
    for match in _COMMENT.finditer(source.text):
        kind, names, reason = match.groups()
        at = match.start(2)
        spans = []
        for part in names.split(","):
            start = at + len(part) - len(part.lstrip())
            spans.append(Name(part.strip(), source.span(start, start + len(part.strip()))))
            at += len(part) + 1
        until = _UNTIL.match(reason)
        why = reason[until.end() :] if until else reason
        whole = kind == "ignore-file"
        lines = (1, source.line_count) if whole else _covered(source, match.start(), extents)
        place = source.span(match.start(), match.start(3))
        yield Ignore(place, spans, why.strip(), *lines, until[1] if until else "")


def _covered(source: Source, offset: int, extents: "Extents") -> tuple[int, int]:
    """The line of the comment, or the instruction or block below it when the comment stands alone."""
    line = source.line_of(offset)
    if source.text[source.line_span(line).start : offset].strip():
        return line, line
    return extents.below(line)
