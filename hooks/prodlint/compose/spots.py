"""What may stand at each spot of a compose file: what the schema says, and what compose-go reads and makes of it."""

from functools import cache

from prodlint.compose.consistency import SUSPECTS
from prodlint.compose.formats import FORMATS
from prodlint.compose.literals import CASTS
from prodlint.compose.specification import Schema, Specification, specification

# Lists in which compose drops the items that another one repeats, before it looks at the whole.
_MADE_UNIQUE_IN_SERVICES = (
    "annotations build.args build.additional_contexts build.labels build.tags cap_add cap_drop configs"
    " deploy.labels devices dns dns_opt dns_search env_file environment expose labels links"
    " networks.*.aliases networks.*.link_local_ips ports profiles secrets sysctls tmpfs volumes"
)
_MADE_UNIQUE = frozenset(
    ("networks.*.labels", *(f"services.*.{path}" for path in _MADE_UNIQUE_IN_SERVICES.split()))
)


class Spot:
    """The values at a path: `*` stands for any name, `[]` for the items of a list.

    `shapes` is the shape of each kind of value that fits, None where anything does. `keys` are the spots of the keys that
    were asked for, of those that the schema names. `takes_any_text`: there is nothing that could be wrong with a text.
    """

    __slots__ = (
        "_below",
        "_specification",
        "cast",
        "has_conflicts",
        "keys",
        "made_unique",
        "path",
        "schema",
        "shapes",
        "suspects",
        "takes_any_text",
        "wrong",
    )

    def __init__(self, specification: Specification, schema: Schema, path: str) -> None:
        self._specification = specification
        self._below: dict[tuple[int, str], Spot] = {}
        self.keys: dict[str, Spot] = {}
        self.schema = schema
        self.path = path
        self.shapes = specification.shapes(schema)
        self.cast = CASTS.get(path)
        self.wrong = FORMATS.get(path)
        self.made_unique = path in _MADE_UNIQUE
        self.has_conflicts = path in SUSPECTS
        self.suspects = SUSPECTS.get(path)
        text = self.shapes.get("string") if self.shapes else None
        self.takes_any_text = (
            not self.cast
            and not self.wrong
            and (self.shapes is None or (text is not None and text.takes_any_text))
        )

    def key(self, name: str) -> "Spot | None":
        """Below a mapping; None for a key that the schema does not know."""
        shape = self.shapes["object"] if self.shapes else None
        if shape is None:
            return None
        before = f"{self.path}." if self.path else ""
        if name in shape.properties:
            self.keys[name] = self._spot(shape.properties[name], before + name)
            return self.keys[name]
        below = shape.below(name)
        return None if below is None else self._spot(below, f"{before}*")

    def items(self) -> "Spot | None":
        """Below a list; None where its items may be anything."""
        shape = self.shapes["array"] if self.shapes else None
        if shape is None or shape.items is None:
            return None
        return self._spot(shape.items, f"{self.path}.[]")

    def _spot(self, schema: Schema, path: str) -> "Spot":
        found = self._below.get((id(schema), path))
        if found is None:
            found = Spot(self._specification, schema, path)
            self._below[id(schema), path] = found
        return found


@cache
def root() -> Spot:
    """A whole file."""
    spec = specification()
    return Spot(spec, spec.root, "")


@cache
def service() -> Spot:
    """One service."""
    return Spot(specification(), {"$ref": "#/$defs/service"}, "services.*")
