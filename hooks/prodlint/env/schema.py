"""The schema of env files: what it says of each variable, and where."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from prodlint.core.config import BadConfig
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.core.yaml import Mapping, Node, at
from prodlint.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prodlint.env.expression import Pattern

_MAX_REFERENCES = 20
_MAX_STEPS = 2_000_000  # about a second, for all files of a schema

# What a variable says of when it is needed, over the `defaults` of the schema.
_OF_NEED = {
    *("required", "requiredIn", "requiredIf", "requiredWith"),
    *("forbiddenIn", "deprecated", "renamedTo"),
}

Path = tuple[str | int, ...]


class Schema:
    """What env files may hold.

    `variables` has the keywords of each name, shorthands written out; a name may be a pattern such as `*_ENABLED`.
    `plain` is a JSON Schema of the user, which stands in place of all others. `patterns` has the regular expressions of
    the schema, None for those that cannot be run. `steps` is what they may still cost.
    """

    def __init__(
        self,
        source: Source,
        project: Project,
        node: Node,
        data: dict[str, Any],
        places: "dict[Path, Span] | None" = None,
    ) -> None:
        self.source = source
        self.project = project
        self.data = data
        self.plain = data if {"prodlint-env", "vars"}.isdisjoint(data) else None
        self._own = data if self.plain is None else {}
        self.patterns: dict[str, Pattern | None] = {}
        self.steps = [_MAX_STEPS]
        self._node = node
        self._places = places or {}

    @cached_property
    def variables(self) -> dict[str, dict[str, Any]]:
        found = {name: written_out(value) for name, value in self._own.get("vars", {}).items()}
        if self._own.get("defaults", {}).get("required"):
            grouped = {
                name
                for ways in self.groups.values()
                for sets in ways.values()
                for names in sets
                for name in ([names] if isinstance(names, str) else names)
            }
            for name in found.keys() - grouped:
                if _OF_NEED.isdisjoint(found[name]):
                    found[name] = {**found[name], "required": True}
        return found

    @cached_property
    def profiles(self) -> list[str]:
        """The profiles that the schema lists, or else those that it speaks of."""
        listed: list[str] = self._own.get("profiles", [])
        return listed or list(dict.fromkeys(self._named_profiles()))

    def _named_profiles(self) -> Iterator[str]:
        for keywords in self.variables.values():
            yield from keywords.get("requiredIn", ())
            yield from keywords.get("forbiddenIn", ())
            yield from keywords.get("in", ())

    @property
    def profile_from(self) -> list[str]:
        """The variables that name the profile of a file; the first that is set decides."""
        names: list[str] = self._own.get("profileFrom", [])
        return names

    @property
    def loaders(self) -> list[str]:
        """What reads the files, as `node-dotenv`; empty when the repository is to show it."""
        names: list[str] = self._own.get("loaders", [])
        return names

    @property
    def groups(self) -> dict[str, dict[str, list[list[str]]]]:
        """Sets of variables of which one must be set wholly (`anyOf`), or exactly one (`oneOf`), by name."""
        found: dict[str, dict[str, list[list[str]]]] = self._own.get("groups", {})
        return found

    @property
    def unknown(self) -> str:
        """What to do with variables that are not in the schema: `error`, `warn` or `allow`."""
        action: str = self._own.get("unknown", "error")
        return action

    def matches(self, pattern: str, text: str) -> bool | None:
        """Whether a pattern of the schema matches somewhere in a text; None when that cannot be told."""
        compiled = self.patterns.get(pattern)
        if compiled is None:
            return None
        from prodlint.env.expression import TooMuch

        try:
            return compiled.search(text, self.steps)
        except TooMuch:
            self.project.notes.append(
                f"{self.project.shown(self.source.path)}: the pattern {pattern!r} takes too long, not checked any more"
            )
            self.patterns[pattern] = None
            return None

    def place(self, *path: str | int) -> Span:
        """Where a key or an item of the schema stands; what is not there stands where it is missing."""
        if path[:2] in self._places:
            return self._places[path[:2]]
        if not path or self._places:
            return self._node.place
        parent = at(self._node, path[:-1])
        key = parent.key(str(path[-1])) if isinstance(parent, Mapping) else None
        return key.place if key else at(parent, path[-1:]).place

    def bad(self, path: Iterable[str | int], message: str) -> BadConfig:
        """The error for a fault of the schema."""
        line = self.place(*path).line
        return BadConfig(f"{self.project.shown(self.source.path)}:{line}: {message}")

    def declares(self, name: str) -> str | None:
        """The key under `vars` that speaks of a variable: its name, or else the first pattern that it fits."""
        if name in self.variables:
            return name
        return next((glob for glob in self._globs if fits(name, glob)), None)

    @cached_property
    def _globs(self) -> list[str]:
        return [name for name in self.variables if "*" in name]

    def keywords(self, key: str, profile: str | None) -> dict[str, Any]:
        """What a key under `vars` says in a profile: `in` is laid over the rest, mapping by mapping."""
        keywords = self.variables[key]
        overlay = keywords.get("in", {}).get(profile)
        return _merged(keywords, overlay) if overlay else keywords

    def said(self, name: str, profile: str | None) -> dict[str, Any] | None:
        """The keywords that speak of a variable in a profile."""
        if self.plain is not None:
            return self._property(name)
        key = self.declares(name)
        return self.keywords(key, profile) if key else None

    def _property(self, name: str) -> dict[str, Any] | None:
        """What a plain JSON Schema says of a variable, as far as it stands in one place."""
        plain = self.plain or {}
        below = plain.get("properties", {}).get(name)
        if below is None:
            matching = (
                value
                for pattern, value in plain.get("patternProperties", {}).items()
                if self.matches(pattern, name)
            )
            below = next(matching, None)
        for _ in range(_MAX_REFERENCES):
            reference = below.get("$ref") if isinstance(below, dict) else None
            if not (isinstance(reference, str) and reference.startswith("#/")):
                break
            below = plain
            for step in reference[2:].split("/"):
                below = below.get(step) if isinstance(below, dict) else None
        return None if below is None else below if isinstance(below, dict) else {}

    def where(self, name: str) -> Span:
        """Where the schema speaks of a variable, or of variables at all."""
        if self.plain is not None:
            return self.place("properties", name)
        key = self.declares(name)
        return self.place("vars", key) if key else self.place("vars")

    def is_secret(self, name: str, profile: str | None) -> bool | None:
        """Whether the value of a variable is declared as secret; None when nothing is said of it."""
        said = self.said(name, profile) or {}
        if self.plain is not None:
            return bool(said.get("writeOnly")) or said.get("format") == "password" or None
        secret: bool | None = said.get("secret")
        return secret

    def requires(self, key: str, profile: str | None) -> bool:
        """Whether a variable must be set in a profile; a default stands in for it."""
        keywords = self.keywords(key, profile)
        required = keywords.get("required", False) or profile in keywords.get("requiredIn", ())
        return required and "*" not in key and "default" not in keywords


def written_out(value: Any) -> dict[str, Any]:
    """A declaration without shorthand: a type, a format, or a list of the values that are allowed."""
    if isinstance(value, list):
        return {"enum": value}
    if isinstance(value, str):
        return {"type" if value in ("string", "integer", "number", "boolean") else "format": value}
    keywords: dict[str, Any] = value
    return keywords


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        deeper = isinstance(old, dict) and isinstance(value, dict)
        result[key] = _merged(result[key], value) if deeper else value
    return result


def fits(name: str, glob: str) -> bool:
    """Whether a name fits a pattern in which `*` stands for any text; linear in the length of the name."""
    first, *middle, last = glob.split("*")
    end = len(name) - len(last)
    if not (name.startswith(first) and name.endswith(last) and len(first) <= end):
        return False
    at = len(first)
    for part in middle:
        at = name.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True
