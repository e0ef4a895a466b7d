"""Lines of an env file that set nothing, and quotes that swallow lines: what is wrong with them."""

import re
from bisect import bisect
from collections.abc import Iterator

from prodlint.core.finding import Fault
from prodlint.core.source import Source, Span
from prodlint.env.reader import MAX_BLANKS, QUOTED, Entries, Variable, short

_MARKER = re.compile(r"^(?:<{7}|={7}|>{7})(?=[ \r\n]|\Z)[^\n]*", re.MULTILINE)
_OPENED = re.compile(r"(?:export[ \t]+)?(?P<name>[\w.-]+)[ \t]*=[ \t]*(?P<quote>[\"'])")
_NAME_BEFORE = re.compile(r"[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*=[ \t]*")
_ASSIGNED = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=(?!=|[ \t]*$)", re.MULTILINE)
_COMMENT = re.compile(r"//|;|/\*|--[ \t]|\*/|\*[ \t]")
_COLON = re.compile(r"[\w.-]+:[ \t]")
_SPACED = re.compile(r"(?:[\w.-]+[ \t]+)+[\w.-]+[ \t]*=")
_PEM_END = re.compile(r"-----END [\w ]+-----")

_REFUSED = "docker compose and docker run refuse the whole file, other loaders skip the line"
_CLOSE = 'close the quote on this line; inside double quotes, write \\" for a quote that is meant as text'


def conflicts(source: Source) -> list[Span]:
    """The unresolved merge conflicts of a file, each from its first marker to its last."""
    found: list[Span] = []
    begun: int | None = None
    for marker in _MARKER.finditer(source.text):
        if marker[0].startswith("<"):
            begun = marker.start()
        elif marker[0].startswith(">") and begun is not None:
            found.append(Span(source, begun, marker.end()))
            begun = None
    return found


def lost_names(entries: Entries) -> set[str]:
    """The names of assignments that a fault hides: somebody meant to set them."""
    texts = [span.text for span in entries.broken]
    texts += [variable.raw.text for variable in entries.variables if _swallows(variable)]
    return {name for text in texts for name in _ASSIGNED.findall(text)}


def faults(source: Source, entries: Entries, merging: list[Span]) -> Iterator[Fault]:
    """What is wrong with a file as a list of assignments; adjacent lines with one fault are reported once."""
    for conflict in merging:
        yield Fault(
            source.line_span(conflict.line),
            "an unresolved merge conflict: docker compose refuses the file, and where it is read, the last side wins",
            "keep one side, and delete the lines of `<<<<<<<`, `=======` and `>>>>>>>`",
        )
    for run in entries.blanks:
        yield Fault(
            run,
            f"more than {MAX_BLANKS} blanks in a row hide what follows: this line is not read",
            "remove the blanks",
            masked=[source.line_span(run.line)],
        )
    for variable in entries.variables:
        if _swallows(variable):
            yield _unclosed(
                source, variable.key.start, variable.raw.start, variable.raw.end, variable.name
            )
    pems = [item for item in entries.variables if item.raw.text.startswith("-----BEGIN")]
    last = ("", 0)
    for span in entries.broken:
        inside = any(conflict.start <= span.start < conflict.end for conflict in merging)
        fault = None if inside else _broken(source, span, pems)
        if fault is not None:
            line = source.line_of(span.start)
            if last[0] != fault.message or line - last[1] > 2:
                yield fault
            last = fault.message, line


def _swallows(variable: Variable) -> bool:
    """Whether the quote that closes a value was meant to open the next one."""
    return bool(variable.quote) and _opens_next(variable.raw.text)


def _opens_next(value: str) -> bool:
    line = value.rfind("\n") + 1
    return line > 0 and _NAME_BEFORE.fullmatch(value, line, len(value) - 1) is not None


def _broken(source: Source, span: Span, pems: list[Variable]) -> Fault | None:
    """The fault of a line that python-dotenv cannot read; None when other loaders read it."""
    text = span.text
    line = Span(source, span.start, max(source.line_span(span.line).end, span.start + 1))
    if opened := _OPENED.match(text):
        start = span.start + opened.start("quote")
        value = QUOTED[opened["quote"]].match(source.text, start)
        if value is None or _opens_next(value[0]):
            end = value.end() if value else start
            return _unclosed(source, span.start, start, end, opened["name"])
        if source.text[value.end()] not in " \t":
            return None
        return Fault(
            Span(source, span.start, start + 1),
            f"text behind the closing quote of {short(opened['name'])}: docker compose refuses the whole file, "
            "python-dotenv drops the variable",
            "put all of the value into one pair of quotes, or write # before a comment",
            masked=[Span(source, start + 1, line.end)],
        )
    if _COLON.match(text):
        return None
    if _PEM_END.match(text) and (
        before := bisect(pems, span.start, key=lambda item: item.key.start)
    ):
        begun = pems[before - 1]
        return Fault(
            begun.key,
            f"{short(begun.name)} gets only the first line of this key: a value of several lines needs quotes",
            "write a double quote before -----BEGIN and behind the last -----",
        )
    if _COMMENT.match(text):
        return Fault(line, f"no comment in an env file: {_REFUSED}", "begin comments with #")
    if text.startswith("="):
        return Fault(line, "no name before the `=`: this sets nothing", "write NAME=value", True)
    if _SPACED.match(text):
        return Fault(
            line,
            f"a name cannot hold a blank: {_REFUSED}",
            "write NAME=value; shells alone know other words before it than `export`",
            True,
        )
    return Fault(
        line,
        f"neither NAME=value nor a comment: {_REFUSED}",
        "write NAME=value, or # before a comment; put quotes around a value of several lines",
        True,
    )


def _unclosed(source: Source, key: int, quote: int, end: int, name: str) -> Fault:
    first, last = source.line_of(quote), source.line_of(max(end - 1, quote))
    if first == last:
        what = f"is never closed: docker compose refuses the whole file, python-dotenv drops {short(name)}"
    else:
        what = f"is closed on line {last} only: docker compose and python-dotenv lose what stands between"
    message = f"the quote that opens the value of {short(name)} {what}"
    rest = Span(source, quote + 1, source.line_span(first).end)
    return Fault(Span(source, key, quote + 1), message, _CLOSE, masked=[rest])
