"""One instruction: its flags, its arguments in either form, its here-documents, and where each of them stands."""

from functools import cached_property

from prodlint.core.source import Source, Span
from prodlint.dockerfile.arguments import Flag, NotStrings, json_list, read_flags
from prodlint.dockerfile.lexer import SPACES
from prodlint.dockerfile.sanitise import Heredoc, Joined
from prodlint.dockerfile.words import Word, split_blanks, split_quoted
from prodlint.typed import NamedTuple

JSON_FORM = frozenset(("ADD", "CMD", "COPY", "ENTRYPOINT", "HEALTHCHECK", "RUN", "SHELL", "VOLUME"))


class Pair(NamedTuple):
    """A variable of ENV, ARG or LABEL; `value` keeps its quotes, and is None when an ARG has no default.

    Offsets count from the begin of the instruction's value.
    """

    name: str
    value: str | None
    start: int
    end: int


class Instruction:
    """`keyword` is in capitals, `value` all that follows it on the joined line, `arguments` the same without `flags`.

    Lines are 1-based; `arguments_start` counts from the begin of `value`.
    """

    def __init__(
        self, source: Source, joined: Joined, keyword: str, value: str, escape: str
    ) -> None:
        self.source = source
        self.keyword = keyword
        self.value = value
        self.escape = escape
        self.flags: list[Flag] = []
        self.arguments = value
        self.arguments_start = 0
        if value and (value[0] == "-" or value[0] in SPACES):
            self.flags, self.arguments_start = read_flags(value, escape)
            self.arguments = value[self.arguments_start :]
        self._joined = joined

    @property
    def line(self) -> int:
        return self._joined.line

    @property
    def end_line(self) -> int:
        """The last line, with its here-documents."""
        return self._joined.end_line

    @property
    def heredocs(self) -> list[Heredoc]:
        return self._joined.heredocs

    @cached_property
    def keyword_span(self) -> Span:
        lead = len(self._joined.text) - len(self._joined.text.lstrip(SPACES))
        return self._joined.span(self.source, lead, lead + len(self.keyword))

    def at(self, start: int, end: int) -> Span:
        """Characters of `value` as a place in the source."""
        before = self._joined.value_start
        return self._joined.span(self.source, before + start, before + end)

    @cached_property
    def span(self) -> Span:
        """Keyword and value, without here-documents."""
        start = self.keyword_span.start
        if not self.value:
            return self.keyword_span
        return Span(self.source, start, self.at(0, len(self.value)).end)

    @cached_property
    def value_span(self) -> Span:
        """The arguments without flags; the keyword when there are none."""
        if not self.arguments:
            return self.keyword_span
        return self.at(self.arguments_start, len(self.value))

    def flag(self, name: str) -> str | None:
        """The value of a flag, as `from` of `COPY --from=build`."""
        return next((flag.value for flag in self.flags if flag.name == name), None)

    @cached_property
    def json(self) -> list[str] | None:
        """The items of the JSON form; None for the shell form. Of HEALTHCHECK, what follows CMD."""
        if self.keyword not in JSON_FORM:
            return None
        text = self.arguments
        if self.keyword == "HEALTHCHECK":
            text = self.command[1]
        try:
            return json_list(text)
        except NotStrings:
            return None

    @cached_property
    def command(self) -> tuple[str, str]:
        """The first word in capitals and the rest: of HEALTHCHECK its type, of ONBUILD its instruction."""
        words = self.arguments.split(None, 1)
        return (words[0].upper(), words[1] if len(words) > 1 else "") if words else ("", "")

    @cached_property
    def words(self) -> list[Word]:
        """Arguments between blanks, or the items of the JSON form; offsets count from the begin of `value`."""
        if self.json is not None:
            return [Word(self.arguments_start, len(self.value), item) for item in self.json]
        before = self.arguments_start
        return [
            Word(before + word.start, before + word.end, word.text)
            for word in split_blanks(self.arguments)
        ]

    @cached_property
    def pairs(self) -> list[Pair]:
        """The variables of ENV, ARG or LABEL."""
        words = split_quoted(self.arguments, self.escape)
        before = self.arguments_start
        if words and self.keyword != "ARG" and "=" not in words[0].text:
            name, *rest = split_blanks(self.arguments)
            start = rest[0].start if rest else name.end
            value = self.arguments[start:]
            return [Pair(name.text, value, before + name.start, len(self.value))]
        pairs = []
        for word in words:
            key, equals, given = word.text.partition("=")
            pairs.append(
                Pair(key, given if equals else None, before + word.start, before + word.end)
            )
        return pairs

    @cached_property
    def script(self) -> str | None:
        """What a shell is given to run: the shell form, or the here-document that stands for it; None in JSON form."""
        if self.json is not None:
            return None
        return self.command[1] if self.keyword == "HEALTHCHECK" else self.arguments

    def __repr__(self) -> str:
        return f"<{self.keyword} {self.source.path}:{self.line}>"
