"""What an env file is for, as its name says."""

import re
from collections.abc import Iterable, Iterator

EXAMPLE = "example"
SCHEMAS = (".env.schema.yaml", ".env.schema.yml", ".env.schema.json")

# Bundlers replace these names by their values at build time; other names for the browser are looked up at run time too.
BUNDLED = ("NEXT_PUBLIC_", "VITE_", "REACT_APP_", "GATSBY_", "EXPO_PUBLIC_", "VUE_APP_")
_EXAMPLES = {"example", "sample", "template", "tmpl", "tpl", "dist", "default", "defaults"}
_SHORT = {
    "prod": "production",
    "dev": "development",
    "stage": "staging",
    "stg": "staging",
    "testing": "test",
}


def words(path: str) -> list[str]:
    """The parts of a file's name beside `env` and `local`: `.env.production.local` -> `production`."""
    return [word for word in parts(path) if word not in ("", "env", "local")]


def parts(path: str) -> list[str]:
    return re.split(r"[._-]", path.rpartition("/")[2].lower())


def is_example(path: str) -> bool:
    """Whether the file is there to be copied."""
    return not _EXAMPLES.isdisjoint(words(path))


def profile(names: Iterable[str], profiles: Iterable[str]) -> str | None:
    """The first of the profiles that one of the names stands for, also in its usual short or long form."""
    known = {profile.lower(): profile for profile in profiles}
    for name in names:
        for form in (name, _SHORT.get(name), *(short for short in _SHORT if _SHORT[short] == name)):
            if form in known:
                return known[form]
    return None


def below(path: str) -> list[str]:
    """The files of the same folder that loaders read before this one, which it lies over: nearest first."""
    folder, slash, name = path.rpartition("/")
    if not name.startswith(".env.") or is_example(path):
        return []
    names = [".env"]
    if name.endswith(".local") and name != ".env.local":
        names.insert(0, name.removesuffix(".local"))
    return [folder + slash + base for base in names]


def schemas(path: str) -> Iterator[list[str]]:
    """The names that a schema of an env file may have: those in its folder, then those in the folders above."""
    folder = path.rpartition("/")[0]
    while True:
        yield [f"{folder}/{name}" if folder else name for name in SCHEMAS]
        if not folder:
            return
        folder = folder.rpartition("/")[0]
