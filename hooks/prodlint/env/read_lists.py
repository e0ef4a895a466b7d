"""Lists of variables that code checks as it starts, and ends without one of them: `required.filter((name) => !process.env[name])`."""

import re
from collections.abc import Iterator
from itertools import islice

from prodlint.core.lazy import lazy

_MAX_CHECKS = 50
_MAX_LIST = 5_000
_MAX_BELOW = 600
_SCRIPT = lazy(
    r"\b(?P<list>[A-Za-z]\w{1,60})\s{0,9}\.\s{0,9}(?:filter|forEach|every|some|find|map)\(\s{0,9}\(?\s{0,9}(?P<name>\w{1,40})\b"
    r"[^;]{0,160}?\b(?:process|Bun)\.env\[\s{0,9}(?P=name)\s{0,9}\]"
)
_SCRIPT_LOOP = lazy(
    r"\bfor\s{0,9}\(\s{0,9}(?:const|let|var)\s{1,9}(?P<name>\w{1,40})\s{1,9}of\s{1,9}(?P<list>[A-Za-z]\w{1,60})\s{0,9}\)"
    r"[^;]{0,160}?\b(?:process|Bun)\.env\[\s{0,9}(?P=name)\s{0,9}\]"
)
_PYTHON = lazy(
    r"\bfor\s{1,9}(?P<name>\w{1,40})\s{1,9}in\s{1,9}(?P<list>[A-Za-z_]\w{1,60})\s{0,9}(?::[^#]{0,160}?|\sif\s[^\n#]{0,60}?)"
    r"(?:(?:environ\.get|getenv)\(\s{0,9}(?P=name)\b|environ\[\s{0,9}(?P=name)\b|\b(?P=name)\s{1,9}not\s{1,9}in\s{1,9}(?:os\.)?environ\b)"
)
_LIST = r"(?m)(?:^|[\s;])(?:const\s+|let\s+|var\s+|readonly\s+)?{}\s*(?::[^=\n]{{1,60}})?=\s*(?:new Set\()?([\[({{])"
_CLOSES = {"[": "]", "(": ")", "{": "}"}
_ITEMS = lazy(r"(?:\s*[\"'`][A-Z][A-Z0-9_]{1,99}[\"'`]\s*(?:,|$))+\s*")
_ITEM = lazy(r"[\"'`]([A-Z][A-Z0-9_]{1,99})[\"'`]")
_FAILS = lazy(r"\bthrow\b|exit\(|\braise\b|[Ff]atal|[Pp]anic|\bassert|abort\(")
# Where the block that judges the check ends.
_ENDS = lazy(r"\}[ \t;)]*\n[ \t]*\n|\n[ \t]*\n(?=\S)")


def required(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where the names stand that such lists hold."""
    for pattern in _patterns(text, language):
        for check in islice(pattern.finditer(text), _MAX_CHECKS):
            below = text[check.end() : check.end() + _MAX_BELOW]
            if _FAILS.search(_ENDS.split(below)[0]):
                yield from _items(text, check["list"])


def _patterns(text: str, language: str) -> "Iterator[re.Pattern[str]]":
    if language == "py":
        if "environ" in text or "getenv" in text:
            yield _PYTHON
    elif ".env[" in text:
        yield _SCRIPT
        yield _SCRIPT_LOOP


def _items(text: str, name: str) -> Iterator[tuple[int, int]]:
    opened = re.search(_LIST.format(re.escape(name)), text)
    if not opened:
        return
    start = opened.end()
    written = re.sub(
        r"(?://|#)[^\n]*", lambda said: " " * len(said[0]), text[start : start + _MAX_LIST]
    )
    written, closed, _ = written.partition(_CLOSES[opened[1]])
    if closed and _ITEMS.fullmatch(written):
        for item in _ITEM.finditer(written):
            yield start + item.start(1), start + item.end(1)
