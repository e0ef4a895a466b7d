"""The names of `typing` that run-time code needs. To import `typing` itself takes a third of the time in which Python starts."""

import sys

TYPE_CHECKING = False

if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import Any, NamedTuple, NoReturn, TextIO, TypeAlias, TypeVar, cast
else:
    from collections import namedtuple

    Any = NoReturn = TextIO = TypeAlias = object

    def TypeVar(name):
        return object

    def cast(kind, value):
        return value

    class _Fields(type):
        """Makes a named tuple of a class body, as `typing.NamedTuple` does."""

        def __new__(cls, name, bases, body):
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            plain = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            return type(name, (plain,), {"__slots__": (), **body})

    class NamedTuple(metaclass=_Fields):
        pass


__all__ = [
    "TYPE_CHECKING",
    "Any",
    "NamedTuple",
    "NoReturn",
    "TextIO",
    "TypeAlias",
    "TypeVar",
    "cast",
]
