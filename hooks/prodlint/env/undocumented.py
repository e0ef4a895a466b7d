"""Variables that code cannot do without, and that nothing of the repository tells anybody to set."""

from prodlint.env.reads import OPTIONAL, Read, code
from prodlint.env.repository import env_names, is_platform, speaks_for
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile

_SHORTEST = 3


def undocumented(env: "EnvFile") -> dict[str, list[Read]]:
    """The reads of each such variable below the folder for which the file speaks; see `Code.configured`."""
    project = env.project
    found, names = project.once(code), project.once(env_names)
    result = {}
    for name, reads in sorted(found.reads.items()):
        told = name in names.mentioned or name in found.configured or name in found.written
        if told or len(name) < _SHORTEST or is_platform(name):
            continue
        if any(read.need == OPTIONAL for read in reads):
            continue
        if own := [read for read in reads if speaks_for(project, read.span.path) == env.path]:
            result[name] = own
    return result
