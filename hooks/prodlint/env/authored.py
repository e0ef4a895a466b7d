"""`.env.schema.yaml` as people write it: what may be wrong with it, and the JSON Schema that it stands for."""

import json
from collections.abc import Iterable, Iterator

from prodlint.core.config import schema_path
from prodlint.core.rule import did_you_mean
from prodlint.core.schema import check
from prodlint.core.typed import Any
from prodlint.env.names import EXAMPLE
from prodlint.env.quick import value_fits
from prodlint.env.schema import Path, Schema
from prodlint.env.values import TYPES, as_text, coerce
from prodlint.env.wording import expected

_KINDS = {"integer": "a whole number", "number": "a number", "boolean": "true or false"}


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
    for name in ("format", "pattern", "minLength", "maxLength", "minimum", "maximum"):
        if name in keywords:
            result[name] = keywords[name]
    if "enum" in keywords:
        result["enum"] = [coerce(as_text(item), kinds) for item in keywords["enum"]]
    for name in ("const", "default"):
        if name in keywords:
            result[name] = coerce(as_text(keywords[name]), kinds)
    own = {name: keywords[name] for name in ("schemes", "secret") if name in keywords}
    return result | ({"x-prodlint": own} if own else {})


def verify(schema: Schema) -> None:
    """Raises BadConfig for the first fault of a schema, with its place."""
    with open(schema_path("env.schema.json"), encoding="utf-8") as file:
        meta = json.load(file)
    for path, message in check(schema.data, meta):
        raise schema.bad(path, message)
    for name in schema.variables:
        for path, message in _faults(schema, name):
            raise schema.bad(("vars", name, *path), message)


def _faults(schema: Schema, name: str) -> Iterator[tuple[Path, str]]:
    keywords, known = schema.variables[name], [*schema.profiles, EXAMPLE]
    for index, profile in enumerate(keywords.get("requiredIn", ())):
        if profile not in known:
            yield ("requiredIn", index), _no_profile(profile, known)
    places: list[tuple[Path, dict[str, Any], str | None]] = [((), keywords, None)]
    for profile, overlay in keywords.get("in", {}).items():
        if profile not in known:
            yield ("in", profile), _no_profile(profile, known)
        places.append((("in", profile), overlay, profile))
    for path, written, in_profile in places:
        if "pattern" in written and written["pattern"] not in schema.patterns:
            from prodlint.env.pattern import BadPattern, Pattern

            try:
                schema.patterns[written["pattern"]] = Pattern(written["pattern"])
            except BadPattern as why:
                yield (*path, "pattern"), f"this pattern cannot be run: {why}"
        for concerned, message in _contradictions(schema, schema.keywords(name, in_profile)):
            if here := [keyword for keyword in concerned if keyword in written]:
                yield (*path, here[0]), message


def _no_profile(name: str, known: list[str]) -> str:
    return f"{name!r} is not one of the profiles {', '.join(known)}{did_you_mean(name, known)}"


def _contradictions(
    schema: Schema, keywords: dict[str, Any]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The keywords that contradict each other, and how."""
    name, form = kind(keywords), keywords.get("format")
    words = _KINDS.get(name, "text")
    if form and keywords.get("type", "string") not in ("string", form == "port" and "integer"):
        yield ("format", "type"), f"format {form} and type {keywords['type']} exclude each other"
    for keyword in ("minLength", "maxLength", "pattern"):
        if keyword in keywords and name != "string":
            yield (keyword, "type", "format"), f"{keyword} is for text, and the variable is {words}"
    for keyword in ("minimum", "maximum"):
        if keyword in keywords and name not in ("integer", "number"):
            yield (
                (keyword, "type", "format"),
                f"{keyword} is for numbers, and the variable is {words}",
            )
    if "schemes" in keywords and form not in ("url", "dsn"):
        yield ("schemes", "format"), "schemes are for the formats url and dsn"
    for low, high in (("minLength", "maxLength"), ("minimum", "maximum")):
        if low in keywords and high in keywords and keywords[low] > keywords[high]:
            yield (
                (high, low),
                f"{low} {keywords[low]} is more than {high} {keywords[high]}: nothing fits",
            )
    for keyword in ("enum", "const"):
        listed = keywords.get(keyword, [])
        for value in listed if keyword == "enum" else [listed] if keyword in keywords else []:
            if type(coerce(as_text(value), (name,))) not in TYPES[name]:
                yield (
                    (keyword, "type", "format"),
                    f"{as_text(value)!r} is not {words}: no value can be it",
                )
    below = variable_schema(keywords)
    if "default" in below and not value_fits(schema, below, below["default"]):
        from prodlint.env.validator import errors

        error = errors(schema, below, below["default"])[0]
        must = expected(error.validator, error.validator_value, below)
        yield ("default", error.validator, "format", "type"), f"the default must be {must}"
