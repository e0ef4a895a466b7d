"""python-dotenv, as `load_dotenv` and pydantic-settings use it: `${NAME}` and `${NAME:-default}` are replaced."""

import re

from prodlint.core.source import Source
from prodlint.env import reader
from prodlint.env.loaders import Reading
from prodlint.env.loaders.scope import MAX_REFERENCES, Scope, Unknown

_REFERENCE = re.compile(r"\$\{(?P<name>[^}:]*)(?::-(?P<default>[^}]*))?\}")


def read(text: str) -> Reading:
    scope = Scope()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for variable in reader.read(Source(".env", text)).variables:
        value = variable.value
        if value is None or "${" not in value:
            scope.set(variable.name, value)
            continue
        try:
            scope.set(variable.name, _expanded(value, scope))
        except Unknown:
            scope.set_unknown(variable.name)
    return Reading(scope.values, scope.unsure)


def _expanded(value: str, scope: Scope) -> str:
    if value.count("${") > MAX_REFERENCES:
        raise Unknown

    def looked_up(found: re.Match[str]) -> str:
        name = found["name"]
        given = scope.get(name)
        default = found["default"] or ""
        return (given or "") if name in scope.values else default

    return _REFERENCE.sub(looked_up, value)
