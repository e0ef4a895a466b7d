"""What a rule says, and about which places."""

from collections.abc import Iterator, Sequence

from prodlint.core.source import Span
from prodlint.typed import NamedTuple

ERROR = "error"
WARNING = "warning"
LEVELS = (ERROR, WARNING)


class Related(NamedTuple):
    """Another place that a finding rests on, and what is to be seen there."""

    span: Span
    message: str


class Edit(NamedTuple):
    """Text to write in the place of a span. Nothing in the place of nothing at the start of a file drops its byte order mark."""

    span: Span
    text: str


class Finding(NamedTuple):
    """One fault: where it is, what happens in production, and what to write instead.

    `level` overrides the level of the rule. `secret` says that the span is a credential, which no report may quote;
    `masked` are further such places of its line. `rule` is filled in by the engine. `fix` are edits of one file that mend
    it and change nothing else. `commit` is the one of git's history where it stands, empty for a file as it is.
    `rests_on` are further files that may bring or hide it, which the engine fills in for documents made of several files.
    """

    span: Span
    message: str
    help: str = ""
    related: Sequence[Related] = ()
    level: str = ""
    secret: bool = False
    rule: str = ""
    masked: Sequence[Span] = ()
    fix: Sequence[Edit] = ()
    commit: str = ""
    rests_on: Sequence[str] = ()

    @property
    def paths(self) -> set[str]:
        """Every file that the finding rests on."""
        return {self.span.path, *(place.span.path for place in self.related), *self.rests_on}


Findings = Iterator[Finding]


class Fault(NamedTuple):
    """A place where a file cannot be read as what it claims to be; the hook's `syntax` rule reports it.

    `secret` and `masked` are those of the finding.
    """

    span: Span
    message: str
    help: str = ""
    secret: bool = False
    masked: Sequence[Span] = ()
