"""What a YAML syntax error means, and what to write instead."""

import re

from prodlint.core.finding import Fault
from prodlint.core.source import Source, Span

TEMPLATE = "a template, not YAML: `{{ }}` and `{% %}` are to be filled in first"
_TEMPLATE_HELP = "exclude the template, or put quotes around the value if it is meant as text"
_TEMPLATE = re.compile(r"[ \t]*(?:- |[\w.-]+: )*(?=\{[{%#])")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7})(?=[ \r\n]|\Z)", re.MULTILINE)
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # what libyaml refuses
_QUOTE = "put quotes around the value"

_HERE, _OPENED = range(2)
_MEANINGS = (
    # What libyaml or PyYAML says, the place to show, what it means, what to write.
    (
        "expected ':'",
        _OPENED,
        "neither `key: value` nor a list item",
        "write `: ` after the key, or indent the line if it continues the text above",
    ),
    (
        r"'-' indicator|found '\?'",
        _HERE,
        "this line stands inside a list, but is no list item",
        "begin it with `- `, or indent it like what it belongs to",
    ),
    (
        r"',' or '\]'",
        _OPENED,
        "this list lacks its closing `]`, or a `,` between two items",
        "write it, or put quotes around an item with special characters",
    ),
    (
        "',' or '}'",
        _OPENED,
        "this mapping lacks its closing `}`, or a `,` between two keys",
        "write it, or put quotes around a value with special characters",
    ),
    (
        "quoted scalar: found unexpected",
        _OPENED,
        "the quote that opens here is never closed",
        "close it; a single quote inside single quotes is written twice",
    ),
    (
        "escape|hexdec|hexadec",
        _HERE,
        "this backslash begins no escape that YAML knows",
        "write it twice, or use single quotes",
    ),
    (
        "scanning an a",
        _OPENED,
        "`&` and `*` begin an anchor or an alias, and this is no name for one",
        _QUOTE,
    ),
    (
        "entries are not allowed",
        _HERE,
        "a list cannot begin on the line of its key",
        "begin it on the next line, or put quotes around the value",
    ),
    (
        "block scalar",
        _OPENED,
        "after `|` or `>` only `+`, `-` and a digit from 1 to 9 may stand",
        "begin the text on the next line, or put quotes around the value",
    ),
    ("tag", _OPENED, "`!` begins a tag, and this is no name for one", _QUOTE),
    (
        "node content|cannot start",
        _HERE,
        "a value cannot begin with this character",
        _QUOTE,
    ),
    (
        "document start",
        _HERE,
        "the document has ended above this line",
        "indent it like the lines above, or write `---` between two documents",
    ),
    ("nesting depth", _HERE, "nested more than 64 levels deep", "flatten it"),
    ("directive|YAML document", _HERE, "`%` begins a directive that is not known", "remove it"),
    (
        "tab character",
        _HERE,
        "a tab in the indentation",
        "indent with spaces: YAML takes no tabs there",
    ),
    ("keys are not allowed", _HERE, "a value cannot begin with `? `", _QUOTE),
)


def meaning(source: Source, problem: str, at: int, opened: int | None) -> Fault:
    """The fault behind an error of the parser at a place; `opened` is where the unfinished part begins."""
    text = source.text
    if at >= len(text.rstrip()):
        at = max(len(text.rstrip()) - 1, 0)
    if found := _CONFLICT.search(text):
        return _fault(
            source,
            found.start(),
            "an unresolved merge conflict",
            "keep one side, and delete the lines of `<<<<<<<`, `=======` and `>>>>>>>`",
        )
    if found := _template(text, at, opened):
        return template(source, found.end())
    begin = text.rfind("\n", 0, at) + 1
    before = text[begin:at]
    tabs = re.compile(r" *\t[ \t]*").match(text, begin)
    if tabs and not before.strip():
        return Fault(
            Span(source, begin, tabs.end()),
            "a tab in the indentation",
            "indent with spaces: YAML takes no tabs there",
        )
    if "mapping values" in problem:
        if ": " in before:
            return _fault(source, at, "a second `: ` in one value", _QUOTE)
        return _fault(
            source,
            begin + len(before) - len(before.lstrip()),
            "a key that does not fit the line above",
            "indent it like its neighbours, and write a space after the `:` of the line above",
        )
    unfit = "expected key" in problem or ("<block end>" in problem and "mapping:" in problem)
    if before.strip() and (unfit or "document start" in problem):
        return _fault(
            source,
            at,
            "text after the end of the value",
            "put all of it in quotes; a single quote inside single quotes is written twice",
        )
    if unfit:
        line = source.line_of(opened or 0)
        return _fault(
            source,
            at,
            f"this line does not fit the block that begins on line {line}",
            "indent it like the keys of the block that it belongs to",
        )
    for words, place, message, advice in _MEANINGS:
        if re.search(words, problem):
            where = opened if place == _OPENED and opened is not None else at
            return _fault(source, where, message, advice)
    return _fault(source, at, "not valid YAML", "look at the indentation and the quotes")


def template(source: Source, at: int) -> Fault:
    """A file that becomes YAML only when it is filled in."""
    return _fault(source, at, TEMPLATE, _TEMPLATE_HELP)


def unprintable(source: Source) -> Fault:
    """The first character that YAML forbids."""
    found = _UNPRINTABLE.search(source.text)
    at = found.start() if found else 0
    code = f" (U+{ord(found[0]):04X})" if found else ""
    return Fault(
        Span(source, at, at + 1),
        f"a control character{code}, which YAML forbids",
        "remove it, or write it as an escape in double quotes",
    )


def _template(text: str, at: int, opened: int | None) -> re.Match[str] | None:
    """The beginning of a template tag on the line of an error, or on the line above it."""
    above = len(text[: text.rfind("\n", 0, at) + 1].rstrip())
    for place in (above, at, opened):
        if place is not None and (found := _TEMPLATE.match(text, text.rfind("\n", 0, place) + 1)):
            return found
    return None


def _fault(source: Source, at: int, message: str, advice: str) -> Fault:
    """From a place to the end of its line."""
    end = source.line_span(source.line_of(at)).end
    return Fault(Span(source, at, max(end, at)), message, advice)
