"""What the words of a path or a name say about its use."""

_SEPARATORS = str.maketrans("/.-_", "    ")

DEVELOPMENT = frozenset(["dev", "devel", "development", "devcontainer", "local", "debug"]).union(
    ["test", "tests", "testing", "e2e", "ci", "lint"]
)
PRODUCTION = frozenset(["prod", "production", "deploy", "release", "live", "staging"])


def words(name: str) -> frozenset[str]:
    """The words between `/`, `.`, `-` and `_`, in lower case."""
    return frozenset(name.lower().translate(_SEPARATORS).split())
