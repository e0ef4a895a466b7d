"""What compose puts in place of `$NAME` and `${NAME:-default}`."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from prodlint.core.lazy import lazy
from prodlint.core.source import Source
from prodlint.typed import NamedTuple

_MAX_DEPTH = 16
_MAX_TEXT = 10_000
_MAX_VALUE = 1_000
_REFERENCE = lazy(r"(?a)\$(?:(\$)|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(:?[-?+])?)")
_BRACKETS = lazy("[{}]")
_ASSIGNMENT = r"(?am)^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*[=:][ \t]*(?:'([^'\n]*)'|\"([^\"\\$\n]*)\"|([^'\"\s$][^$\n]*)?)"


class Expanded(NamedTuple):
    """A text with its references replaced, and where its pieces stood before."""

    text: str
    starts: list[int]
    origins: list[int]

    def origin(self, offset: int) -> int:
        """Where a character stood in the text before."""
        piece = max(bisect_right(self.starts, offset) - 1, 0)
        return self.origins[piece] + offset - self.starts[piece]


class Variables:
    """The variables that are known without a machine: those of the `.env` file beside the project's first file."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    def expand(self, text: str) -> str:
        """The text with every reference replaced whose value or default is known; the others stay as written."""
        return self.traced(text).text if "$" in text else text

    def traced(self, text: str) -> Expanded:
        return self._pieces(text, 0) if len(text) <= _MAX_TEXT else Expanded(text, [0], [0])

    def _pieces(self, text: str, depth: int) -> Expanded:
        parts: list[str] = []
        starts, origins = [0], [0]
        size = at = 0
        while match := _REFERENCE.search(text, at):
            parts.append(text[at : match.start()])
            size += match.start() - at
            value, at = self._replaced(text, match, depth)
            parts.append(value)
            starts += (size, size + len(value))
            origins += (match.start(), at)
            size += len(value)
        parts.append(text[at:])
        return Expanded("".join(parts), starts, origins)

    def _replaced(self, text: str, match: re.Match[str], depth: int) -> tuple[str, int]:
        """What stands in place of a reference, and where the reference ends."""
        escaped, plain, braced, operator = match.groups()
        if escaped:
            return "$", match.end()
        end = match.end()
        if plain:
            return self.values.get(plain, match[0]), end
        close = _closing(text, end)
        if close < 0 or (not operator and close != end):
            return match[0], end
        written, value = text[match.start() : close + 1], self.values.get(braced)
        if operator and operator[0] == ":" and value == "":
            value = None
        if operator in ("-", ":-") and value is None and depth < _MAX_DEPTH:
            value = self._pieces(text[end:close], depth + 1).text
        if operator in ("+", ":+"):
            value = None
        return written if value is None else value, close + 1


def _closing(text: str, at: int) -> int:
    """The bracket that ends a reference whose name ends at a place, or -1."""
    opened = 1
    for match in _BRACKETS.finditer(text, at):
        opened += 1 if match[0] == "{" else -1
        if not opened:
            return match.start()
        if opened > _MAX_DEPTH:
            break
    return -1


def bare(text: str) -> Iterator[re.Match[str]]:
    """The references with neither default nor message; those in the default of another one are left out."""
    end = 0
    for match in _REFERENCE.finditer(text[:_MAX_TEXT]):
        escaped, _, braced, operator = match.groups()
        if match.start() < end or escaped:
            continue
        if operator:
            end = _closing(text, match.end()) + 1 or len(text)
        elif not braced or text[match.end() : match.end() + 1] == "}":
            yield match


def name_of(reference: re.Match[str]) -> str:
    return reference[2] or reference[3]


def read(source: Source | None) -> Variables:
    """The assignments of a `.env` file whose values are plain; those with references stay unknown."""
    if source is None:
        return Variables({})
    values: dict[str, str] = {}
    for match in re.finditer(_ASSIGNMENT, source.text):
        name, single, double, plain = match.groups()
        rest = source.text[match.end() : match.end() + 1]
        if rest and rest not in "\r\n \t#":
            values.pop(name, None)
        else:
            text = double if single is None else single
            values[name] = _plain(plain or "") if text is None else text
    return Variables({name: text for name, text in values.items() if len(text) <= _MAX_VALUE})


def _plain(text: str) -> str:
    return re.split(r"[ \t]#", text, maxsplit=1)[0].strip()
