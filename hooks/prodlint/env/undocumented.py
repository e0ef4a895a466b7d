"""Variables that code cannot do without, and that nothing of the repository tells anybody to set."""

import re

from prodlint.env.reads import OPTIONAL, REQUIRED, Read, code
from prodlint.env.repository import env_names, is_platform, speaks_for
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile

_SHORTEST = 3
_BY_HAND = r"(?i)(^|/)(scripts?|tools?|dev|docs?|seeds?|seeders?)/"
_ALIKE = 0.81
_NEARLY_THE_SAME = 0.9  # so that the code has another name than it means, although it has a default
_MOST_COMPARED = 100


class Undocumented(NamedTuple):
    """The reads of a variable, the worst first; `meant` is a variable of the env file that nothing reads and is named almost so."""

    reads: list[Read]
    meant: str | None

    @property
    def name(self) -> str:
        return self.reads[0].name

    @property
    def need(self) -> str:
        return self.reads[0].need


def undocumented(env: "EnvFile") -> list[Undocumented]:
    """Such variables of the code below the folder for which the file speaks, the worst first; see `Code.configured`."""
    project = env.project
    found, names = project.once(code), project.once(env_names)
    known = (names.mentioned, found.configured, found.written, found.declared)
    unread = {name for name in env.values if len(name) > _SHORTEST and not found.mentions(name)}
    result, compared = [], 0
    for name, reads in sorted(found.reads.items()):
        if any(name in those for those in known) or len(name) < _SHORTEST or is_platform(name):
            continue
        optional = any(read.need == OPTIONAL for read in reads)
        own = [read for read in reads if _runs_in_production(env, read)]
        if not own or (optional and not unread):
            continue
        compared += 1
        cutoff = _NEARLY_THE_SAME if optional else _ALIKE
        meant = _near(name, unread, cutoff) if compared <= _MOST_COMPARED else None
        if meant or not optional:
            result.append(Undocumented(sorted(own, key=lambda read: read.need != REQUIRED), meant))
    return sorted(result, key=lambda item: item.need != REQUIRED)


def _runs_in_production(env: "EnvFile", read: Read) -> bool:
    path = read.span.path
    return speaks_for(env.project, path) == env.path and not re.search(_BY_HAND, path)


def _near(name: str, candidates: set[str], cutoff: float) -> str | None:
    """A name that somebody may have meant; `KEY_1` is not meant by `KEY_2`."""
    from difflib import get_close_matches

    digits = re.findall(r"\d+", name)
    same = [item for item in sorted(candidates) if re.findall(r"\d+", item) == digits]
    return next(iter(get_close_matches(name, same, 1, cutoff)), None)


def told(items: list[Undocumented]) -> str:
    """What one or several such variables do."""
    first = items[0]
    if len(items) > 1:
        return f"{first.name} and {len(items) - 1} more variables are read and declared nowhere: they are undefined where nobody sets them"
    if first.meant:
        return f"{first.name} is read here and declared nowhere, but {first.meant} is declared and read nowhere: setting it has no effect"
    fails = "it fails" if first.need == REQUIRED else "it is undefined"
    return f"{first.name} is read here and declared nowhere: {fails} where nobody sets it"


def advice(items: list[Undocumented], path: str) -> str:
    first = items[0]
    if len(items) > 1:
        names = [f"{item.name}{f' (or {item.meant}?)' if item.meant else ''}" for item in items]
        return f"add them to {path}, each with what it is for, or give them defaults: {', '.join(names)}"
    if first.meant:
        return f"did you mean {first.meant}? Else add {first.name} to {path}, with what it is for"
    return f"add it to {path}, with what it is for, or give it a default here"
