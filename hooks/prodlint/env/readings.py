"""What the loaders in use make of an env file, and where they disagree."""

import re
from collections.abc import Iterator
from functools import cached_property

from prodlint.core.finding import Edit
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.env import in_use, names
from prodlint.env.appended import added
from prodlint.env.loaders import BASH, COMPOSE, DOCKER_RUN, LOADERS, PYTHON_DOTENV, Reading, read
from prodlint.env.model import EnvFile, Variable
from prodlint.typed import NamedTuple

_ABSENT = object()
_OPEN = re.compile(r"[$\\`]")


_STOPS = {
    COMPOSE: "refuses the whole file",
    DOCKER_RUN: "refuses the whole file",
    BASH: "stops here, and sets nothing of the rest of the file",
}


def _advice(loader: str) -> str:
    if loader == BASH:
        return "put single quotes around the value"
    return "write NAME=value, without blanks around the name and with each quote closed"


class Difference(NamedTuple):
    """A variable that loaders read as different values; None is a loader that does not set it."""

    variable: Variable
    values: dict[str, str | None]

    @property
    def groups(self) -> dict[str | None, list[str]]:
        """The loaders that read each value."""
        found: dict[str | None, list[str]] = {}
        for loader, value in self.values.items():
            found.setdefault(value, []).append(loader)
        return found


class Readings:
    """The readings of a file by the loaders in use."""

    def __init__(self, env: EnvFile) -> None:
        self.env = env
        self.text = whole(env.source)
        self.uses, self._expanding = in_use.loaders(env.path, env.project)

    @cached_property
    def by_loader(self) -> dict[str, Reading]:
        return {loader: read(loader, self.text) for loader in LOADERS if loader in self.uses}

    @cached_property
    def stumbles(self) -> dict[int, str]:
        """The lines that bash runs, or cannot; and why."""
        reading = self.by_loader.get(BASH)
        if reading is None:
            return {}
        source = self.env.source
        first = (
            1 if source.bom else 0
        )  # loader-difference tells of the mark, and of carriage returns
        return {
            line: why
            for line, why in reversed(reading.commands)
            if line != first and source.line_span(line).text.strip()
        }

    @property
    def rejections(self) -> Iterator[tuple[str, int, str, str]]:
        """The loader, the line, what happens and what to write instead."""
        for loader, reading in self.by_loader.items():
            if reading.refused:
                line, why = reading.refused
                yield loader, line, f"{loader} {_STOPS[loader]}: {why}", _advice(loader)
        for line, why in sorted(self.stumbles.items()):
            yield BASH, line, f"to bash, {why}", _advice(BASH)

    @property
    def target(self) -> str:
        """The loader whose reading is what the author means: python-dotenv, or the first in use."""
        return next(iter(self.by_loader), PYTHON_DOTENV)

    @cached_property
    def differences(self) -> list[Difference]:
        """The variables that loaders in use read differently, but for carriage returns, which are one fault of the file."""
        readings = {
            loader: reading
            for loader, reading in self.by_loader.items()
            if reading.complete and reading.refused is None
        }
        if len(readings) < 2:
            return []
        unsure = set().union(*(reading.unsure for reading in readings.values()))
        found = []
        for name, variable in self.env.values.items():
            if name in unsure or (self._expanding and _OPEN.search(variable.raw.text)):
                continue
            values = {loader: reading.values.get(name) for loader, reading in readings.items()}
            if BASH in values:
                value = values[BASH]
                values[BASH] = value.rstrip("\r") if value else value
                line = variable.key.line
                if line in self.stumbles or (line == 1 and self.env.source.bom):
                    del values[BASH]  # told by file-rejected-by-loader, or once for the file
            if len(set(values.values())) > 1:
                found.append(Difference(variable, values))
        return found

    def mend(self, difference: Difference) -> list[Edit]:
        """Edits after which every loader in use reads what the first of them reads now; empty where nothing does."""
        variable, meant = difference.variable, difference.values.get(self.target)
        if meant is None or meant != variable.value or {"$", "\n"} & set(variable.raw.text):
            return []  # nothing that is written may be lost
        for written in dict.fromkeys((meant, f"'{meant}'", f'"{meant}"')):
            line = f"{variable.key.text}={written}\n"
            if all(_reads(loader, line, variable.name, meant) for loader in self.by_loader):
                return _edits(variable, written)
        return []


def _reads(loader: str, line: str, name: str, meant: str) -> bool:
    reading = read(loader, line)
    return reading == Reading({name: meant}, set())


def _edits(variable: Variable, written: str) -> list[Edit]:
    """Write a value in the place of another; a comment behind it moves to a line above."""
    source = variable.key.source
    start = source.line_span(variable.key.line).start
    before = source.text[start : variable.key.start]
    name = Span(source, start, variable.key.start)
    value = Span(source, variable.key.end, variable.raw.end)
    edits = [Edit(value, f"={written}")]
    lead = "" if before.strip() else before
    if before.strip():
        edits.insert(
            0, Edit(name, "")
        )  # `export `: the loaders that do not know it refuse the file
    if variable.comment is None:
        return edits
    end = "\r\n" if source.text[variable.comment.end :].startswith("\r\n") else "\n"
    above = Edit(Span(source, start, start), f"{lead}{variable.comment.text.strip()}{end}")
    edits[-1] = Edit(Span(source, variable.key.end, variable.comment.end), f"={written}")
    return [above, *edits]


def whole(source: Source) -> str:
    """A file's text as loaders see it."""
    return f"\ufeff{source.text}" if source.bom else source.text


def of(env: EnvFile) -> Readings | None:
    """The readings of a file by its loaders; None where no loader is known to read it, and for a script."""
    known = env.project.once(_known)
    if env.path not in known:
        known[env.path] = None if env.foreign else Readings(env)
    readings = known[env.path]
    return readings if readings and readings.uses else None


def _known(project: Project) -> dict[str, Readings | None]:
    return {}


def keeps(before: Source, after: Source, project: Project) -> bool:
    """Whether a fix changes no value, but for one that then reads as the first loader in use has read it before.

    An example may have further variables at its end. All models are asked, in use or not; those that follow a file to its end must do so again, and say no more against it.
    """
    uses = in_use.loaders(before.path, project).uses
    target = next((loader for loader in LOADERS if loader in uses), PYTHON_DOTENV)
    meant = read(target, whole(before))
    more = added(before, after) if names.is_example(before.path) else ""
    if more:
        meant = _with(meant, read(target, more))
    for loader in LOADERS:
        old, new = read(loader, whole(before)), read(loader, whole(after))
        if more:
            old = _with(old, read(loader, more))
        if not _keeps(loader == target, old, new, meant):
            return False
    return True


def _with(reading: Reading, more: Reading) -> Reading:
    """What a loader reads where further names are set at the end; those of the file stay what they are."""
    return reading._replace(values={**more.values, **reading.values})


def _keeps(is_target: bool, old: Reading, new: Reading, meant: Reading) -> bool:
    if old.complete != new.complete or len(new.commands) > len(old.commands):
        return False
    if new.refused and not old.refused:
        return False
    for name in {**old.values, **new.values, **({} if old.refused else meant.values)}:
        value = new.values.get(name, _ABSENT)
        if (name in new.unsure) != (name in old.unsure):
            return False
        same = value == old.values.get(name, _ABSENT)
        if not same and (is_target or value != meant.values.get(name, _ABSENT)):
            return False
    return True
