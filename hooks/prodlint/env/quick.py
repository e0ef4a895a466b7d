"""Whether an env file fits, for the JSON Schemas that `authored` makes: importing jsonschema takes longer than all the rest.

jsonschema has the last word: it is asked whenever this says no, and in the tests on everything.
"""

from collections.abc import Container

from prodlint.env.formats import FORMATS
from prodlint.env.own import breaches
from prodlint.env.schema import Schema
from prodlint.env.values import TYPES
from prodlint.typed import Any


def fits(
    schema: Schema, below: dict[str, Any], instance: dict[str, Any], unsure: Container[str] = ()
) -> bool:
    """Whether the variables of a file fit the JSON Schema of the file; values that are `unsure` are not looked at."""
    properties = below["properties"]
    return all(name in instance for name in below["required"]) and all(
        name in unsure or value_fits(schema, properties[name], value)
        if name in properties
        else below["additionalProperties"]
        for name, value in instance.items()
    )


def value_fits(schema: Schema, below: dict[str, Any], value: Any) -> bool:
    """Whether a value fits the JSON Schema of its variable."""
    if type(value) not in TYPES[below["type"]]:
        return False
    if "enum" in below and value not in below["enum"]:
        return False
    if "const" in below and value != below["const"]:
        return False
    if "format" in below and not FORMATS[below["format"]](value):
        return False
    if isinstance(value, str):
        return _text_fits(schema, below, value)
    return bool(below.get("minimum", value) <= value <= below.get("maximum", value))


def _text_fits(schema: Schema, below: dict[str, Any], value: str) -> bool:
    own = below.get("x-prodlint")
    if own and next(breaches(own, below.get("format"), value), None):
        return False
    if "pattern" in below and schema.matches(below["pattern"], value) is False:
        return False
    return bool(below.get("minLength", 0) <= len(value) <= below.get("maxLength", len(value)))
