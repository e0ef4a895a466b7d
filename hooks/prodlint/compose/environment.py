"""The variables that compose gives the processes of a service."""

from prodlint.core.yaml import Mapping
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodlint.compose.layers import Value
    from prodlint.compose.service import Service


class Variable(NamedTuple):
    """A variable as `environment:` sets it; `text` has its references replaced, where they are known."""

    name: str
    text: str
    value: "Value"


def variables(service: "Service") -> dict[str, Variable]:
    """The variables by name; the last file wins, and one without a value is the host's."""
    found: dict[str, Variable] = {}
    for value in service.stack("environment"):
        for name, text, below in _pairs(value):
            found.pop(name, None)
            if text is not None:
                found[name] = Variable(name, text, below)
    return found


def _pairs(value: "Value") -> "Iterator[tuple[str, str | None, Value]]":
    if isinstance(value.node, Mapping):
        yield from ((name, below.text, below) for name, below in value.pairs)
    for item in value.items:
        name, given, text = (item.text or "").partition("=")
        yield name, text if given else None, item
