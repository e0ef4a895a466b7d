"""jsonschema, with our formats and keywords, and with regular expressions that cannot hang."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

import referencing.exceptions
from jsonschema import Draft7Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError

from prodlint.env.formats import FORMATS, STANDARD
from prodlint.env.own import breaches
from prodlint.env.schema import Schema
from prodlint.typed import Any

Errors = Iterable[Any]  # of ValidationError, whose fields are typed as perhaps unset


def errors(schema: Schema, json_schema: dict[str, Any], instance: Any) -> list[Any]:
    """Where a value does not fit a JSON Schema; raises BadConfig for a `$ref` that leads nowhere or round in a circle.

    The message of an error of `required`, `dependentRequired` and `dependencies` is the name that is missing, and one of
    `additionalProperties` has the name that is too much as its path.
    """
    checked = _checked(schema, validators.validator_for(json_schema, Draft7Validator))
    # An empty registry: nothing is fetched, whatever a `$ref` says.
    validator = checked(
        json_schema,
        registry=referencing.Registry(),
        format_checker=_formats(schema.plain is not None),
    )
    try:
        return list(validator.iter_errors(instance))
    except referencing.exceptions.Unresolvable as error:
        from prodlint.env.plain import strings

        places = (path for path, text in strings(json_schema, "$ref") if text.endswith(error.ref))
        raise schema.bad(next(places, ()), f"{error.ref!r} is not in this file") from None
    except RecursionError:
        raise schema.bad((), "a `$ref` leads back to itself") from None


@cache
def _checked(schema: Schema, draft: Any) -> Any:
    extend: Any = validators.extend
    return extend(draft, _keywords(schema))


@cache
def _formats(plain: bool) -> FormatChecker:
    checker = FormatChecker(formats=())
    for name in STANDARD if plain else FORMATS:
        checker.checks(name)(FORMATS[name])
    return checker


def _keywords(schema: Schema) -> Mapping[str, Callable[..., Errors]]:
    def pattern(validator: Any, pattern: str, instance: Any, _: Any) -> Errors:
        if isinstance(instance, str) and schema.matches(pattern, instance) is False:
            yield ValidationError("")

    def pattern_properties(validator: Any, patterns: Any, instance: Any, _: Any) -> Errors:
        for pattern, below in patterns.items() if isinstance(instance, dict) else ():
            for name, value in instance.items():
                if schema.matches(pattern, name):
                    yield from validator.descend(value, below, path=name, schema_path=pattern)

    def additional_properties(validator: Any, below: Any, instance: Any, beside: Any) -> Errors:
        for name, value in instance.items() if isinstance(instance, dict) else ():
            patterns = beside.get("patternProperties", {})
            if name in beside.get("properties", {}) or any(
                schema.matches(pattern, name) is not False for pattern in patterns
            ):
                continue
            if below is False:
                yield ValidationError("", path=[name])
            else:
                yield from validator.descend(value, below, path=name)

    return {
        "pattern": pattern,
        "patternProperties": pattern_properties,
        "additionalProperties": additional_properties,
        "unevaluatedProperties": _nothing,
        "required": _required,
        "dependentRequired": _dependent,
        "dependencies": _dependent,
        "x-prodlint": _own,
    }


def _nothing(*_: Any) -> Errors:
    """What would run regular expressions by itself."""
    yield from ()


def _required(validator: Any, names: Any, instance: Any, _: Any) -> Errors:
    for name in names if isinstance(instance, dict) else ():
        if name not in instance:
            yield ValidationError(name)


def _dependent(validator: Any, dependencies: Any, instance: Any, _: Any) -> Errors:
    for name, needed in dependencies.items() if isinstance(instance, dict) else ():
        if name not in instance:
            continue
        if isinstance(needed, list):
            yield from _required(validator, needed, instance, _)
        else:
            yield from validator.descend(instance, needed, schema_path=name)


def _own(validator: Any, own: Any, instance: Any, beside: Any) -> Errors:
    """What JSON Schema has no word for; whether the format fits at all is a question of `format`."""
    if isinstance(instance, str) and next(breaches(own, beside.get("format"), instance), None):
        yield ValidationError("")
