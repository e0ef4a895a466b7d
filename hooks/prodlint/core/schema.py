"""The part of JSON Schema that our own schemas use, with messages that say what to write.

jsonschema is the oracle of this module in the tests; importing it would cost more than linting.
"""

import re
from collections.abc import Iterator

from prodlint.core.rule import did_you_mean
from prodlint.typed import Any

Path = tuple[str | int, ...]
Problem = tuple[Path, str]

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
_NAMES = {"object": "a mapping", "array": "a list", "string": "a text", "null": "nothing"}


def check(value: Any, schema: dict[str, Any]) -> Iterator[Problem]:
    """Every place where `value` does not fit, and what is wrong there."""
    yield from _check(value, schema, schema, ())


def _check(
    value: Any, schema: dict[str, Any], root: dict[str, Any], path: Path
) -> Iterator[Problem]:
    if "$ref" in schema:
        schema = root["definitions"][schema["$ref"].rpartition("/")[2]]
    if "oneOf" in schema:
        answers = []
        for option in schema["oneOf"]:
            answers.append(list(_check(value, option, root, path)))
            if not answers[-1]:
                return
        yield from max(answers, key=lambda problems: max(len(where) for where, _ in problems))
        return
    kind = schema.get("type")
    if kind and not _is(value, kind):
        yield path, f"expected {_NAMES.get(kind, f'a {kind}')}"
    elif "enum" in schema and value not in schema["enum"]:
        known = [str(item) for item in schema["enum"]]
        near = did_you_mean(value, known) if isinstance(value, str) else ""
        one_of = "one of " if len(known) > 1 else ""
        yield path, f"expected {one_of}{', '.join(known)}{near}"
    elif "minimum" in schema and value < schema["minimum"]:
        yield path, f"expected at least {schema['minimum']}"
    elif "pattern" in schema and not re.search(schema["pattern"], value):
        yield path, f"expected a text like {schema['examples'][0]}"
    elif isinstance(value, dict):
        yield from _check_object(value, schema, root, path)
    elif isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield path, f"expected at least {schema['minItems']} of them"
        for index, item in enumerate(value):
            yield from _check(item, schema.get("items", {}), root, (*path, index))


def _check_object(
    value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], path: Path
) -> Iterator[Problem]:
    known = schema.get("properties", {})
    patterns = schema.get("patternProperties", {})
    for key, item in value.items():
        if key in known:
            yield from _check(item, known[key], root, (*path, key))
            continue
        for pattern, below in patterns.items():
            if re.search(pattern, key):
                yield from _check(item, below, root, (*path, key))
                break
        else:
            other = schema.get("additionalProperties", True)
            if other is False:
                yield (*path, key), f"unknown key {key!r}{did_you_mean(key, list(known))}"
            elif isinstance(other, dict):
                yield from _check(item, other, root, (*path, key))
    for key in schema.get("required", ()):
        if key not in value:
            yield path, f"the key {key!r} is missing"


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool) and kind in ("integer", "number"):
        return False
    return isinstance(value, _TYPES[kind])
