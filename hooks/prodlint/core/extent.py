"""Which lines a comment that stands alone is about: the instruction, or the YAML block, below it."""

import re
from bisect import bisect_right

from prodlint.core.source import Source

_HEREDOC = r"(?<!<)<<-?[\"']?([A-Za-z_]\w*)[\"']?"
_ESCAPE = r"(?i)\s*#\s*escape\s*=\s*`"


class Extents:
    """What follows the comments of a source; comments above the same line cost no more than one."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._block = source.path.endswith((".yaml", ".yml"))
        lines = enumerate(source.text.split("\n"), 1)
        self._held = [line for line, text in lines if not _empty(text)]
        self._ends: dict[int, int] = {}

    def below(self, line: int) -> tuple[int, int]:
        """The first and the last line of what follows a comment; the comment's own line when nothing does."""
        after = bisect_right(self._held, line)
        if after == len(self._held):
            return line, line
        first = self._held[after]
        if first not in self._ends:
            end = _block_end if self._block else _instruction_end
            self._ends[first] = end(self._source, first)
        return first, self._ends[first]


def _empty(text: str) -> bool:
    """Whether a line holds nothing, or only a comment."""
    return not text.strip() or text.lstrip().startswith("#")


def _block_end(source: Source, first: int) -> int:
    """The last line of a YAML key or item: what is indented further, and the items of a key that stand right below it."""
    text = source.line_span(first).text
    indent = len(text) - len(text.lstrip())
    key = not text.lstrip().startswith(("-", "?"))
    last = first
    for line in range(first + 1, source.line_count + 1):
        continued = text.endswith("\\")
        text = source.line_span(line).text
        if _empty(text):
            continue
        deeper = len(text) - len(text.lstrip()) - indent
        item = deeper == 0 and key and re.match(r"\s*-(\s|$)", text)
        if deeper <= 0 and not item and not continued:
            break
        last = line
    return last


def _instruction_end(source: Source, first: int) -> int:
    """The last line of an instruction or command: over continued lines and here-documents."""
    mark = "`" if re.match(_ESCAPE, source.text) else "\\"
    last = first
    waiting: list[str] = []
    for line in range(first, source.line_count + 1):
        text = source.line_span(line).text
        if waiting:
            waiting = waiting[text.strip() == waiting[0] :]
        elif line > first and _empty(text):
            continue
        else:
            waiting = re.findall(_HEREDOC, text)
        last = line
        if not waiting and not text.rstrip().endswith(mark):
            break
    return last
