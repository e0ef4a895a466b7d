"""Every place where a compose file is not what the specification and compose-go demand."""

import re
from collections.abc import Iterable

from prodlint.compose.consistency import SPOTS, conflicts
from prodlint.compose.files import NAMES
from prodlint.compose.formats import FORMATS, misread_reference
from prodlint.compose.literals import CASTS, Literal, cast, literal
from prodlint.compose.model import Compose
from prodlint.compose.specification import Schema, Shape, specification
from prodlint.compose.variables import Variables
from prodlint.core.source import Span
from prodlint.core.yaml import Mapping, Node, Scalar, Sequence
from prodlint.typed import NamedTuple

_MAX_TEXT = 10_000
_STARTS = frozenset("+-.0123456789~tTfFnN")
Path = tuple[str, ...]

# Lists in which compose drops the items that another one repeats, before it looks at the whole.
_MADE_UNIQUE_IN_SERVICES = (
    "annotations build.args build.additional_contexts build.labels build.tags cap_add cap_drop configs"
    " deploy.labels devices dns dns_opt dns_search env_file environment expose labels links"
    " networks.*.aliases networks.*.link_local_ips ports profiles secrets sysctls tmpfs volumes"
)
_MADE_UNIQUE = frozenset(
    ("networks.*.labels", *(f"services.*.{path}" for path in _MADE_UNIQUE_IN_SERVICES.split()))
)
_LAST_PORT = 65535
_READ = CASTS.keys() | FORMATS.keys()
_COUNTS = ("services.*.scale", "services.*.deploy.replicas")
_WHOLE = ("services.*.ports.[]", "services.*.expose.[]")


class Problem(NamedTuple):
    """A place, and what is demanded there.

    `keyword` is that of JSON Schema, or `unknown`, `key`, `cast`, `format`, `reference`, `exclusive`, `needs`, `platform` or `range`. `path` leads to the value, with `*`
    for what stands in a list. `demand` is what the keyword asks for, what is wrong with a text, or the schema of the mapping
    in which a key is unknown; `found` is the kind of the value, the text that is not in the enum, or `service` for a service.
    """

    span: Span
    keyword: str
    path: Path
    demand: object
    found: str = ""


def problems(compose: Compose) -> list[Problem]:
    """Those of a file, and of what it includes and extends from files that are not compose files by their names."""
    readings = compose.assembly.readings
    known = {reading.file.path: reading.variables for reading in readings}
    own = known.get(compose.file.path, Variables({}))
    partial = not readings or readings[0].file is not compose.file
    found = Conformance(own, partial).of(compose.file.documents)
    for reading in readings:
        if not NAMES.search(reading.file.path):
            found += Conformance(reading.variables, True).of(reading.file.documents)
    if compose.file.extended:
        from prodlint.compose.extended import used

        for file, name, definition in used(compose):
            if file is not compose.file and file.path not in known:
                found += Conformance(own, True).of_service(name, definition.node)
    return found


