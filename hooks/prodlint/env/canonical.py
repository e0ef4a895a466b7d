"""The whole of `.env.schema.yaml` as one JSON Schema (2020-12), as far as JSON Schema has words for it."""

from prodlint.env.authored import json_schema, variable_schema
from prodlint.env.schema import Schema
from prodlint.env.values import as_text, coerce
from prodlint.typed import Any

_OWN = (
    *("atLeast", "atMost", "sameAs", "differsFrom"),
    *("renamedTo", "public", "generate", "readBy"),
)


def canonical(schema: Schema, profile: str | None) -> dict[str, Any]:
    """The JSON Schema of a profile; what only prodlint checks stands under `x-prodlint`."""
    if schema.plain is not None:
        return schema.plain
    result = json_schema(schema, profile, [])
    patterns: dict[str, Any] = {}
    unwanted: list[str] = []
    needs: dict[str, list[str]] = {}
    for key in schema.variables:
        keywords = schema.keywords(key, profile)
        below = result["properties"].get(key, variable_schema(keywords))
        below |= {name: keywords[name] for name in ("description",) if name in keywords}
        if "example" in keywords:
            below["examples"] = [keywords["example"]]
        if keywords.get("deprecated") or "renamedTo" in keywords:
            below["deprecated"] = True
        if own := {name: keywords[name] for name in _OWN if name in keywords}:
            below["x-prodlint"] = {**below.get("x-prodlint", {}), **own}
        if "*" in key:
            patterns[_expression(key)] = below
        if profile in keywords.get("forbiddenIn", ()):
            unwanted.append(key)
        for other in _listed(keywords.get("requiredWith", [])):
            needs.setdefault(other, []).append(key)
    conditions = [
        condition
        for key in schema.variables
        if (condition := _condition(schema, key, profile)) and "*" not in key
    ]
    conditions += [{"properties": {name: False}} for name in unwanted]
    conditions += [
        {way: [{"required": _listed(names)} for names in sets]}
        for ways in schema.groups.values()
        for way, sets in ways.items()
    ]
    if patterns:
        result["patternProperties"] = patterns
    if needs:
        result["dependentRequired"] = needs
    if conditions:
        result["allOf"] = conditions
    return result


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _condition(schema: Schema, key: str, profile: str | None) -> dict[str, Any] | None:
    """`requiredIf` as `if` and `then`."""
    keywords = schema.keywords(key, profile)
    asked = keywords.get("requiredIf")
    if not asked or "default" in keywords:
        return None
    tests, needed = {}, []
    for name, wanted in asked.items():
        of = schema.said(name, profile) or {}
        kinds = (variable_schema(of)["type"],)
        options = wanted if isinstance(wanted, list) else [wanted]
        if wanted is not True or kinds == ("boolean",):
            tests[name] = {"enum": [coerce(as_text(option), kinds) for option in options]}
        default = as_text(of.get("default", ""))
        if not default or default not in map(as_text, options):
            needed.append(name)
    return {"if": {"properties": tests, "required": needed}, "then": {"required": [key]}}


def _expression(glob: str) -> str:
    return "^" + ".*".join(part.replace(".", r"\.") for part in glob.split("*")) + "$"
