"""Many faults of one kind that one env file brings up, told of as one."""

from collections.abc import Callable, Iterator

from prodlint.core.source import Span
from prodlint.typed import TypeVar

_T = TypeVar("_T")
_APART = 5


def together(found: list[_T], place: Callable[[_T], Span]) -> Iterator[list[_T]]:
    """What goes into one finding: up to five stay apart, and what has an ignore of its own, so that it covers no other."""
    rest: list[_T] = []
    for item in found:
        if len(found) <= _APART or _ignored(place(item)):
            yield [item]
        else:
            rest.append(item)
    if rest:
        yield rest


def _ignored(place: Span) -> bool:
    lines = range(max(place.line - 1, 1), place.line + 1)
    return any("prodlint: ignore[" in place.source.line_span(line).text for line in lines)
