"""The variables that compose gives the processes of a service."""

from typing import TYPE_CHECKING, NamedTuple

from prodlint.core.yaml import Mapping

if TYPE_CHECKING:
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
        if isinstance(value.node, Mapping):
            pairs = [(name, below.text, below) for name, below in value.pairs]
        else:
            pairs = []
            for item in value.items:
                name, given, text = (item.text or "").partition("=")
                pairs.append((name, text if given else None, item))
        for name, text, below in pairs:
            found.pop(name, None)
            if text is not None:
                found[name] = Variable(name, text, below)
    return found
