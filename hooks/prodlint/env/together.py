"""Many faults of one kind in an env file, told of as one."""

from collections.abc import Callable, Iterator

from prodlint.env.model import EnvFile, Variable
from prodlint.typed import TypeVar

_T = TypeVar("_T")
_APART = 5


def together(
    env: EnvFile, found: list[_T], variable: Callable[[_T], Variable]
) -> Iterator[list[_T]]:
    """What goes into one finding: up to five stay apart, and what has an ignore of its own, so that it covers no other."""
    lines = env.source.text.splitlines()

    def ignored(item: _T) -> bool:
        line = variable(item).key.line
        return any("prodlint: ignore[" in text for text in lines[max(line - 2, 0) : line])

    alone = [item for item in found if len(found) <= _APART or ignored(item)]
    yield from ([item] for item in alone)
    if rest := [item for item in found if item not in alone]:
        yield rest
