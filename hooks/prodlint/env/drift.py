"""Examples of one folder, and their schema, that have different variables."""

import re

from prodlint.core.finding import Related
from prodlint.core.names import listed
from prodlint.env import names
from prodlint.env.repository import env_names
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile

_FEWEST = 4
_MOST = 8
_LEAST_ALIKE = 0.6
_PROFILES = {"production", "prod", "staging", "stage", "stg", "preprod", "live"}
_WRITTEN = r"(?am)^[ \t#]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*="


class Drift(NamedTuple):
    """The variables that a file lacks, and the places of the files that have them."""

    lacks: list[str]
    others: list[Related]


def drift(env: "EnvFile") -> Drift | None:
    """What an example lacks: of its schema, or of another profile that is much like it."""
    own = set(re.findall(_WRITTEN, env.source.text))
    if env.schema is not None:
        lacks = [name for name in env.schema.variables if name not in own and _optional(env, name)]
        places = [Related(env.schema.where(name), f"declares {name}") for name in lacks[:3]]
        return Drift(lacks, places) if lacks else None
    for path in _alike(env):
        other = env.project.parsed(path, type(env))
        if other is None or other.foreign:
            continue
        lacks = [name for name in other.values if name not in own]
        if lacks and _close(set(env.values), set(other.values)):
            places = [Related(other.values[name].key, f"sets {name}") for name in lacks[:3]]
            return Drift(lacks, places)
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
