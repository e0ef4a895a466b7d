"""A plain JSON Schema of the user, such as one for env-schema: read as it is, with values coerced from text."""

from collections.abc import Iterator

from jsonschema import Draft7Validator, validators
from jsonschema.exceptions import SchemaError

from prodlint.env.expression import BadPattern, Pattern, Unsupported
from prodlint.env.schema import Path, Schema
from prodlint.env.values import coerce
from prodlint.typed import Any

_NOT_SCHEMAS = ("enum", "const", "default", "examples", "required")


def verify(schema: Schema) -> None:
    """Raises BadConfig when the JSON Schema is none; compiles its regular expressions."""
    draft: Any = validators.validator_for(schema.data, Draft7Validator)
    try:
        draft.check_schema(schema.data)
    except SchemaError as error:
        path = tuple(error.absolute_path)
        where = ".".join(map(str, path)) or "the whole"
        raise schema.bad(path, f"not a JSON Schema: {where}: {error.message[:120]}") from None
    properties = schema.data.get("properties", {})
    for name in [name for name, below in properties.items() if below is False]:
        properties[name] = {"not": {}}  # the same, but jsonschema says which variable it is
    for path, pattern in strings(schema.data, "pattern"):
        try:
            schema.patterns[pattern] = Pattern(pattern)
        except Unsupported as why:
            schema.patterns[pattern] = None
            place = f"{schema.project.shown(schema.source.path)}:{schema.place(*path).line}"
            schema.project.notes.append(f"{place}: this pattern is not checked: {why}")
        except BadPattern as why:
            raise schema.bad(path, f"this pattern cannot be run: {why}") from None


def strings(data: Any, keyword: str, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text that stands under a keyword, such as `$ref`; for `pattern`, those of `patternProperties` too."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from strings(item, keyword, (*path, index))
    elif isinstance(data, dict):
        for key, value in data.items():
            if key == keyword and isinstance(value, str):
                yield (*path, key), value
            elif key not in _NOT_SCHEMAS:
                if key == f"{keyword}Properties":
                    yield from (((*path, key, name), name) for name in value)
                yield from strings(value, keyword, (*path, key))


def read(below: dict[str, Any], text: str) -> Any:
    """The value that a text stands for, or None when that is for the program to say: a list, an object."""
    kinds = _kinds(below)
    if not kinds or "string" in kinds:
        return text
    if kinds & {"array", "object"}:
        if "separator" not in below:
            return None
        items = below.get("items")
        return [
            read(items if isinstance(items, dict) else {}, item)
            for item in text.split(below["separator"])
        ]
    return coerce(text, kinds)


def _kinds(below: dict[str, Any]) -> set[str]:
    kinds = below.get("type", [])
    found = {kinds} if isinstance(kinds, str) else set(kinds)
    for keyword in ("anyOf", "oneOf"):
        for option in below.get(keyword, ()):
            found |= _kinds(option) if isinstance(option, dict) else set()
    return found
