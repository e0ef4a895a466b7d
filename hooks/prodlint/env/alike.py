"""Env files that every loader reads alike: those need no model of any loader."""

from prodlint.core.lazy import lazy

# A line that is not empty, no comment, and not NAME=value of characters that mean the same everywhere; bash lets nobody set UID.
_OTHER = lazy(
    r"^(?![ \t]*(?:#|$)|(?!E?UID=|PPID=)[A-Za-z_][A-Za-z0-9_]*=[A-Za-z0-9_./:@%+,=?^-]*$).", 8
)


def alike(text: str) -> bool:
    return _OTHER.search(text) is None
