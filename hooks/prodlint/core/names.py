"""What the words of a path or a name say about its use."""

_SEPARATORS = str.maketrans("/.-_", "    ")

DEVELOPMENT = frozenset(["dev", "devel", "development", "devcontainer", "local", "debug"]).union(
    ["test", "tests", "testing", "e2e", "ci", "lint"]
)
PRODUCTION = frozenset(["prod", "production", "deploy", "release", "live", "staging"])


def words(name: str) -> frozenset[str]:
    """The words between `/`, `.`, `-` and `_`, in lower case."""
    return frozenset(name.lower().translate(_SEPARATORS).split())


def listed(names: list[str], most: int = 4) -> str:
    """`web, api and db`; of many, the first and how many more."""
    shown = names if len(names) <= most else [*names[:most], f"{len(names) - most} more"]
    *before, last = shown
    return f"{', '.join(before)} and {last}" if before else last
