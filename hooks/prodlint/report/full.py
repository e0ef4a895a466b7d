"""The default: each finding with the line it stands on, a caret, the other places and what to write."""

from collections.abc import Iterator

from prodlint.core.engine import Result
from prodlint.core.finding import Finding
from prodlint.core.project import Project
from prodlint.core.visible import visible
from prodlint.report.concise import COLOURS, DIM, RESET, headline

WIDTH = 80


def report(result: Result, project: Project, colour: bool) -> str:
    parts = ["\n".join(_block(finding, project, colour)) + "\n\n" for finding in result.findings]
    return "".join(parts) + summary(result) + "\n"


def summary(result: Result) -> str:
    files = _count(result.files, "file")
    if not result.files:
        return "No .env file, Dockerfile, compose file or workflow to lint."
    if not result.findings:
        return f"Nothing found in {files}."
    levels = [finding.level for finding in result.findings]
    counts = [_count(levels.count(level), level) for level in COLOURS if level in levels]
    return f"Found {' and '.join(counts)} in {files}. `prodlint explain RULE` tells more."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _block(finding: Finding, project: Project, colour: bool) -> Iterator[str]:
    from prodlint.report._frame import quoted

    start, end = (COLOURS[finding.level], RESET) if colour else ("", "")
    dim, undim = (DIM, RESET) if colour else ("", "")
    yield headline(finding, project, colour)
    number = str(finding.span.line)
    gutter = " " * len(number)
    before, marked, after = _window(WIDTH - len(number) - 3, *map(visible, quoted(finding)))
    yield f"{dim}{gutter} |{undim}"
    yield f"{dim}{number} |{undim} {before}{marked}{after}".rstrip()
    yield f"{dim}{gutter} |{undim} {' ' * _width(before)}{start}{'^' * max(1, _width(marked))}{end}"
    for place in finding.related:
        where = f"{project.shown(place.span.path)}:{place.span.line}"
        yield from _note(gutter, f"{where} {place.message}")
    if finding.help:
        yield from _note(gutter, f"help: {finding.help}")


def _note(gutter: str, text: str) -> Iterator[str]:
    """`= text`, wrapped; lines that the rule set apart stay apart, since they are there to be copied."""
    from textwrap import wrap

    first, *rest = text.split("\n")
    head = f"{gutter} = "
    yield from wrap(
        visible(first),
        WIDTH,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in rest:
        yield f"{' ' * len(head)}  {visible(line)}".rstrip()


def _width(text: str) -> int:
    """Columns on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _window(width: int, before: str, marked: str, after: str) -> tuple[str, str, str]:
    """The part of a long line around what is marked."""
    if len(before) + len(marked) + len(after) <= width:
        return before, marked, after
    if len(marked) > width - 8:
        marked = marked[: width - 9] + "…"
    left = min(len(before), max((width - len(marked)) // 2, width - len(marked) - len(after)))
    if left < len(before):
        before = "…" + before[len(before) - left + 1 :]
    right = width - len(before) - len(marked)
    return before, marked, after if len(after) <= right else after[: right - 1] + "…"
