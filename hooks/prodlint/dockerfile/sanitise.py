"""From the text of a Dockerfile to text that dockerfile-parse reads as BuildKit would.

dockerfile-parse knows neither heredocs nor blank lines in a continuation, continues after `\\\\`, drops what stands at the end
of the file without a newline, and takes any Unicode space for a blank. So every instruction is joined into its first line by
BuildKit's rules (frontend/dockerfile/parser/parser.go), and all other lines are left empty: the lines stay what they were.
"""

import re
from bisect import bisect_right

from prodlint.core.lazy import lazy
from prodlint.core.source import Source, Span
from prodlint.dockerfile.arguments import NotStrings, json_list, without_flags
from prodlint.dockerfile.lexer import SPACES, BadWord, plain_words, raw_words
from prodlint.typed import NamedTuple

SENTINEL = "\ue000"
MAX_LINE = 65_535  # bytes; bufio.MaxScanTokenSize - 1
KEYWORDS = frozenset(
    ["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL"]
).union(["MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"])
_KEYWORD = lazy(r"([^\t\v\f\r ]+)[\t\v\f\r ]*")
_DIRECTIVE = r"#[^\S\n]*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$"
_DIRECTIVES = ("syntax", "escape", "check")
_HEREDOC = r"([0-9]*)<<(-?)[\t\n\v\f\r ]*([^<]*)"
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
    """`row` and `at` are the line that is read next, and where it begins."""

    def __init__(self, source: Source) -> None:
        self.lines = source.text.split("\n")
        if not self.lines[-1]:
            self.lines.pop()
        self.row = 0
        self.at = 0
        self.escape = "\\"
        self.directives: dict[str, str] = {}
        self.problem: Problem | None = None
        if len(source.text) > MAX_LINE // 4:
            self.measure()

    def measure(self) -> None:
        at = 0
        for line in self.lines:
            if len(line) > MAX_LINE // 4 and len(line.encode(errors="replace")) > MAX_LINE:
                self.refuse(at, at + 1, f"this line is longer than {MAX_LINE} bytes")
            at += len(line) + 1

    def run(self) -> Sanitised:
        lines = self.lines
        clean = [""] * len(lines)
        instructions: dict[int, Joined] = {}
        in_directives = True
        while self.row < len(lines):
            row, line = self.row, lines[self.row]
            text = _lstrip(line)
            if in_directives:
                in_directives = self.directive(text.rstrip("\r"), self.at)
            if not text or text[0] == "#":
                self.row += 1
                self.at += len(line) + 1
                continue
            joined = self.joined(len(line) - len(text))
            instructions[row] = joined
            if joined.keyword in KEYWORDS:
                clean[row] = _one_line(joined)
        text = "\n".join(clean) + "\n"
        return Sanitised(text, instructions, self.escape, self.directives, self.problem)

    def refuse(self, start: int, end: int, message: str, advice: str = "") -> None:
        if self.problem is None:
            self.problem = Problem(start, end, message, advice)

    def directive(self, text: str, start: int) -> bool:
        """Read `# escape=` and its like; whether another may follow."""
        match = re.match(_DIRECTIVE, text) if text[:1] == "#" else None
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

    def joined(self, indent: int) -> Joined:
        """The instruction that begins on this line, and its here-documents."""
        lines, row, at, escape = self.lines, self.row, self.at, self.escape
        first, size, continues = row, 0, True
        pieces: list[str] = []
        starts: list[int] = []
        offsets: list[int] = []
        while continues and row < len(lines):
            line = lines[row]
            if pieces:
                text = _lstrip(line)
                if not text or text[0] == "#":
                    row += 1
                    at += len(line) + 1
                    continue
            piece = (line[indent:] if indent else line).rstrip("\r")
            bare = piece.rstrip(" \t")
            continues = bare.endswith(escape) and bare[-2:-1] != escape
            if continues:
                piece = bare[:-1]
            pieces.append(piece)
            starts.append(size)
            offsets.append(at + indent)
            size += len(piece)
            row += 1
            at += len(line) + 1
            indent = 0
        self.row, self.at = row, at
        whole = "".join(pieces).rstrip(SPACES)
        match = _KEYWORD.match(whole, len(whole) - len(_lstrip(whole)))
        word, value_start = (match[1].upper(), match.end()) if match else ("", 0)
        heredocs: list[Heredoc] = []
        joined = Joined(word, whole, value_start, first + 1, row, starts, offsets, heredocs)
        if "<<" not in whole:
            return joined
        self.heredocs(joined)
        return joined._replace(end_line=self.row)

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
            match = re.fullmatch(_HEREDOC, word) if "<<" in word else None
            name = _delimiter(match[3]) if match else None
            if match and name is not None:
                self.body(joined, name, bool(match[2]), match[1])

    def body(self, joined: Joined, name: str, tabs: bool, number: str) -> None:
        start = self.at
        while self.row < len(self.lines):
            end, line = self.at, self.lines[self.row]
            self.row += 1
            self.at += len(line) + 1
            line = line.rstrip("\r")
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


def _lstrip(text: str) -> str:
    text = text.lstrip("\t\v\f\r ")
    return text.lstrip(SPACES) if text and text[0] > "~" else text


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
