"""Every place where a compose file is not what the specification and compose-go demand."""

import re
from collections.abc import Iterable

from prodlint.compose import spots
from prodlint.compose.consistency import conflicts
from prodlint.compose.files import NAMES
from prodlint.compose.formats import misread_reference
from prodlint.compose.literals import Literal, cast, literal
from prodlint.compose.model import Compose
from prodlint.compose.specification import Shape, specification
from prodlint.compose.spots import Spot
from prodlint.compose.variables import Variables
from prodlint.core.source import Span
from prodlint.core.yaml import Mapping, Node, Scalar, Sequence
from prodlint.typed import NamedTuple

_MAX_TEXT = 10_000
_STARTS = frozenset("+-.0123456789~tTfFnN")
Path = tuple[str, ...]
_LAST_PORT = 65535
# compose-go, override/merge.go, what mergeToSequence and the like are for.
_LISTS = ("annotations", "args", "depends_on", "environment", "extra_hosts", "labels", "networks", "sysctls")  # fmt: skip
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
    if _is_something_else(compose.file.documents):
        return []
    readings = compose.assembly.readings
    known = {reading.file.path: reading.variables for reading in readings}
    own = known.get(compose.file.path, Variables({}))
    partial = not readings or readings[0].file is not compose.file
    found = Conformance(own, partial).of(compose.file.documents)
    for reading in readings:
        if reading.file is not compose.file and not NAMES.search(reading.file.path):
            found += Conformance(reading.variables, True).of(reading.file.documents)
    if compose.file.extended:
        for file, name, definition, _ in compose.used:
            if file is not compose.file and file.path not in known:
                found += Conformance(own, True).of_service(name, definition.node)
    return [problem for problem in found if not _joins_a_list(compose, problem)]


def _joins_a_list(compose: Compose, problem: Problem) -> bool:
    """Whether it is a text where compose makes one list of it and of what an earlier file wrote, or may have written."""
    *_, key = problem.path or ("",)
    if (problem.keyword, problem.found) != ("type", "string") or key not in _LISTS:
        return False
    service = compose.named.get(problem.path[1])
    if problem.path[0] != "services" or (service and not service.whole):
        return problem.path[0] == "services"
    stack = service.stack(*problem.path[2:]) if service else []
    return not stack or stack[0].node.span != problem.span


def _is_something_else(documents: list[Mapping]) -> bool:
    """Whether a file is one of compose by its name only: no key at its top is one of compose, or nearly one."""
    keys = {key for document in documents for key, _ in document.items()}
    known = specification().root["properties"]
    if not keys or not keys.isdisjoint(known) or any(key.startswith("x-") for key in keys):
        return False
    from difflib import get_close_matches

    return not any(get_close_matches(key, known, 1, 0.75) for key in keys)


