"""Regular expressions that are compiled when they are first used: a run on one small file needs few of them."""

import re
from importlib import import_module
from types import ModuleType

from prodlint.typed import Any, TypeVar, cast

Text = TypeVar("Text", str, bytes)

_compile = re.compile
_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _Lazy:
    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled: Any = _compile(self.pattern, self.flags)
        # From here on, the methods are found without this one.
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)


def lazy(pattern: Text, flags: int = 0) -> re.Pattern[Text]:
    """As `re.compile`, but a wrong pattern shows only when it is used."""
    return cast("re.Pattern[Text]", _Lazy(pattern, flags))


def imported(name: str) -> ModuleType:
    """A module of others that compiles its patterns as it is imported, which PyYAML takes half of its import for.

    A pattern that it uses on the way is compiled there.
    """
    re.compile = lazy  # type: ignore[assignment] # put back below
    try:
        return import_module(name)
    finally:
        re.compile = _compile
