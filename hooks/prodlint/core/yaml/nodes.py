"""The values of a YAML document, and where they stand."""

from collections.abc import ItemsView, Iterable, Iterator

from prodlint.core.lazy import lazy
from prodlint.core.source import Source, Span
from prodlint.typed import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from prodlint.core.yaml.places import Trace

Atom: TypeAlias = bool | int | float | str | None

_WORDS: dict[str, Atom] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_STARTS = frozenset("+-.0123456789")
_NULLS = frozenset(word for word, value in _WORDS.items() if value is None)
_NUMBER = lazy(
    r"([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)"
    r"|([-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_MAX_DIGITS = 4000  # Python refuses to convert more


class Node:
    """A scalar, a mapping or a sequence.

    `tag` is the tag written before it, such as `!reset` or `!!str`, or empty. `alias` is the place of the `*name` through
    which it is reached; its own place is then elsewhere. `text` is empty for all but scalars.
    """

    __slots__ = ("alias", "anchor", "end", "source", "start", "tag")
    text = ""

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.tag = ""
        self.anchor = ""
        self.alias: Span | None = None

    @property
    def span(self) -> Span:
        """Its text without tag and anchor; of a block, from its first key or dash to the end of its last value."""
        return Span(self.source, self.start, self.end)

    @property
    def place(self) -> Span:
        """Where it is used: the alias that stands for it, or else its own text."""
        return self.alias or self.span

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.source.path}:{self.span.line}>"


class Scalar(Node):
    """One value; `style` is empty for plain text, or `'`, `"`, `|` or `>`."""

    __slots__ = ("_trace", "style", "text")
    _trace: "Trace | None"

    def __init__(self, source: Source, start: int, end: int, text: str, style: str) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.text = text
        self.style = style
        self.tag = ""
        self.anchor = ""
        self.alias = None

    def through(self, alias: Span) -> "Scalar":
        copy = Scalar(self.source, self.start, self.end, self.text, self.style)
        copy.tag, copy.anchor, copy.alias = self.tag, self.anchor, alias
        return copy

    @property
    def value(self) -> Atom:
        """The text as the YAML 1.2 core schema reads it; `yes`, `22:22` and dates are text, `017` is seventeen."""
        text = self.text
        if self.tag == "!!str" or (self.style and not self.tag.startswith("!!")):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMBER_STARTS or len(text) > _MAX_DIGITS:
            return text
        found = _NUMBER.fullmatch(text)
        if not found:
            return text
        if found[1]:
            return int(text, {"o": 8, "x": 16}.get(text[1:2], 10))
        return float(text if found[2] else text.replace(".", ""))

    @property
    def is_null(self) -> bool:
        return self.text in _NULLS and self.value is None

    def at(self, start: int, end: int) -> Span:
        """Where the characters `start` to `end` of the text stand; the whole scalar when that cannot be told."""
        size = len(self.text)
        start = max(start, 0)
        end = min(end, size)
        found = self._traced()
        if found is None:
            return self.span
        if start < end:
            return Span(self.source, found.start(start), found.end(end - 1))
        place = found.start(start) if start < size or not size else found.end(size - 1)
        return Span(self.source, place, place)

    @property
    def exact(self) -> bool:
        """Whether the place of each character is known."""
        return self._traced() is not None

    def _traced(self) -> "Trace | None":
        try:
            return self._trace
        except AttributeError:
            from prodlint.core.yaml.places import trace

            self._trace = trace(self.source.text, self.start, self.end, self.style, self.text)
            return self._trace


class Mapping(Node):
    """Keys and values, keys of a merge (`<<`) after its own; a key that is written twice has its last value."""

    __slots__ = ("_hidden", "_keys", "_merged", "_values")

    def fill(
        self,
        keys: dict[str, Scalar],
        values: dict[str, Node],
        merged: dict[str, Span],
        hidden: dict[str, Node] | None = None,
    ) -> None:
        self._keys = keys
        self._values = values
        self._merged = merged
        self._hidden = hidden

    def through(self, alias: Span) -> "Mapping":
        copy = Mapping(self.source, self.start, self.end)
        copy.tag, copy.anchor, copy.alias = self.tag, self.anchor, alias
        copy.fill(self._keys, self._values, self._merged, self._hidden)
        return copy

    def get(self, key: str) -> Node | None:
        return self._values.get(key)

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        return self._keys.get(key)

    def merged(self, key: str) -> Span | None:
        """The `<<` that brings the key, if it is not a key of its own."""
        return self._merged.get(key)

    def hidden(self, key: str) -> Node | None:
        """What a `<<` brings under a key of its own, which replaces it wholly."""
        return self._hidden.get(key) if self._hidden else None

    def items(self) -> ItemsView[str, Node]:
        return self._values.items()

    def pairs(self) -> Iterator[tuple[Scalar, Node]]:
        """Each key, with its place, and its value."""
        return zip(self._keys.values(), self._values.values(), strict=True)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class Sequence(Node):
    """A list."""

    __slots__ = ("items",)
    items: list[Node]

    def through(self, alias: Span) -> "Sequence":
        copy = Sequence(self.source, self.start, self.end)
        copy.tag, copy.anchor, copy.alias = self.tag, self.anchor, alias
        copy.items = self.items
        return copy

    def __getitem__(self, index: int) -> Node:
        return self.items[index]

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


_NOTHING = Mapping(Source("", ""), 0, 0)
_NOTHING.fill({}, {}, {})


def find(node: Node | None, *path: str) -> Node | None:
    """The value below `node` under one key after the other."""
    for key in path:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def mapping(node: Node | None) -> Mapping:
    """The node if it is a mapping, or else an empty one."""
    return node if isinstance(node, Mapping) else _NOTHING


def sequence(node: Node | None) -> list[Node]:
    """The items of a list; nothing for anything else."""
    return node.items if isinstance(node, Sequence) else []


def text(node: Node | None) -> str | None:
    """The text of a scalar, also of a number or a boolean; None for null and anything else."""
    return node.text if isinstance(node, Scalar) and not node.is_null else None


def at(node: Node, path: Iterable[str | int]) -> Node:
    """The node at the path of a jsonschema error, or the last one on the way that exists."""
    for step in path:
        below: Node | None = None
        if isinstance(node, Mapping):
            below = node.get(str(step))
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            below = node.items[step]
        if below is None:
            break
        node = below
    return node


def to_python(node: Node) -> Any:
    """Plain dicts, lists and values."""
    if isinstance(node, Mapping):
        return {key: to_python(value) for key, value in node.items()}
    if isinstance(node, Sequence):
        return [to_python(item) for item in node.items]
    return node.value if isinstance(node, Scalar) else None
