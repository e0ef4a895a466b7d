"""The schema of the Compose specification, read only as far as a file needs it.

jsonschema is the oracle of this module in the tests; importing it would cost more than linting.
"""

import re
from collections.abc import Callable
from functools import cache

from prodlint.core.config import schema_path
from prodlint.core.lazy import imported
from prodlint.typed import Any

Schema = dict[str, Any]
KINDS = ("object", "array", "string", "boolean", "integer", "number", "null")
_OPEN: Schema = {}


class Shape:
    """What a value of one kind must look like; a missing keyword of the schema demands nothing."""

    __slots__ = (
        "closed",
        "enum",
        "items",
        "maximum",
        "minimum",
        "pattern",
        "patterns",
        "properties",
        "required",
        "takes_any_text",
        "unique",
    )

    def __init__(self, schema: Schema) -> None:
        self.properties: dict[str, Schema] = schema.get("properties", _OPEN)
        self.patterns = [
            (_matcher(pattern), below)
            for pattern, below in schema.get("patternProperties", _OPEN).items()
        ]
        self.closed: bool = schema.get("additionalProperties") is False
        self.required: list[str] = schema.get("required", [])
        self.items: Schema | None = schema.get("items")
        self.unique: bool = schema.get("uniqueItems", False)
        self.enum: list[str] | None = schema.get("enum")
        self.pattern: str | None = schema.get("pattern")
        self.takes_any_text = self.enum is None and self.pattern is None
        self.minimum: int | None = schema.get("minimum")
        self.maximum: int | None = schema.get("maximum")

    def below(self, key: str) -> Schema | None:
        """The schema of a key that is no property of its own; None for an unknown key."""
        for matches, schema in self.patterns:
            if matches(key):
                found: Schema = schema
                return found
        return None if self.closed else _OPEN


def _matcher(pattern: str) -> Callable[[str], object]:
    if pattern in (".+", "^.+$"):
        return bool
    if pattern == "^x-":
        return lambda key: key.startswith("x-")
    return re.compile(pattern).search


class Specification:
    """The schema by parts; in it, the alternatives of `oneOf` differ in the kinds of their values."""

    def __init__(self, root: Schema) -> None:
        self.root = root
        self._shapes: dict[int, dict[str, Shape] | None] = {}

    def shapes(self, schema: Schema) -> dict[str, Shape] | None:
        """The shape of each kind of value that fits; None where anything does."""
        key = id(schema)
        if key not in self._shapes:
            self._shapes[key] = self._read(schema)
        return self._shapes[key]

    def _read(self, schema: Schema) -> dict[str, Shape] | None:
        if "$ref" in schema:
            return self.shapes(self.resolved(schema))
        if "oneOf" in schema:
            found: dict[str, Shape] = {}
            for option in schema["oneOf"]:
                found |= self.shapes(option) or {}
            return found
        kinds = schema.get("type")
        if kinds is None:
            return None
        shape = Shape(schema)
        found = dict.fromkeys([kinds] if isinstance(kinds, str) else kinds, shape)
        if "number" in found:
            found.setdefault("integer", shape)
        return found

    def resolved(self, schema: Schema) -> Schema:
        found: Schema = self.root["$defs"][schema["$ref"].rpartition("/")[2]]
        return found


@cache
def specification() -> Specification:
    with open(schema_path("compose-spec.json"), encoding="utf-8") as file:
        return Specification(imported("json").load(file))
