"""YAML documents out of the events of PyYAML, bounded in depth, in size and in what aliases expand to."""

from prodlint.core.finding import Fault
from prodlint.core.lazy import imported
from prodlint.core.source import Source, Span
from prodlint.core.yaml.nodes import Mapping, Node, Scalar, Sequence
from prodlint.typed import Any, NoReturn

yaml: Any = imported("yaml")
from yaml.events import (  # noqa: E402
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

MAX_DEPTH = 64
MAX_NODES = 200_000
PARSER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_FAULTS = 100
_MAX_DIRECTIVES = 100  # libyaml compares each with all the others
_BLANK = " \t\r\n\x85\u2028\u2029"


class _Refused(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


class _Anchor:
    """A node with a name: how many events made it, and how many levels are in it, through all aliases."""

    __slots__ = ("deepest", "depth", "node", "size")

    def __init__(self, node: Any, depth: int, size: int) -> None:
        self.node = node
        self.depth = self.deepest = depth
        self.size = size  # while the node is open, the count of events before it


class Reader:
    """Builds the documents from the events of the parser, which are made one by one."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.documents: list[Node] = []
        self.faults: list[Fault] = []
        self.anchors: dict[str, _Anchor] = {}
        self.open: list[_Anchor] = []

    def read(self) -> None:
        """Read everything, up to the first syntax error."""
        raw = self.source.text
        try:
            if raw.count("%TAG") > _MAX_DIRECTIVES:
                self.refuse(raw.index("%TAG"), "too many %TAG directives", "remove them")
            self.compose()
        except _Refused as refused:
            self.faults.append(refused.fault)
        except yaml.MarkedYAMLError as error:
            from prodlint.core.yaml.fault import meaning

            problem = f"{error.context or ''}: {error.problem or ''}"
            opened = error.context_mark.index if error.context_mark else None
            place = error.problem_mark.index if error.problem_mark else 0
            self.faults.append(meaning(self.source, problem, place, opened))
        except (yaml.reader.ReaderError, UnicodeEncodeError):
            from prodlint.core.yaml.fault import unprintable

            self.faults.append(unprintable(self.source))

    def compose(self) -> None:
        source, raw, opened = self.source, self.source.text, self.open
        stack: list[tuple[Any, list[Any]]] = []
        nodes: list[Any] = []
        end = 0  # of the last value
        limit = MAX_NODES
        for count, event in enumerate(iter(PARSER(raw).get_event, None)):
            if count > limit:
                self.refuse(end, f"more than {MAX_NODES:,} values, aliases included", "split it")
            kind = event.__class__
            if kind is ScalarEvent:
                start, before, end = event.start_mark.index, end, event.end_mark.index
                if start == end and raw[end - 1 : end] in _BLANK:  # a value that is not there
                    start = end = before
                style = event.style or ""
                node: Any = Scalar(source, start, end, event.value, style)
                if style and style in "|>":
                    node.end = end = _text_end(raw, end)
                if event.tag or event.anchor:
                    self.name(node, event, len(stack), count - limit)
                nodes.append(node)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                after = event.end_mark.index
                if after > event.start_mark.index and raw[after - 1] in "]}":
                    end = after
                children = nodes
                node, nodes = stack.pop()
                node.end = end
                if kind is SequenceEndEvent:
                    node.items = children
                else:
                    self.fill(node, children)
                if opened and opened[-1].node is node:
                    self.close(count - limit)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                node = (Mapping if kind is MappingStartEvent else Sequence)(
                    source, event.start_mark.index, -1
                )
                self.enter(node, event, len(stack), count - limit)
                nodes.append(node)
                stack.append((node, nodes))
                nodes = []
            elif kind is AliasEvent:
                place = source.span(event.start_mark.index, event.end_mark.index)
                end = place.end
                node, size = self.resolve(event.anchor, place, len(stack))
                nodes.append(node)
                limit -= size
            elif kind is DocumentEndEvent:
                self.documents += nodes
                nodes = []
                self.anchors.clear()

    def enter(self, node: Node, event: Any, depth: int, count: int) -> None:
        if depth >= MAX_DEPTH:
            self.refuse(node.start, f"nested more than {MAX_DEPTH} levels deep", "flatten it")
        if self.open and depth > self.open[-1].deepest:
            self.open[-1].deepest = depth
        if event.tag or event.anchor:
            self.name(node, event, depth, count)

    def name(self, node: Any, event: Any, depth: int, count: int) -> None:
        """Set the tag and the anchor, which are not part of a node's place."""
        node.tag = (event.tag or "").replace("tag:yaml.org,2002:", "!!")
        from prodlint.core.yaml.places import after_properties

        node.start = after_properties(self.source.text, node.start)
        if isinstance(node, Scalar):
            node.start = min(node.start, node.end)
        if event.anchor:
            node.anchor = event.anchor
            anchor = self.anchors[event.anchor] = _Anchor(node, depth, count)
            if isinstance(node, Scalar):
                anchor.size, anchor.deepest = 1, depth - 1
            else:
                self.open.append(anchor)

    def close(self, count: int) -> None:
        anchor = self.open.pop()
        anchor.size = count - anchor.size
        if self.open and anchor.deepest > self.open[-1].deepest:
            self.open[-1].deepest = anchor.deepest

    def resolve(self, name: str, place: Span, depth: int) -> tuple[Node, int]:
        """The node that an alias stands for, and its size."""
        anchor = self.anchors.get(name)
        if anchor is None or anchor.node.end < 0:
            shown = _shown(name)
            if anchor:
                self.fault(place, f"*{shown} stands inside &{shown} itself", "write the value here")
            else:
                self.fault(
                    place,
                    f"no &{shown} stands above *{shown}",
                    f"write &{shown} before the value that is meant, or put this one in quotes",
                )
            missing = Scalar(self.source, place.start, place.end, "", "")
            missing.alias = place
            return missing, 0
        deepest = depth + anchor.deepest - anchor.depth
        if deepest >= MAX_DEPTH:
            self.refuse(place.start, f"nested more than {MAX_DEPTH} levels deep", "flatten it")
        if self.open and deepest > self.open[-1].deepest:
            self.open[-1].deepest = deepest
        return anchor.node.through(place), anchor.size

    def fill(self, node: Mapping, children: list[Any]) -> None:
        """Make a mapping of its keys and values, which are in turn in `children`."""
        keys = {key.text: key for key in children[::2]}
        if len(keys) * 2 == len(children) and "<<" not in keys and "" not in keys:
            node.fill(keys, dict(zip(keys, children[1::2], strict=True)), {})
            return
        keys.clear()
        values: dict[str, Node] = {}
        merges: list[tuple[Scalar, Node]] = []
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.refuse_template(key)
                self.fault(key.place, "a key that is no text", "write a name, or quote it")
                continue
            name = key.text
            if name == "<<" and not key.style and key.tag in ("", "!!merge"):
                if merges:
                    line = merges[-1][0].place.line
                    self.fault(
                        key.place,
                        f"`<<` is written twice: also on line {line}",
                        "write one list, as in <<: [*first, *second]",
                    )
                merges.append((key, value))
                continue
            if name in keys:
                line = keys[name].place.line
                self.fault(
                    key.place,
                    f'the key "{_shown(name)}" is written twice: also on line {line}',
                    "keep one of them: the first is lost without a word, or the file is refused",
                )
            keys[name] = key
            values[name] = value
        merged: dict[str, Span] = {}
        hidden: dict[str, Node] = {}
        for key, value in reversed(merges):
            for source in self.merge_sources(value):
                for name, below in source.items():
                    if name not in values:
                        values[name] = below
                        merged[name] = key.place
                        keys[name] = source.key(name)
                    elif name not in merged:
                        hidden.setdefault(name, below)
        node.fill(keys, values, merged, hidden)

    def merge_sources(self, value: Node) -> list[Mapping]:
        sources = []
        for node in value.items if isinstance(value, Sequence) else [value]:
            if isinstance(node, Mapping):
                sources.append(node)
            elif node.alias is None or node.alias.start != node.start:  # else a fault already
                self.fault(
                    node.place,
                    "`<<` takes in mappings, and this is none",
                    "write the alias of a mapping, or a list of such aliases",
                )
        return sources

    def refuse_template(self, node: Node) -> None:
        """`{{ name }}` is a mapping whose key is a mapping."""
        if self.source.text.startswith("{{", node.start - 1):
            from prodlint.core.yaml.fault import template

            raise _Refused(template(self.source, node.start - 1))

    def refuse(self, at: int, message: str, advice: str) -> NoReturn:
        line = self.source.line_of(at)
        raise _Refused(Fault(self.source.line_span(line), message, advice))

    def fault(self, span: Span, message: str, advice: str) -> None:
        if len(self.faults) < _MAX_FAULTS:
            self.faults.append(Fault(span, message, advice))


def _text_end(raw: str, end: int) -> int:
    while raw[end - 1] in _BLANK:
        end -= 1
    return end


def _shown(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"
