"""A service as compose merges it: layer over layer, each value still at its own place."""

from prodlint.compose.variables import Variables
from prodlint.core.source import Span
from prodlint.core.yaml import Mapping, Node, Scalar, Sequence, text
from prodlint.typed import NamedTuple


class Layer(NamedTuple):
    """What one file writes for a service.

    `folder` is where its relative paths begin. `via` is the alias or the `<<` that brings the whole of it.
    """

    key: Scalar
    node: Mapping
    folder: str
    variables: Variables
    via: Span | None


class Value(NamedTuple):
    """A value of a layer, and its key or itself. `via` is the alias or the `<<` through which the service has it."""

    named: Node
    node: Node
    layer: Layer
    via: Span | None

    @property
    def key(self) -> Span:
        """The key; of an item, the item."""
        return self.named.span

    @property
    def place(self) -> Span:
        """Where it is used: the alias or the `<<` that brings it, or else its own text."""
        return self.via or self.node.span

    @property
    def text(self) -> str | None:
        """A scalar with its variables replaced; None for null and anything that is no scalar."""
        found = text(self.node)
        return None if found is None else self.layer.variables.expand(found)

    @property
    def items(self) -> list["Value"]:
        """The items of a list."""
        if not isinstance(self.node, Sequence):
            return []
        return [Value(item, item, self.layer, self.via or item.alias) for item in self.node.items]

    @property
    def pairs(self) -> list[tuple[str, "Value"]]:
        """The keys of a mapping with their values."""
        return _children(self.node, self.layer, self.via)

    def get(self, name: str) -> "Value | None":
        return _child(self.node, name, self.layer, self.via)


def _child(node: Node, name: str, layer: Layer, via: Span | None) -> Value | None:
    if not isinstance(node, Mapping) or (below := node.get(name)) is None:
        return None
    return Value(
        node.key(name) or below,
        below,
        layer,
        via or node.merged(name) or below.alias,
    )


def _children(node: Node, layer: Layer, via: Span | None) -> list[tuple[str, Value]]:
    names = list(node) if isinstance(node, Mapping) else []
    return [(name, found) for name in names if (found := _child(node, name, layer, via))]


def stack(layers: list[Layer], *path: str) -> list[Value]:
    """The values under a path, of the first file to the last; those that `!reset` or `!override` remove are left out.

    Null is left out too: it overrides nothing.
    """
    first, *rest = path
    found = [_child(layer.node, first, layer, layer.via) for layer in layers if first in layer.node]
    values = _kept(found) if found else []
    for name in rest:
        values = _kept([value.get(name) for value in values])
    return values


def _kept(values: list[Value | None]) -> list[Value]:
    kept: list[Value] = []
    for value in values:
        if value is None:
            continue
        if value.node.tag in ("!reset", "!override"):
            kept.clear()
        null = isinstance(value.node, Scalar) and value.node.is_null
        if not null and value.node.tag != "!reset":
            kept.append(value)
    return kept


def last(layers: list[Layer], *path: str) -> Value | None:
    """The value that counts where the last file replaces what the others wrote."""
    values = stack(layers, *path)
    return values[-1] if values else None