class Conformance:
    """Looks at what is written.

    `partial`: other files may add the keys that are missing here.
    """

    def __init__(self, variables: Variables, partial: bool) -> None:
        self.variables = variables
        self.partial = partial
        self.problems: list[Problem] = []
        self._seen: set[tuple[int, str]] = set()
        self._told: set[tuple[int, str]] = set()

    def of(self, documents: Iterable[Node]) -> list[Problem]:
        for document in documents:
            self._walk(document, spots.root(), ())
        return self.problems

    def of_service(self, name: str, node: Node) -> list[Problem]:
        self._walk(node, spots.service(), ("services", name))
        return self.problems

    def _walk(self, node: Node, spot: Spot, path: Path) -> None:
        if spot.shapes is None or node.tag == "!reset" or (node.alias and self._again(node, spot)):
            return
        if isinstance(node, Scalar):
            self._scalar(node, spot, spot.shapes, path)
            return
        kind = "object" if isinstance(node, Mapping) else "array"
        shape = spot.shapes.get(kind)
        if shape is None:
            self._report(node.span, "type", path, spot.shapes, kind)
        elif isinstance(node, Mapping):
            self._mapping(node, spot, shape, path)
        elif isinstance(node, Sequence):
            self._sequence(node, spot, shape, path)

    def _again(self, node: Node, spot: Spot) -> bool:
        """Whether the text of an alias was looked at, in the same role, where another one stands."""
        key = (node.start, spot.path)
        known = key in self._seen
        self._seen.add(key)
        return known

    def _mapping(self, node: Mapping, spot: Spot, shape: Shape, path: Path) -> None:
        partial = self.partial
        self.partial |= "extends" in node and spot.path == "services.*"
        for name, value in node.items():
            below = spot.keys.get(name) or self._below(node, name, value, spot, path)
            if below and not _is_fine(value, below):
                self._walk(value, below, (*path, name))
        for name in shape.required:
            if name not in node and (not self.partial or path[2:] == ("extends",)):
                self._report(node.span, "required", path, name)
        if spot.has_conflicts and not (spot.suspects and spot.suspects.isdisjoint(node)):
            for span, keyword, demand in conflicts(node, spot.path, self.partial):
                self._report(span, keyword, path, demand)
        self.partial = partial

    def _below(self, node: Mapping, name: str, value: Node, spot: Spot, path: Path) -> Spot | None:
        """The spot of a key; None for one that must not stand here, which is told."""
        key = node.key(name)
        below = spot.key(name)
        if key is None or name in spot.keys:
            return below
        if not key.style and name[:1] in _STARTS and key.value != name:
            self._report(key.span, "key", (*path, name), None)
            return None
        if below is None and path[2:] != ("extends",) and value.tag != "!reset":
            found = "service" if not path and _is_service(value) else ""
            self._report(key.span, "unknown", (*path, name), spot.schema, found)
        return below

    def _sequence(self, node: Sequence, spot: Spot, shape: Shape, path: Path) -> None:
        if below := spot.items():
            inside = (*path, "*")
            for item in node.items:
                if not _is_fine(item, below):
                    self._walk(item, below, inside)
        if shape.unique and len(node.items) > 1 and not spot.made_unique:
            first: dict[Literal, Node] = {}
            for item in node.items:
                if isinstance(item, Scalar) and first.setdefault(literal(item), item) is not item:
                    self._report(item.place, "uniqueItems", path, first[literal(item)].place.line)

    def _scalar(self, node: Scalar, spot: Spot, shapes: dict[str, Shape], path: Path) -> None:
        kind, value = literal(node)
        if kind == "string":
            read = self._text(node, spot, path)
            if read is None:
                return
            kind, value = read
        if kind == "any":
            return
        shape = shapes.get(kind)
        if shape is None:
            self._report(node.span, "type", path, shapes, kind)
        elif isinstance(value, str):
            self._string(node, value, shape, spot, path)
        elif kind == "number" and spot.path in _WHOLE:
            self._report(node.span, "cast", path, "integer")
        elif isinstance(value, (int, float)):
            if spot.path in _COUNTS and value < 0:
                self._report(node.span, "range", path, "0 or more")
            if spot.path == "services.*.ports.[]" and value > _LAST_PORT:
                self._report(node.span, "range", path, f"{_LAST_PORT} or less")
            for keyword, bound in (("minimum", shape.minimum), ("maximum", shape.maximum)):
                if bound is not None and (value < bound if keyword == "minimum" else value > bound):
                    self._report(node.span, keyword, path, bound)

    def _text(self, node: Scalar, spot: Spot, path: Path) -> Literal | None:
        """What compose makes of a text; None when it refuses it, which is told here."""
        text = node.text
        if "$" in text:
            wrong = misread_reference(text) if len(text) <= _MAX_TEXT else None
            if wrong is not None:
                self._report(node.at(wrong, len(text)), "reference", path, None)
                return None
            if spot.takes_any_text:
                return "any", None
            text = self.variables.expand(text)
        if spot.cast is None:
            return "string", text
        if "$" in text:
            return "any", None
        read = cast(text, spot.cast)
        if read is None:
            self._report(node.span, "cast", path, spot.cast)
        return read

    def _string(self, node: Scalar, text: str, shape: Shape, spot: Spot, path: Path) -> None:
        if "$" in text:
            return
        if shape.enum and text not in shape.enum:
            self._report(node.span, "enum", path, shape.enum, text)
        elif shape.pattern and not re.search(shape.pattern, text):
            self._report(node.span, "pattern", path, shape.pattern)
        elif spot.wrong and (what := spot.wrong(text)):
            self._report(node.span, "format", path, what)

    def _report(
        self, span: Span, keyword: str, path: Path, demand: object, found: str = ""
    ) -> None:
        """Note a problem, once for all that take it in through `<<`."""
        key = (span.start, keyword)
        if key not in self._told:
            self._told.add(key)
            self.problems.append(Problem(span, keyword, path, demand, found))


def _is_fine(node: Node, spot: Spot) -> bool:
    """Whether it is text where any text fits: most values are, and this is quick to see."""
    if not spot.takes_any_text or not isinstance(node, Scalar) or node.tag or "$" in node.text:
        return False
    return bool(node.style or (node.text and node.text[0] not in _STARTS))


def _is_service(node: Node) -> bool:
    return isinstance(node, Mapping) and ("image" in node or "build" in node)
