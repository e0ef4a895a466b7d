"""Where each character of a YAML scalar stands in its file."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from prodlint.typed import NamedTuple

_BREAKS = "\r\n\x85\u2028\u2029"
_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
_GAP = f"[{_BREAKS}][ \t{_BREAKS}]*"
_TOKENS = {
    "": re.compile(_GAP),
    "'": re.compile("''|" + _GAP),
    '"': re.compile(
        rf"\\(?:{_GAP}|x[0-9A-Fa-f]{{2}}|u[0-9A-Fa-f]{{4}}|U[0-9A-Fa-f]{{8}}|.)|{_GAP}", re.DOTALL
    ),
}
_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f"}
_ESCAPES |= {"r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029"}
_HEADER = re.compile(r"[|>][-+]?([1-9]?)")
_LINES = "\u2028\u2029"
_PROPERTIES = re.compile(r"(?:(?:!<[^>\s]*>|[!&][^\s,\[\]{}]*)\s*(?:#.*\s*)*)*")

_Piece = tuple[str, int, int]
"""Some text, its offset in the file, and the width there of a single character; width 0: the text stands there as is."""


class Trace(NamedTuple):
    """Where the pieces of a text begin in the text and in the file, and their widths as in a piece."""

    starts: list[int]
    places: list[int]
    widths: list[int]

    def start(self, index: int) -> int:
        """Where the character begins in the file."""
        piece = bisect_right(self.starts, index) - 1
        return self.places[piece] + (0 if self.widths[piece] else index - self.starts[piece])

    def end(self, index: int) -> int:
        """Where the character ends in the file."""
        piece = bisect_right(self.starts, index) - 1
        return self.places[piece] + (self.widths[piece] or index - self.starts[piece] + 1)


def after_properties(raw: str, start: int) -> int:
    """Where a value begins that has a tag or an anchor before it."""
    found = _PROPERTIES.match(raw, start)
    return found.end() if found else start


def trace(raw: str, start: int, end: int, style: str, text: str) -> Trace | None:
    """The places of the characters of `text`, read from `raw[start:end]`; None when they cannot be told."""
    if style in ("|", ">"):
        for indent in _indents(raw, start, text):
            found = _verified(_block(raw, start, indent, style == ">", len(text)), text, chomp=True)
            if found:
                return found
        return None
    if style:
        start, end = start + 1, end - 1
    if end - start == len(text) and raw.startswith(text, start):
        return Trace([0], [start], [0])
    return _verified(_flow(raw, start, end, style), text)


def _verified(pieces: Iterable[_Piece], text: str, chomp: bool = False) -> Trace | None:
    result = Trace([], [], [])
    size = 0
    for piece, place, width in pieces:
        if not text.startswith(piece, size):
            if chomp and size == len(text) and piece in "\n\u2028\u2029":
                break
            return None
        result.starts.append(size)
        result.places.append(place)
        result.widths.append(width)
        size += len(piece)
    return result if size == len(text) and size else None


def _break(found: re.Match[str]) -> _Piece:
    text = found[0]
    return (text if text in _LINES else "\n"), found.start(), len(text)


def _folded(breaks: list[_Piece]) -> list[_Piece]:
    """One line break is a space; of several, the first is dropped."""
    text, place, width = breaks[0]
    if text != "\n":
        return breaks
    return breaks[1:] or [(" ", place, width)]


def _flow(raw: str, start: int, end: int, style: str) -> Iterator[_Piece]:
    """Plain and quoted text, `start` and `end` being inside the quotes."""
    at = start
    for token in _TOKENS[style].finditer(raw, start, end):
        stop = place = token.start()
        here = token.end()
        quoted = raw[stop] in "\\'"
        if not quoted:  # a line break: blanks before it are dropped
            while stop > at and raw[stop - 1] in " \t":
                stop -= 1
        if stop > at:
            yield raw[at:stop], at, 0
        at = here
        if quoted and raw[place + 1] not in _BREAKS:
            yield _unescaped(raw[place:here]), place, here - place
        else:
            breaks = [_break(found) for found in _BREAK.finditer(raw, place, here)]
            yield from breaks[1:] if quoted else _folded(breaks)
    if end > at:
        yield raw[at:end], at, 0


def _unescaped(text: str) -> str:
    kind = text[1]
    if kind in "xuU" and len(text) > 2:
        return chr(min(int(text[2:], 16), 0x10FFFF))
    return _ESCAPES.get(kind, kind)


def _indents(raw: str, start: int, text: str) -> Iterable[int]:
    """The indentations that a block scalar may have: one, unless its header has a digit that counts from its parent."""
    at = _after_line(raw, start)
    while at < len(raw):
        body = at
        while raw[body : body + 1] == " ":
            body += 1
        if body == len(raw) or not _BREAK.match(raw, body):
            break
        at = _after_line(raw, body)
    else:
        body = at
    header = _HEADER.match(raw, start)
    digit = header[1] if header else ""
    if not text.strip("\n \u2028\u2029"):
        return range(int(digit), int(digit) + 2 * 64) if digit else (len(raw),)
    return range(body - at, int(digit) - 1, -1) if digit else (body - at,)


def _after_line(raw: str, at: int) -> int:
    found = _BREAK.search(raw, at)
    return found.end() if found else len(raw)


def _block(raw: str, start: int, indent: int, folds: bool, size: int) -> Iterator[_Piece]:
    """Literal and folded text; goes on with line breaks after `size` characters, which chomping takes away."""
    at = _after_line(raw, start)
    breaks: list[_Piece] = []
    kept = True  # the last line began with a blank, so that its line break is not folded
    while at < len(raw) and size >= 0:
        line_end = _BREAK.search(raw, at)
        stop, after = line_end.span() if line_end else (len(raw), len(raw))
        body = at
        while body < stop and body - at < indent and raw[body] == " ":
            body += 1
        if body < stop:
            if body - at < indent:
                break
            keeps = raw[body] in " \t"
            if breaks:
                lines = breaks if kept or keeps or not folds else _folded(breaks)
                size -= len(lines)
                yield from lines
            yield raw[body:stop], body, 0
            size -= stop - body
            breaks, kept = [], keeps
        if line_end:
            breaks.append(_break(line_end))
        at = after
    yield from breaks
