"""The part of an env-spec schema (`.env.schema`, varlock) that says something without being run.

Decorators stand in the comment above a variable: `# @required @type=url`. What calls a function of its own, a command or
a plugin is left out: nothing is said of it then. https://varlock.dev/env-spec/reference
"""

import re

from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.core.yaml import Mapping
from prodlint.env.reader import read
from prodlint.env.schema import Path, Schema
from prodlint.env.values import coerce
from prodlint.typed import Any

NAME = ".env.schema"

_DECORATED = re.compile(
    r"^#[ \t]*@(?:type|required|optional|sensitive|public|default\w+|currentEnv|example|docs|deprecated)\b",
    re.MULTILINE,
)
_DECORATOR = re.compile(
    r"(?<!\S)@(\w+)(?:=(\w+\([^()\n]*\)|\"[^\"\n]*\"|'[^'\n]*'|[^\s#]+)|\(([^()\n]*)\))?"
)
_ARGUMENT = re.compile(r"\s*(?:(\w+)\s*=\s*)?(\"[^\"]*\"|'[^']*'|[^,]+)")
_DYNAMIC = re.compile(r"\$|\w\(")
_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    **{form: {"format": form} for form in ("port", "url", "email", "ip", "uuid", "semver")},
    "isoDate": {"format": "date"},
}
_OPTIONS = {
    "minLength": ("minLength", "integer"),
    "maxLength": ("maxLength", "integer"),
    "min": ("minimum", "number"),
    "max": ("maximum", "number"),
}


def parse(source: Source, project: Project) -> Schema | None:
    """The schema, or None when the file is in one of the other formats of this name."""
    if not _DECORATED.search(source.text):
        return None
    entries = read(source)
    above = {span.line: span.text.lstrip("# \t") for span in entries.comments}
    first = min((variable.key.line for variable in entries.variables), default=1)
    root = dict(_decorators(line for number, line in sorted(above.items()) if number < first))
    variables: dict[str, Any] = {}
    places: dict[Path, Span] = {}
    for variable in entries.variables:
        lines, line = [], variable.key.line - 1
        while line in above and not above[line].startswith(("---", "===")):
            lines.append(above[line])
            line -= 1
        own = _decorators(reversed(lines))
        variables[variable.name] = _keywords(own, root, variable.value or "")
        places["vars", variable.name] = variable.key
    data: dict[str, Any] = {"prodlint-env": 1, "unknown": "allow", "vars": variables}
    if current := root.get("currentEnv", "").strip("${}"):
        data["profileFrom"] = [current]
    node = Mapping(source, 0, 0)
    node.fill({}, {}, {})
    return Schema(source, project, node, data, places)


def _decorators(lines: Any) -> dict[str, str]:
    """The decorators of some lines of comments: what stands behind `=`, `""` for nothing."""
    found = {}
    for line in lines:
        if line.startswith("@"):
            for match in _DECORATOR.finditer(line):
                found[match[1]] = (match[2] or match[3] or "").strip("\"'")
    return found


def _keywords(own: dict[str, str], root: dict[str, str], value: str) -> dict[str, Any]:
    said = _type(own.get("type", ""))
    if "required" in own and own["required"] not in ("", "true", "false"):
        if named := re.fullmatch(r"forEnv\(([^()]*)\)", own["required"]):
            said["requiredIn"] = [name.strip("\"' ") for name in named[1].split(",")]
        elif asked := re.fullmatch(r"eq\(\s*\$(\w+)\s*,\s*([^(),$]+)\)", own["required"]):
            said["requiredIf"] = {asked[1]: asked[2].strip("\"' ")}
    elif own.get("required", "false") in ("", "true") or (
        root.get("defaultRequired") == "true" and "optional" not in own
    ):
        said["required"] = True
    if "sensitive" in own or "public" in own:
        said["secret"] = own.get("sensitive", "false") != "false"
    if "deprecated" in own:
        said["deprecated"] = own["deprecated"] or True
    if value:
        # A value that is worked out when it is loaded stands in for a missing one too.
        said["default"] = "" if _DYNAMIC.search(value) else value
    return said


def _type(text: str) -> dict[str, Any]:
    name, _, rest = text.partition("(")
    arguments = [match.groups() for match in _ARGUMENT.finditer(rest.rstrip(")"))]
    if name == "enum":
        return {"enum": [value.strip("\"' ") for _, value in arguments]} if arguments else {}
    said = dict(_TYPES.get(name, {}))
    for option, value in arguments:
        if option in _OPTIONS and said:
            keyword, kind = _OPTIONS[option]
            number = coerce(value.strip(), (kind,))
            said |= {} if isinstance(number, str) else {keyword: number}
        elif option == "isInt" and value.strip() == "true":
            said["type"] = "integer"
        elif option == "prependHttps":
            return {}
    return said
