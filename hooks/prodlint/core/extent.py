"""Which lines a comment that stands alone is about: the instruction, or the YAML block, below it."""

import re

from prodlint.core.source import Source

_HEREDOC = r"(?<!<)<<-?[\"']?([A-Za-z_]\w*)[\"']?"
_ESCAPE = r"(?i)\s*#\s*escape\s*=\s*`"


def below(source: Source, line: int) -> tuple[int, int]:
    """The first and the last line of what follows a comment; the comment's own line when nothing does."""
    first = line + 1
    while first <= source.line_count and _empty(source.line_span(first).text):
        first += 1
    if first > source.line_count:
        return line, line
    if source.path.endswith((".yaml", ".yml")):
        return first, _block_end(source, first)
    return first, _instruction_end(source, first)


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
