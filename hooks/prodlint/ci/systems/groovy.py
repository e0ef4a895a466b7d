"""The tokens of Groovy source: words, strings, brackets and line ends, each at its place.

Source: Groovy's documentation, "Syntax", on strings and comments. Lexing never fails: a string without an end takes the rest.
"""

import re
from collections.abc import Iterator

from prodlint.core.source import Source, Span
from prodlint.core.yaml.places import Trace
from prodlint.typed import NamedTuple

MAX_EXPRESSION = 500
MAX_NESTING = 10

WORD, STRING, SIGN, LINE = "word", "string", "sign", "line"

_TOKEN = re.compile(
    r"(?P<blank>[ \t\r\f]+|//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)|\\\n)|(?P<line>\n)"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<quote>'''|\"\"\"|'|\"|\$/)|(?P<sign>[\s\S])"
)
_ENDS = {
    "'''": re.compile(r"(?:[^'\\]|\\[\s\S]|'(?!''))*(?:'''|\Z)"),
    "'": re.compile(r"[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*(?:'|(?=\n)|\Z)"),
    "$/": re.compile(r"[\s\S]*?(?:/\$|\Z)"),
}
_SLASHY = re.compile(r"/[^/\\\n]*(?:\\.[^/\\\n]*)*/")
_PIECE = re.compile(r"\\u[0-9a-fA-F]{4}|\\\r?\n|\\[\s\S]|\$\{")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "s": " "}
_BEFORE_SLASHY = frozenset("=(,[{!~:?;&|")


class Literal:
    """The text of a string; what `${ }` puts in stands there as underscores."""

    def __init__(self, source: Source, start: int, end: int, text: str, trace: Trace) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.text = text
        self._trace = trace

    def at(self, start: int, end: int) -> Span:
        size = len(self.text)
        start, end = max(start, 0), min(end, size)
        if start >= end:
            return Span(self.source, self.start, self.end)
        return Span(self.source, self._trace.start(start), self._trace.end(end - 1))


class Token(NamedTuple):
    """A word, a sign, a line end, or a string, which then has a literal."""

    kind: str
    text: str
    start: int
    end: int
    literal: Literal | None = None


def tokens(source: Source) -> Iterator[Token]:
    raw, at, before = source.text, 0, "\n"
    while at < len(raw):
        found = _TOKEN.match(raw, at)
        assert found
        kind, start, at = found.lastgroup or "", at, found.end()
        if kind == "blank":
            continue
        if kind == "quote":
            yield (token := _string(source, start, found[0]))
            at = token.end
        elif found[0] == "/" and before in _BEFORE_SLASHY and (slashy := _SLASHY.match(raw, start)):
            at = slashy.end()
            yield Token(SIGN, slashy[0], start, at)
        else:
            yield Token(kind, found[0], start, at)
        before = raw[at - 1]


def _string(source: Source, start: int, quote: str) -> Token:
    raw, begin = source.text, start + len(quote)
    if '"' in quote:
        end = _interpolated_end(raw, begin, quote)
    else:
        match = _ENDS[quote].match(raw, begin)
        end = match.end() if match else len(raw)
    close = "/$" if quote == "$/" else quote
    inner = end - len(close) if raw.startswith(close, end - len(close)) else end
    literal = _literal(source, begin, max(inner, begin), quote)
    return Token(STRING, quote, start, max(end, begin), literal)


def _interpolated_end(raw: str, at: int, quote: str) -> int:
    """Where a string ends that may hold `${ }`, behind its quote."""
    stop = re.compile(r'"""' if len(quote) == 3 else r'"|\n')
    search = re.compile(rf"\\[\s\S]|\$\{{|{stop.pattern}")
    while found := search.search(raw, at):
        if found[0] == "${":
            at = _expression_end(raw, found.end())
        elif found[0][0] == "\\":
            at = found.end()
        else:
            return found.start() if found[0] == "\n" else found.end()
    return len(raw)


def _expression_end(raw: str, at: int) -> int:
    """Behind the `}` that closes `${`; where none does, right behind `${`."""
    depth = 1
    for found in re.finditer(r"""'[^'\n]*'|"[^"\n]*"|[{}]""", raw[at : at + MAX_EXPRESSION]):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth:
            return at + found.end()
        if depth > MAX_NESTING:
            break
    return at


def _literal(source: Source, begin: int, end: int, quote: str) -> Literal:
    raw, at = source.text, begin
    texts: list[str] = []
    trace = Trace([], [], [])
    size = 0

    def add(text: str, place: int, width: int) -> None:
        nonlocal size
        if text:
            texts.append(text)
            trace.starts.append(size)
            trace.places.append(place)
            trace.widths.append(width)
            size += len(text)

    pieces = _PIECE.finditer(raw, begin, end) if quote != "$/" else ()
    for piece in pieces:
        if piece.start() < at:
            continue
        if piece[0] == "${":
            if '"' not in quote:
                continue
            add(raw[at : piece.start()], at, 0)
            at = min(_expression_end(raw, piece.end()), end)
            hidden = re.sub(r"[^\n]", "_", raw[piece.start() : at])
            add(hidden, piece.start(), 0)
        else:
            add(raw[at : piece.start()], at, 0)
            at = piece.end()
            add(_unescaped(piece[0]), piece.start(), len(piece[0]))
    add(raw[at:end], at, 0)
    return Literal(source, begin, end, "".join(texts), trace)


def _unescaped(escape: str) -> str:
    if escape[1] in "\r\n":
        return ""
    if escape[1] == "u" and len(escape) == 6:
        return chr(int(escape[2:], 16))
    return _ESCAPES.get(escape[1], escape[1])
