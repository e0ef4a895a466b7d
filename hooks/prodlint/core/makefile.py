"""Makefiles: their targets, and the lines that each runs. GNU make's manual, "Rule Syntax" and "Recipe Syntax"."""

import re

from prodlint.core.lazy import lazy
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.typed import NamedTuple

NAMES = ("GNUmakefile", "makefile", "Makefile")
_RULE = lazy(r"(?P<targets>[^\s#=:][^#=:]*?)\s*::?(?![:=])(?P<rest>[^\n]*)")
_ASSIGNS = lazy(r"[^=;#]*(?<!\$)[:?+!]?=")
_ELSEWHERE = lazy(
    r"[ ]*(?:-?s?include\b|\.RECIPEPREFIX\b|\.DEFAULT_GOAL\b|\$[({](?:eval|foreach|call)\b)"
)
_LEADING = lazy(r"\$(?:\((?!MAKE)\w+\)|\{(?!MAKE)\w+\})(?=[ \t]+[^\s|&;])")
_REFERENCE = lazy(r"\$\$|\$\(MAKE\)|\$\{MAKE\}|\$(?:\([^()\n]*\)|\{[^{}\n]*\}|[^\s$({])")


class Line(NamedTuple):
    """A line of a recipe, which a shell of its own runs; `start` is where its text begins.

    `code` is as long as the text, with what make replaces masked. `ignored` is the `-` before it.
    """

    start: int
    code: str
    ignored: Span | None


class Target(NamedTuple):
    name: Span
    needs: list[str]
    lines: list[Line]


class Makefile(NamedTuple):
    """`open`: it may have targets that do not stand here."""

    source: Source
    targets: dict[str, Target]
    open: bool

    @property
    def default(self) -> str | None:
        return next((name for name in self.targets if not name.startswith(".")), None)


def makefile(source: Source, project: Project) -> Makefile:
    targets: dict[str, Target] = {}
    is_open = False
    current: list[Target] = []
    defining = False
    text = source.text
    for start, end in _logical_lines(text):
        line = text[start:end]
        if defining or line.startswith(("define ", "define\t")):
            defining = not line.lstrip().startswith("endef")
        elif line.startswith("\t"):
            for target in current:
                target.lines.append(_recipe_line(source, start + 1, end))
        elif line.strip() and not line.lstrip().startswith("#"):
            is_open = is_open or _ELSEWHERE.match(line) is not None
            rule = _RULE.match(line)
            if not rule or _ASSIGNS.match(line, rule.end("targets")):
                continue
            current = []
            needs, semicolon, command = rule["rest"].partition(";")
            for name in re.finditer(r"\S+", rule["targets"]):
                if "%" in name[0] or "$" in name[0]:
                    is_open = True
                    continue
                place = source.span(start + name.start(), start + name.end())
                found = targets.setdefault(name[0], Target(place, [], []))
                found.needs.extend(needs.partition("#")[0].split())
                if semicolon:
                    found.lines.append(_recipe_line(source, end - len(command), end))
                current.append(found)
    return Makefile(source, targets, is_open)


def _logical_lines(text: str) -> "list[tuple[int, int]]":
    """The start and the end of each line; one that ends in a backslash goes on."""
    lines, start, at = [], 0, text.find("\n")
    while at >= 0:
        if not text.endswith("\\", start, at):
            lines.append((start, at))
            start = at + 1
        at = text.find("\n", at + 1)
    return [*lines, (start, len(text))]


def _recipe_line(source: Source, start: int, end: int) -> Line:
    ignored = None
    while start < end and source.text[start] in "@-+ \t":
        if source.text[start] == "-":
            ignored = source.span(start, start + 1)
        start += 1
    # `$(RUN) pytest` is read as the command that it runs.
    text = _LEADING.sub(lambda found: " " * len(found[0]), source.text[start:end], count=1)
    return Line(start, _REFERENCE.sub(_masked, text), ignored)


def _masked(reference: re.Match[str]) -> str:
    if reference[0] == "$$":
        return "_$"
    return "make   " if "MAKE" in reference[0][2:6] else "_" * len(reference[0])
