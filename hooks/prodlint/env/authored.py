"""The JSON Schema that `.env.schema.yaml` stands for."""

from collections.abc import Iterable

from prodlint.env.formats import MEASURES
from prodlint.env.own import BOUNDS, KEYWORDS
from prodlint.env.schema import Schema, written_out
from prodlint.env.values import as_text, coerce
from prodlint.typed import Any


def kind(keywords: dict[str, Any]) -> str:
    """The JSON Schema type of a variable."""
    if keywords.get("format") == "port":
        return "integer"
    name: str = keywords.get("type", "string")
    return name


def json_schema(schema: Schema, profile: str | None, names: Iterable[str]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of an env file in a profile; `names` are those that patterns may speak of."""
    keys = {name: name for name in schema.variables if "*" not in name}
    keys |= {name: key for name in names if name not in keys and (key := schema.declares(name))}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            name: variable_schema(schema.keywords(key, profile)) for name, key in keys.items()
        },
        "required": [name for name, key in keys.items() if schema.requires(key, profile)],
        "additionalProperties": schema.unknown == "allow",
    }


def variable_schema(keywords: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of one variable; what JSON Schema has no word for stands under `x-prodlint`."""
    kinds = (kind(keywords),)
    result: dict[str, Any] = {"type": kinds[0]}
    if keywords.get("format") == "port":
        result |= {"minimum": 1, "maximum": 65535}
    own_names = [*KEYWORDS, "secret"]
    if keywords.get("format") in MEASURES:
        own_names += BOUNDS
    for name in ("format", "pattern", "minLength", "maxLength", *BOUNDS):
        if name in keywords and name not in own_names:
            result[name] = keywords[name]
    if "enum" in keywords:
        result["enum"] = [coerce(as_text(item), kinds) for item in keywords["enum"]]
    for name in ("const", "default"):
        if name in keywords:
            result[name] = coerce(as_text(keywords[name]), kinds)
    own = {name: keywords[name] for name in own_names if name in keywords}
    if "items" in own:
        own["items"] = variable_schema(written_out(own["items"]))
    return result | ({"x-prodlint": own} if own else {})
