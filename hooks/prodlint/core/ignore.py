"""Inline ignores: `# prodlint: ignore[rule] reason` on the line or above it, `ignore-file[rule]` for a file; in code `//`.

One that stands alone covers the whole instruction or block below it. `until=2027-01-31` before the reason is its last day.
A hook may read the ignores of other tools too, in a module `foreign_ignores`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

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
        from prodlint.core.images.end_of_life import today

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
        self._covers: dict[str, Covers] = {}

    def kept(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings of the file that no ignore covers, and those whose ignore has expired; remembers what was used."""
        for finding in findings:
            covers = self._covering(finding)
            for cover in covers:
                if cover.names[0] not in self.used:
                    self.used.update(cover.names)
            if all(cover.expired for cover in covers):
                told = max((cover.until for cover in covers), default="")
                message = f"{finding.message} (ignored until {told})"
                yield finding._replace(message=message) if told else finding

    def _covering(self, finding: Finding) -> "list[Cover]":
        if finding.rule not in self._covers:
            self._covers[finding.rule] = Covers(self.entries, finding.rule)
        return self._covers[finding.rule].of(finding.span.line)


class Cover(NamedTuple):
    """The ignores of one rule about the same lines; `expired` when none is in force any more, and since when at the latest."""

    first: int
    last: int
    names: list[Span]
    expired: bool
    until: str


class Covers:
    """The ignores of one rule by lines, so that a finding is not compared with each."""

    def __init__(self, entries: list[Ignore], rule: str) -> None:
        found: dict[tuple[int, int], list[tuple[Ignore, Span]]] = {}
        for entry in entries:
            for name in entry.names:
                if name.rule == rule:
                    found.setdefault((entry.first, entry.last), []).append((entry, name.span))
        self._found = [
            Cover(
                *lines,
                [span for _, span in named],
                all(entry.expired for entry, _ in named),
                max(entry.until for entry, _ in named),
            )
            for lines, named in sorted(found.items())
        ]
        # How far down the covers up to here reach at the most.
        self._reach = list(accumulate((cover.last for cover in self._found), max))

    def of(self, line: int) -> list[Cover]:
        """Those about a line."""
        at = bisect_right(self._found, line, key=lambda cover: cover.first)
        found = []
        while at and self._reach[at - 1] >= line:
            at -= 1
            if self._found[at].last >= line:
                found.append(self._found[at])
        return found


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
