"""What is made when it is first used, as regular expressions: a run on one small file needs few of them."""

import re
import sys
from importlib import import_module
from types import ModuleType

from prodlint.typed import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property
else:

    class cached_property:
        """As that of functools, without the lock that it takes before Python 3.12."""

        def __init__(self, make):
            self.make = make
            self.__doc__ = make.__doc__

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, one, owner=None):
            if one is None:
                return self
            made = one.__dict__[self.name] = self.make(one)
            return made


__all__ = ["cached_property", "imported", "lazy"]

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
