"""Examples of one folder, their schema and the files beside them, that have different variables."""

import re

from prodlint.core.finding import Related
from prodlint.core.names import listed
from prodlint.env import names
from prodlint.env.repository import env_names, is_platform
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile

_FEWEST = 4
_MOST = 8
_MOST_PLACES = 3
_LEAST_ALIKE = 0.6
_PROFILES = {"production", "prod", "staging", "stage", "stg", "preprod", "live"}
_WRITTEN = r"(?am)^[ \t#]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*="


class Drift(NamedTuple):
    """The variables that a file lacks, and the places of the files that have them."""

    lacks: list[str]
    others: list[Related]


def drift(env: "EnvFile") -> Drift | None:
    """What an example lacks: of its schema, of another profile that is much like it, or of what the code reads."""
    own = set(re.findall(_WRITTEN, env.source.text))
    if env.schema is not None:
        lacks = [name for name in env.schema.variables if name not in own and _optional(env, name)]
        places = [
            Related(env.schema.where(name), f"declares {name}") for name in lacks[:_MOST_PLACES]
        ]
        return Drift(lacks, places) if lacks else None
    for path in _alike(env):
        other = env.project.parsed(path, type(env))
        if other is None or other.foreign:
            continue
        lacks = [name for name in other.values if name not in own]
        if lacks and _close(set(env.values), set(other.values)):
            return _lacking(lacks, other)
    return _set_beside(env)


def _lacking(lacks: list[str], other: "EnvFile") -> Drift:
    return Drift(
        lacks, [Related(other.values[name].key, f"sets {name}") for name in lacks[:_MOST_PLACES]]
    )


def _set_beside(env: "EnvFile") -> Drift | None:
    """What the code reads and a file of the folder that is in use sets, and none of the folder's examples names."""
    beside = env.project.once(env_names).folders.get(env.path.rpartition("/")[0], [])
    if env.path != beside[0] or "local" in names.parts(env.path):
        return None
    from prodlint.env.committed import is_real
    from prodlint.env.reads import code

    files = [file for path in beside if (file := env.project.parsed(path, type(env)))]
    told = {
        name for file in files if file.is_example for name in re.findall(_WRITTEN, file.source.text)
    }
    for other in filter(is_real, files):
        lacks = [
            name
            for name in other.values
            if name not in told and not is_platform(name) and name in env.project.once(code).reads
        ]
        if lacks:
            return _lacking(lacks, other)
    return None


def _optional(env: "EnvFile", name: str) -> bool:
    """Whether an example may well show a variable of its schema; env/missing-variable tells of those that it must set."""
    schema = env.schema
    if schema is None or "*" in name or schema.requires(name, names.EXAMPLE):
        return False
    said = schema.keywords(name, names.EXAMPLE)
    return not said.get("deprecated") and names.EXAMPLE not in said.get("forbiddenIn", ())


def _alike(env: "EnvFile") -> list[str]:
    """The examples of other profiles in its folder: the two of them are for servers."""
    if not _profile(env.path):
        return []
    folder = env.path.rpartition("/")[0]
    beside = env.project.once(env_names).folders.get(folder, [])
    return [path for path in beside if path != env.path and _profile(path)][:_MOST]


def _profile(path: str) -> bool:
    return names.is_example(path) and not _PROFILES.isdisjoint(names.words(path))


def _close(one: set[str], other: set[str]) -> bool:
    """Whether two files are meant to hold the same."""
    both = len(one & other)
    return both >= _FEWEST and both >= _LEAST_ALIKE * len(one | other)


def told(lacks: list[str]) -> str:
    return listed(lacks, 6)
