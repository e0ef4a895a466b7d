"""From the text of a Dockerfile to text that dockerfile-parse reads as BuildKit would.

dockerfile-parse knows neither heredocs nor blank lines in a continuation, continues after `\\\\`, drops what stands at the end
of the file without a newline, and takes any Unicode space for a blank. So every instruction is joined into its first line by
BuildKit's rules (frontend/dockerfile/parser/parser.go), and all other lines are left empty: the lines stay what they were.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from prodlint.core.source import Source, Span
from prodlint.dockerfile.arguments import NotStrings, json_list, without_flags
from prodlint.dockerfile.words import SPACES, BadWord, plain_words, raw_words

SENTINEL = "\ue000"
MAX_LINE = 65_535  # bytes; bufio.MaxScanTokenSize - 1
KEYWORDS = frozenset(
    ["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL"]
).union(["MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"])
_KEYWORD = re.compile(r"([^\t\v\f\r ]+)[\t\v\f\r ]*")
_DIRECTIVE = re.compile(r"#[^\S\n]*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$")
_DIRECTIVES = ("syntax", "escape", "check")
_HEREDOC = re.compile(r"(\d*)<<(-?)[\t\n\v\f\r ]*([^<]*)", re.ASCII)
_MAY_HOLD_HEREDOC = ("RUN", "COPY", "ADD")


class Heredoc(NamedTuple):
    """A here-document: its delimiter, and its body up to the line of the delimiter, in offsets of the source."""

    name: str
    start: int
    end: int
    tabs: bool
    number: str

    def text(self, source: Source) -> str:
        return source.text[self.start : self.end]


class Joined(NamedTuple):
    """An instruction on one line: its text, and from where in the source each piece of it came."""

    keyword: str
    text: str
    value_start: int
    line: int
    end_line: int
    starts: list[int]
    offsets: list[int]
    heredocs: list[Heredoc]

    def span(self, source: Source, start: int, end: int) -> Span:
        """Characters of the joined text as a place in the source."""
        last = self.offset(end - 1) + 1 if end > start else self.offset(start)
        return Span(source, self.offset(start), last)

    def offset(self, at: int) -> int:
        piece = bisect_right(self.starts, at) - 1
        return self.offsets[piece] + at - self.starts[piece]


class Problem(NamedTuple):
    """Why BuildKit refuses the file, and where."""

    start: int
    end: int
    message: str
    help: str = ""


class Sanitised(NamedTuple):
    """`text` is for dockerfile-parse; `instructions` by their 0-based line; `problem` is the first thing BuildKit stops at."""

    text: str
    instructions: dict[int, Joined]
    escape: str
    directives: dict[str, str]
    problem: Problem | None


def sanitise(source: Source) -> Sanitised:
    return _Sanitiser(source).run()


class _Sanitiser:
    def __init__(self, source: Source) -> None:
        self.lines = source.text.split("\n")
        if not self.lines[-1]:
            self.lines.pop()
        self.row = 0
        self.at = 0
        self.escape = "\\"
        self.directives: dict[str, str] = {}
        self.problem: Problem | None = None

    def run(self) -> Sanitised:
        clean = [""] * len(self.lines)
        instructions: dict[int, Joined] = {}
        in_directives = True
        while self.row < len(self.lines):
            row, start, line = self.row, self.at, self.lines[self.row]
            text = line.lstrip(SPACES)
            if in_directives:
                in_directives = self.directive(text.rstrip("\r"), start)
            if not text or text[0] == "#":
                self.next_line()
                continue
            joined = self.joined(start + len(line) - len(text))
            instructions[row] = joined
            if joined.keyword in KEYWORDS:
                clean[row] = _one_line(joined)
        return Sanitised(
            "\n".join(clean) + "\n", instructions, self.escape, self.directives, self.problem
        )

    def next_line(self) -> None:
        line = self.lines[self.row]
        if len(line) > MAX_LINE // 4 and len(line.encode(errors="replace")) > MAX_LINE:
            self.refuse(self.at, self.at + 1, f"this line is longer than {MAX_LINE} bytes")
        self.row += 1
        self.at += len(line) + 1

    def refuse(self, start: int, end: int, message: str, advice: str = "") -> None:
        if self.problem is None:
            self.problem = Problem(start, end, message, advice)

    def directive(self, text: str, start: int) -> bool:
        """Read `# escape=` and its like; whether another may follow."""
        match = _DIRECTIVE.match(text)
        name = match[1].lower() if match else ""
        if match is None or name not in _DIRECTIVES:
            return False
        end = start + len(self.lines[self.row])
        if name in self.directives:
            self.refuse(start, end, f"a second {name} directive: only one can be used")
        self.directives[name] = match[2]
        if name == "escape":
            if match[2] in ("\\", "`"):
                self.escape = match[2]
            else:
                self.refuse(start, end, "the escape character can only be ` or \\")
        return True

    def joined(self, start: int) -> Joined:
        """The instruction that begins at `start` on this line, and its here-documents."""
        row, pieces, starts, offsets, size = self.row, [], [], [], 0
        offset = start
        while True:
            text = self.lines[self.row][offset - self.at :].rstrip("\r")
            self.next_line()
            piece, continues = self.continued(text)
            pieces.append(piece)
            starts.append(size)
            offsets.append(offset)
            size += len(piece)
            while continues and self.row < len(self.lines):
                following = self.lines[self.row].lstrip(SPACES)
                if following and following[0] != "#":
                    break
                self.next_line()
            if not continues or self.row >= len(self.lines):
                break
            offset = self.at
        whole = "".join(pieces).rstrip(SPACES)
        lead = len(whole) - len(whole.lstrip(SPACES))
        match = _KEYWORD.match(whole, lead)
        word, value_start = (match[1], match.end()) if match else ("", 0)
        joined = Joined(word.upper(), whole, value_start, row + 1, self.row, starts, offsets, [])
        if "<<" in whole:
            self.heredocs(joined)
        return joined._replace(end_line=self.row)

    def continued(self, text: str) -> tuple[str, bool]:
        bare = text.rstrip(" \t")
        if bare.endswith(self.escape) and bare[-2:-1] != self.escape:
            return bare[:-1], True
        return text, False

    def heredocs(self, joined: Joined) -> None:
        keyword, value = joined.keyword, joined.text[joined.value_start :]
        if keyword == "ONBUILD":
            inner = _KEYWORD.match(value)
            keyword, value = (inner[1].upper(), value[inner.end() :]) if inner else ("", "")
        if keyword not in _MAY_HOLD_HEREDOC or _is_json(value, self.escape):
            return
        try:
            words = raw_words(joined.text)
        except BadWord:
            return
        for word in words:
            match = _HEREDOC.fullmatch(word)
            name = _delimiter(match[3]) if match else None
            if match and name is not None:
                self.body(joined, name, bool(match[2]), match[1])

    def body(self, joined: Joined, name: str, tabs: bool, number: str) -> None:
        start = self.at
        while self.row < len(self.lines):
            end, line = self.at, self.lines[self.row].rstrip("\r")
            self.next_line()
            if (line.lstrip("\t") if tabs else line) == name:
                joined.heredocs.append(Heredoc(name, start, end, tabs, number))
                return
        joined.heredocs.append(Heredoc(name, start, self.at, tabs, number))
        first = joined.offset(0)
        self.refuse(
            first,
            first + len(joined.keyword),
            "the here-document of this instruction never ends",
            f"end it with a line that holds {name} and nothing else" if name.isidentifier() else "",
        )


def _is_json(value: str, escape: str) -> bool:
    try:
        return json_list(without_flags(value, escape)) is not None
    except NotStrings:
        return True


def _delimiter(text: str) -> str | None:
    if not text:
        return None
    try:
        words = plain_words(text)
    except BadWord:
        return None
    return words[0] if len(words) == 1 else None


def _one_line(joined: Joined) -> str:
    value = joined.text[joined.value_start :]
    return (
        f"{joined.keyword} {SENTINEL}{value}{SENTINEL}"
        if guarded(value)
        else f"{joined.keyword} {value}"
    )


def guarded(value: str) -> bool:
    """Whether dockerfile-parse would shorten it: by a backslash at the end, or by what Go does not call a space."""
    return value.endswith("\\") or value != value.strip()