class Conformance:
    """Looks at what is written.

    `partial`: other files may add the keys that are missing here.
    """

    def __init__(self, variables: Variables, partial: bool) -> None:
        self.variables = variables
        self.partial = partial
        self.problems: list[Problem] = []
        self._specification = specification()
        self._seen: set[tuple[int, str]] = set()
        self._told: set[tuple[int, str]] = set()

    def of(self, documents: Iterable[Node]) -> list[Problem]:
        for document in documents:
            self._walk(document, self._specification.root, (), "")
        return self.problems

    def of_service(self, name: str, node: Node) -> list[Problem]:
        self._walk(node, {"$ref": "#/$defs/service"}, ("services", name), "services.*")
        return self.problems

    def _walk(self, node: Node, schema: Schema, path: Path, spot: str) -> None:
        shapes = self._specification.shapes(schema)
        if shapes is None or node.tag == "!reset" or self._again(node, spot):
            return
        if isinstance(node, Scalar):
            self._scalar(node, shapes, path, spot)
            return
        kind = "object" if isinstance(node, Mapping) else "array"
        shape = shapes.get(kind)
        if shape is None:
            self._report(node.span, "type", path, shapes, kind)
        elif isinstance(node, Mapping):
            self._mapping(node, schema, shape, path, spot)
        elif isinstance(node, Sequence):
            self._sequence(node, shape, path, spot)

    def _is_fine(self, node: Node, schema: Schema, spot: str) -> bool:
        """Whether it is text where any text fits: most values are, and this is quick to see."""
        if not isinstance(node, Scalar) or node.tag or "$" in node.text or spot in _READ:
            return False
        if not node.style and (not node.text or node.text[0] in _STARTS):
            return False
        shapes = self._specification.shapes(schema)
        return shapes is None or ("string" in shapes and shapes["string"].takes_any_text)

    def _again(self, node: Node, spot: str) -> bool:
        """Whether the text of an alias was looked at, in the same role, where another one stands."""
        if node.alias is None:
            return False
        key = (node.start, spot)
        known = key in self._seen
        self._seen.add(key)
        return known

    def _mapping(self, node: Mapping, schema: Schema, shape: Shape, path: Path, spot: str) -> None:
        partial = self.partial
        self.partial |= "extends" in node and spot == "services.*"
        properties = shape.properties
        before = f"{spot}." if spot else ""
        for key, value in node.pairs():
            name = key.text
            below = properties.get(name)
            inside = name
            if below is None:
                if not key.style and name[:1] in _STARTS and key.value != name:
                    self._report(key.span, "key", (*path, name), None)
                    continue
                below, inside = shape.below(name), "*"
                if below is None:
                    if path[2:] != ("extends",) and value.tag != "!reset":
                        service = not path and _is_service(value)
                        found = "service" if service else ""
                        self._report(key.span, "unknown", (*path, name), schema, found)
                    continue
            where = before + inside
            if not self._is_fine(value, below, where):
                self._walk(value, below, (*path, name), where)
        for name in shape.required:
            if name not in node and (not self.partial or path[2:] == ("extends",)):
                self._report(node.span, "required", path, name)
        if spot in SPOTS:
            for span, keyword, demand in conflicts(node, spot, self.partial):
                self._report(span, keyword, path, demand)
        self.partial = partial

    def _sequence(self, node: Sequence, shape: Shape, path: Path, spot: str) -> None:
        if shape.items is not None:
            inside, below = (*path, "*"), f"{spot}.[]"
            for item in node.items:
                if not self._is_fine(item, shape.items, below):
                    self._walk(item, shape.items, inside, below)
        if shape.unique and len(node.items) > 1 and spot not in _MADE_UNIQUE:
            first: dict[Literal, Node] = {}
            for item in node.items:
                if isinstance(item, Scalar) and first.setdefault(literal(item), item) is not item:
                    self._report(item.place, "uniqueItems", path, first[literal(item)].place.line)

    def _scalar(self, node: Scalar, shapes: dict[str, Shape], path: Path, spot: str) -> None:
        kind, value = literal(node)
        if kind == "string":
            read = self._text(node, path, spot)
            if read is None:
                return
            kind, value = read
        if kind == "any":
            return
        shape = shapes.get(kind)
        if shape is None:
            self._report(node.span, "type", path, shapes, kind)
        elif isinstance(value, str):
            self._string(node, value, shape, path, spot)
        elif kind == "number" and spot in _WHOLE:
            self._report(node.span, "cast", path, "integer")
        elif isinstance(value, (int, float)):
            if spot in _COUNTS and value < 0:
                self._report(node.span, "range", path, "0 or more")
            if spot == "services.*.ports.[]" and value > _LAST_PORT:
                self._report(node.span, "range", path, f"{_LAST_PORT} or less")
            for keyword, bound in (("minimum", shape.minimum), ("maximum", shape.maximum)):
                if bound is not None and (value < bound if keyword == "minimum" else value > bound):
                    self._report(node.span, keyword, path, bound)

    def _text(self, node: Scalar, path: Path, spot: str) -> Literal | None:
        """What compose makes of a text; None when it refuses it, which is told here."""
        text = node.text
        if "$" in text:
            wrong = misread_reference(text) if len(text) <= _MAX_TEXT else None
            if wrong is not None:
                self._report(node.at(wrong, len(text)), "reference", path, None)
                return None
            text = self.variables.expand(text)
        kind = CASTS.get(spot)
        if kind is None:
            return "string", text
        if "$" in text:
            return "any", None
        read = cast(text, kind)
        if read is None:
            self._report(node.span, "cast", path, kind)
        return read

    def _string(self, node: Scalar, text: str, shape: Shape, path: Path, spot: str) -> None:
        if "$" in text:
            return
        if shape.enum and text not in shape.enum:
            self._report(node.span, "enum", path, shape.enum, text)
        elif shape.pattern and not re.search(shape.pattern, text):
            self._report(node.span, "pattern", path, shape.pattern)
        elif (wrong := FORMATS.get(spot)) and (what := wrong(text)):
            self._report(node.span, "format", path, what)

    def _report(
        self, span: Span, keyword: str, path: Path, demand: object, found: str = ""
    ) -> None:
        """Note a problem, once for all that take it in through `<<`."""
        key = (span.start, keyword)
        if key not in self._told:
            self._told.add(key)
            self.problems.append(Problem(span, keyword, path, demand, found))


def _is_service(node: Node) -> bool:
    return isinstance(node, Mapping) and ("image" in node or "build" in node)
