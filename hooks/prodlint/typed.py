"""The names of `typing` that run-time code needs. To import `typing` itself takes a third of the time in which Python starts."""

import sys

TYPE_CHECKING = False

if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import Any, NamedTuple, NoReturn, TextIO, TypeAlias, TypeVar, cast
else:
    from collections import _tuplegetter, namedtuple

    Any = NoReturn = TextIO = TypeAlias = object

    def TypeVar(name, *kinds):
        return object

    def cast(kind, value):
        return value

    class _Record(tuple):
        """What named tuples share. The function that makes a tuple of its fields takes `namedtuple` most of its time to
        write, so a class gets its own when it first makes one."""

        __slots__ = ()

        def __new__(cls, *values, **named):
            defaults = cls._field_defaults.values()
            plain = namedtuple(cls.__name__, cls._fields, defaults=defaults)
            cls.__new__ = plain.__new__
            return plain.__new__(cls, *values, **named)

        @classmethod
        def _make(cls, values):
            return cls(*values)

        def _replace(self, **named):
            changed = self._make(map(named.pop, self._fields, self))
            if named:
                raise TypeError(f"no such fields: {', '.join(named)}")
            return changed

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            shown = (f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({', '.join(shown)})"

        def __getnewargs__(self):
            return tuple(self)

    class _Fields(type):
        """Makes a named tuple of a class body, as `typing.NamedTuple` does."""

        def __new__(cls, name, bases, body):
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            getters = {field: _tuplegetter(at, None) for at, field in enumerate(fields)}
            own = {"__slots__": (), "__match_args__": fields, "_fields": fields}
            return type(name, (_Record,), {**body, **own, **getters, "_field_defaults": defaults})

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
