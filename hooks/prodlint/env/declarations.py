"""A schema in other words: a table in Markdown, declarations for TypeScript and for Python."""

import json
import re
from collections.abc import Iterator

from prodlint.env.authored import kind
from prodlint.env.schema import Schema, written_out
from prodlint.env.values import as_text, coerce
from prodlint.env.wording import expected
from prodlint.typed import Any

_TYPESCRIPT = {"integer": "number", "number": "number", "boolean": "boolean"}
_PYTHON = {"integer": "int", "number": "float", "boolean": "bool"}
_KEYWORDS = frozenset(
    [
        "False",
        "None",
        "True",
        "and",
        "as",
        "assert",
        "async",
        "await",
        "break",
        "class",
        "continue",
        "def",
        "del",
        "elif",
        "else",
        "except",
        "finally",
        "for",
        "from",
        "global",
        "if",
        "import",
        "in",
        "is",
        "lambda",
        "nonlocal",
        "not",
        "or",
        "pass",
        "raise",
        "return",
        "try",
        "while",
        "with",
        "yield",
    ]
)
_BOUNDS = ("minimum", "maximum", "minLength", "maxLength")
_HEADER = "Written by `prodlint schema`: change .env.schema.yaml instead."


def _variables(schema: Schema, profile: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in schema.variables:
        if "*" not in name:
            yield name, schema.keywords(name, profile)


def markdown(schema: Schema, profile: str | None) -> str:
    """The variables as a table; a secret's default and example are left out."""
    lines = [
        f"<!-- {_HEADER} -->",
        "| variable | what it is | required | default | description |",
        "|---|---|---|---|---|",
    ]
    for name in schema.variables:
        said = schema.keywords(name, profile)
        marks = [mark for mark in ("secret", "public", "deprecated") if said.get(mark)]
        what = ", ".join([_kind(said), *marks])
        default = "" if said.get("secret") else as_text(said.get("default", ""))
        about = said.get("description", "")
        if "renamedTo" in said:
            about = f"{about} Renamed to {said['renamedTo']}.".strip()
        if "readBy" in said:
            about = f"{about} Read by {', '.join(_list(said['readBy']))}.".strip()
        cells = [_code(name), what, _required(schema, name, profile), _code(default), about]
        lines.append("| " + " | ".join(map(_cell, cells)) + " |")
    for ways in schema.groups.values():
        for keyword, sets in ways.items():
            listed = " or ".join(" and ".join(map(_code, _list(names))) for names in sets)
            some = "Exactly one" if keyword == "oneOf" else "At least one"
            lines += ["", f"{some} of {listed} must be set."]
    return "\n".join(lines) + "\n"


def _kind(said: dict[str, Any]) -> str:
    keyword = next((word for word in ("const", "enum", "format") if word in said), "type")
    parts = [expected(keyword, said.get(keyword, kind(said)), said)]
    if "schemes" in said:
        parts.append(f"with the scheme {' or '.join(said['schemes'])}")
    if "items" in said:
        parts.append(f"in which each is {_kind(written_out(said['items']))}")
    parts += [expected(bound, said[bound], {}) for bound in _BOUNDS if bound in said]
    return ", ".join(parts)


def _required(schema: Schema, name: str, profile: str | None) -> str:
    said = schema.keywords(name, profile)
    if schema.requires(name, profile):
        return "yes"
    if said.get("requiredIn"):
        return "in " + ", ".join(said["requiredIn"])
    if said.get("forbiddenIn"):
        return "not in " + ", ".join(said["forbiddenIn"])
    asked = said.get("requiredIf", {})
    conditions = [
        other if wanted is True else f"{other}={expected('enum', _list(wanted), {})}"
        for other, wanted in asked.items()
    ]
    conditions += _list(said.get("requiredWith", []))
    return "with " + " and ".join(conditions) if conditions else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _code(text: str) -> str:
    return f"`{text.replace('`', '')}`" if text else ""


def _cell(text: str) -> str:
    text = "".join(char if char.isprintable() else " " for char in text)
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def typescript(schema: Schema, profile: str | None) -> str:
    """An interface of what a program has after it has read the values as their types."""
    lines = [f"// {_HEADER}", "export interface Env {"]
    for name, said in _variables(schema, profile):
        if note := _comment(said):
            lines.append(f"  /** {note.replace('*/', '* /')} */")
        optional = "" if _certain(schema, name, profile) else "?"
        key = name if re.fullmatch(r"[A-Za-z_$][\w$]*", name, re.ASCII) else json.dumps(name)
        lines.append(f"  {key}{optional}: {_typescript_type(said)};")
    return "\n".join([*lines, "}"]) + "\n"


def _typescript_type(said: dict[str, Any]) -> str:
    if options := _options(said):
        return " | ".join(json.dumps(option) for option in options)
    return _TYPESCRIPT.get(kind(said), "string")


def python(schema: Schema, profile: str | None) -> str:
    """A class for pydantic-settings."""
    body: list[str] = []
    imports: set[str] = set()
    taken = set(_KEYWORDS)
    for name, said in _variables(schema, profile):
        field = re.sub(r"\W", "_", name.lower()).lstrip("_") or "value"
        while field in taken:
            field += "_"
        taken.add(field)
        type_ = _python_type(said)
        imports.update(re.findall(r"Literal|SecretStr", type_))
        arguments = [f"alias={name!r}"]
        if "default" in said:
            arguments.insert(0, f"default={coerce(as_text(said['default']), (kind(said),))!r}")
        elif not _certain(schema, name, profile):
            type_, arguments = f"{type_} | None", ["default=None", *arguments]
        if note := _comment(said):
            arguments.append(f"description={note!r}")
        body.append(f"    {field}: {type_} = Field({', '.join(arguments)})")
    head = [f"# {_HEADER}"]
    head += ["from typing import Literal", ""] if "Literal" in imports else []
    names = ["Field", *sorted(imports & {"SecretStr"})]
    head += [
        f"from pydantic import {', '.join(names)}",
        "from pydantic_settings import BaseSettings",
    ]
    return (
        "\n".join([*head, "", "", "class Settings(BaseSettings):", *(body or ["    pass"])]) + "\n"
    )


def _python_type(said: dict[str, Any]) -> str:
    if said.get("secret"):
        return "SecretStr"
    if options := _options(said):
        return f"Literal[{', '.join(map(repr, options))}]"
    return _PYTHON.get(kind(said), "str")


def _options(said: dict[str, Any]) -> list[Any]:
    """The values that are allowed, unless they are numbers with a point, which no literal type takes."""
    listed = said.get("enum", [said["const"]] if "const" in said else [])
    options = [coerce(as_text(option), (kind(said),)) for option in listed]
    return [] if any(isinstance(option, float) for option in options) else options


def _certain(schema: Schema, name: str, profile: str | None) -> bool:
    """Whether a program can count on the variable."""
    return schema.requires(name, profile) or "default" in schema.keywords(name, profile)


def _comment(said: dict[str, Any]) -> str:
    text = said.get("description", "")
    return "".join(char if char.isprintable() else " " for char in text)[:200]
