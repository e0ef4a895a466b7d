"""What may be wrong with `.env.schema.yaml`: unknown keywords, contradictions, names that lead nowhere."""

import json
from collections.abc import Iterator

from prodlint.core.config import schema_path
from prodlint.core.rule import did_you_mean
from prodlint.core.schema import check
from prodlint.env.authored import kind, variable_schema
from prodlint.env.formats import MEASURES
from prodlint.env.names import EXAMPLE
from prodlint.env.own import BOUNDS, Breach, breaches
from prodlint.env.quick import value_fits
from prodlint.env.schema import Path, Schema
from prodlint.env.values import TYPES, as_text, coerce
from prodlint.env.wording import expected
from prodlint.typed import Any

_KINDS = {"integer": "a whole number", "number": "a number", "boolean": "true or false"}
# Keywords that are for some formats only.
_FOR_FORMATS = {
    "schemes": ("url", "dsn"),
    "forbidHosts": ("url", "dsn", "host"),
    "query": ("url", "dsn"),
    "items": ("csv",),
    "separator": ("csv",),
}
# Keywords whose value is the name of another variable, or a list of such names.
_REFERRING = ("requiredWith", "atLeast", "atMost", "sameAs", "differsFrom", "renamedTo")


def verify(schema: Schema) -> None:
    """Raises BadConfig for the first fault of a schema, with its place."""
    with open(schema_path("env.schema.json"), encoding="utf-8") as file:
        meta = json.load(file)
    for path, message in check(schema.data, meta):
        raise schema.bad(path, message)
    for name in schema.variables:
        for path, message in (*_faults(schema, name), *_references(schema, name)):
            raise schema.bad(("vars", name, *path), message)
    for path, message in (*_groups(schema), *_circles(schema)):
        raise schema.bad(path, message)


def _faults(schema: Schema, name: str) -> Iterator[tuple[Path, str]]:
    keywords, known = schema.variables[name], [*schema.profiles, EXAMPLE]
    for keyword in ("requiredIn", "forbiddenIn"):
        for index, profile in enumerate(keywords.get(keyword, ())):
            if profile not in known:
                yield (keyword, index), _no_profile(profile, known)
            elif keyword == "forbiddenIn" and schema.requires(name, profile):
                yield (keyword, index), f"{name} is required in {profile} as well"
    places: list[tuple[Path, dict[str, Any], str | None]] = [((), keywords, None)]
    for profile, overlay in keywords.get("in", {}).items():
        if profile not in known:
            yield ("in", profile), _no_profile(profile, known)
        places.append((("in", profile), overlay, profile))
    for path, written, in_profile in places:
        if "pattern" in written and written["pattern"] not in schema.patterns:
            from prodlint.env.expression import BadPattern, Pattern

            try:
                schema.patterns[written["pattern"]] = Pattern(written["pattern"])
            except BadPattern as why:
                yield (*path, "pattern"), f"this pattern cannot be run: {why}"
        for concerned, message in _contradictions(schema, schema.keywords(name, in_profile)):
            if here := [keyword for keyword in concerned if keyword in written]:
                yield (*path, here[0]), message


def _no_profile(name: str, known: list[str]) -> str:
    return f"{name!r} is not one of the profiles {', '.join(known)}{did_you_mean(name, known)}"


def _references(schema: Schema, name: str) -> Iterator[tuple[Path, str]]:
    """The names of other variables that no key under `vars` speaks of."""
    keywords = schema.variables[name]
    for keyword in _REFERRING:
        asked = keywords.get(keyword, [])
        for index, other in enumerate([asked] if isinstance(asked, str) else asked):
            path = (keyword,) if isinstance(asked, str) else (keyword, index)
            if other == name:
                yield path, f"{name} is compared with itself"
            elif message := _undeclared(schema, other):
                yield path, message
    for other in keywords.get("requiredIf", ()):
        if message := _undeclared(schema, other):
            yield ("requiredIf", other), message


def _undeclared(schema: Schema, name: str) -> str:
    if schema.declares(name):
        return ""
    return f"{name!r} is not under `vars`{did_you_mean(name, list(schema.variables))}"


def _groups(schema: Schema) -> Iterator[tuple[Path, str]]:
    for group, ways in schema.groups.items():
        for keyword, sets in ways.items():
            for row, names in enumerate(sets):
                for column, name in enumerate([names] if isinstance(names, str) else names):
                    if message := _undeclared(schema, name):
                        yield ("groups", group, keyword, row, column), message


def _circles(schema: Schema) -> Iterator[tuple[Path, str]]:
    """Variables that are required only if each other are."""
    done: set[str] = set()
    for start in schema.variables:
        above: list[str] = []
        waiting = [(start, 0)]
        while waiting:
            name, depth = waiting.pop()
            del above[depth:]
            if name in above:
                circle = " -> ".join([*above[above.index(name) :], name])
                yield (
                    ("vars", above[-1], "requiredIf"),
                    f"requiredIf goes round in a circle: {circle}",
                )
                return
            if name in done:
                continue
            above.append(name)
            needed = schema.variables.get(name, {}).get("requiredIf", {})
            waiting += [(other, depth + 1) for other in needed]
            if not needed:
                done.add(name)
        done.add(start)


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
        if keyword in keywords and name not in ("integer", "number") and form not in MEASURES:
            yield (
                (keyword, "type", "format"),
                f"{keyword} is for numbers, and the variable is {words}",
            )
    for keyword, forms in _FOR_FORMATS.items():
        if keyword in keywords and form not in forms:
            yield (
                (keyword, "format"),
                f"{keyword}: only for the format{'s' * (len(forms) > 1)} {' and '.join(forms)}",
            )
    for low, high in (("minLength", "maxLength"), BOUNDS):
        bounds = {word: _measure(form, keywords[word]) for word in (low, high) if word in keywords}
        for word, bound in bounds.items():
            if bound is None:
                must = expected("format", form, {}) if form in MEASURES else "a number"
                yield (word, "format"), f"{word} must be {must}"
                return
        if len(bounds) == 2 and bounds[low] > bounds[high]:
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
        if error.validator == "x-prodlint":
            own = breaches(error.validator_value, form, as_text(below["default"]))
            must = next(own, Breach("", must)).must
        yield ("default", error.validator, "format", "type"), f"the default must be {must}"


def _measure(form: str | None, bound: Any) -> Any:
    """What a bound is compared by: a number, or None when it is none."""
    if form in MEASURES:
        return MEASURES[form](as_text(bound))
    return None if isinstance(bound, str) else bound
