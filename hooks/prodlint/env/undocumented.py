"""Variables that code cannot do without, and that nothing of the repository tells anybody to set."""

from prodlint.env.reads import OPTIONAL, REQUIRED, Read, code
from prodlint.env.repository import env_names, is_platform, speaks_for
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile

_SHORTEST = 3


def undocumented(env: "EnvFile") -> list[list[Read]]:
    """The reads of each such variable below the folder for which the file speaks, the worst first; see `Code.configured`."""
    project = env.project
    found, names = project.once(code), project.once(env_names)
    known = (names.mentioned, found.configured, found.written, found.declared)
    result = []
    for name, reads in sorted(found.reads.items()):
        if any(name in those for those in known) or len(name) < _SHORTEST or is_platform(name):
            continue
        if any(read.need == OPTIONAL for read in reads):
            continue
        if own := [read for read in reads if speaks_for(project, read.span.path) == env.path]:
            result.append(sorted(own, key=lambda read: read.need != REQUIRED))
    return sorted(result, key=lambda reads: reads[0].need != REQUIRED)


def told(names: list[str], need: str) -> str:
    """What one or several such variables do; `need` is that of the first."""
    if len(names) > 1:
        return f"{names[0]} and {len(names) - 1} more variables are read and declared nowhere: they are undefined where nobody sets them"
    fails = "it fails" if need == REQUIRED else "it is undefined"
    return f"{names[0]} is read here and declared nowhere: {fails} where nobody sets it"


def advice(names: list[str], path: str) -> str:
    if len(names) > 1:
        return f"add them to {path}, each with what it is for, or give them defaults: {', '.join(names)}"
    return f"add it to {path}, with what it is for, or give it a default here"
