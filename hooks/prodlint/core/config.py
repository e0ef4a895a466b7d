"""Settings of a repository: `.prodlint.yaml`, or `[tool.prodlint]` in pyproject.toml."""

import os
import sys
from collections.abc import Mapping
from types import MappingProxyType

from prodlint.core.glob import any_matches, matches
from prodlint.core.source import Source, Unreadable, read
from prodlint.typed import Any, NamedTuple

NAMES = (".prodlint.yaml", ".prodlint.yml")
BASELINE = ".prodlint-baseline.json"
OFF = "off"


class BadConfig(Exception):
    """Settings that cannot be used; the text is one line for the user, with the place."""


class Config(NamedTuple):
    """Settings as written, checked against schemas/config.schema.json."""

    path: str = ""
    data: Mapping[str, Any] = MappingProxyType({})

    def settings(self, hook: str) -> dict[str, Any]:
        """What the file sets for one hook."""
        found: dict[str, Any] = self.data.get(hook, {})
        return found

    @property
    def fail_on(self) -> str | None:
        return self.data.get("fail-on")

    @property
    def foreign_ignores(self) -> bool:
        """Whether ignores that were written for other tools count."""
        return bool(self.data.get("foreign-ignores", True))

    def excludes(self, path: str) -> bool:
        return any_matches(path, self.data.get("exclude", ()))

    def level(self, rule_id: str, path: str, level: str, enabled: bool) -> str:
        """`error`, `warning` or `off` for a rule in a file; the most specific name and the last override decide."""
        result = level if enabled else OFF
        chosen = [self.data.get("rules", {})]
        for override in self.data.get("overrides", ()):
            if any(matches(path, pattern) for pattern in override["paths"]):
                chosen.append(override["rules"])
        for rules in chosen:
            for name in (rule_id.split("/", maxsplit=1)[0] + "/*", rule_id):
                setting = rules.get(name)
                if setting == "on":
                    result = level
                elif setting is not None:
                    result = setting
        return result


def schema_path(name: str) -> str:
    """A schema of ours: beside the package in a wheel, at the top of a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (os.path.join(package, "schemas"), os.path.join(package, "..", "..", "schemas")):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    raise FileNotFoundError(name)


def find(root: str, path: str | None) -> Config:
    """Read the settings; raises BadConfig. `path` is a file named by the user, relative to the working directory."""
    if path is not None:
        folder, name = os.path.split(os.path.abspath(path))
        return _toml(folder, name, path) if name.endswith(".toml") else _yaml(folder, name, path)
    found = [name for name in NAMES if os.path.lexists(os.path.join(root, name))]
    if len(found) > 1:
        raise BadConfig(f"{found[0]} and {found[1]} both exist: keep one")
    if found:
        return _yaml(root, found[0], found[0])
    pyproject = os.path.join(root, "pyproject.toml")
    if os.path.isfile(pyproject):
        with open(pyproject, "rb") as file:
            if b"[tool.prodlint" in file.read():
                return _toml(root, "pyproject.toml", "pyproject.toml")
    return Config()


def _source(folder: str, name: str, shown: str) -> Source:
    try:
        return read(os.path.realpath(folder), name)
    except Unreadable as why:
        raise BadConfig(f"{shown}: {why}") from None


def _yaml(folder: str, name: str, shown: str) -> Config:
    from prodlint.core.yaml import at, load, to_python

    document = load(_source(folder, name, shown))
    for fault in document.faults:
        raise BadConfig(f"{shown}:{fault.span.line}: {fault.message}")
    if not document.documents:
        return Config(shown)
    node = document.documents[0]
    data = to_python(node)
    for path, message in _problems(data):
        key = f"{_last_key(path)}: " if path and message.startswith("expected") else ""
        raise BadConfig(f"{shown}:{at(node, path).span.line}: {key}{message}")
    return Config(shown, data)


def _last_key(path: tuple[str | int, ...]) -> str:
    """`user`, or `paths.0`; the line says what stands above it."""
    *_, at = (at for at, part in enumerate(path) if isinstance(part, str) or at == 0)
    return ".".join(map(str, path[at:]))


def _toml(folder: str, name: str, shown: str) -> Config:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        tables = tomllib.loads(_source(folder, name, shown).text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(f"{shown}: not TOML: {error}") from None
    data = tables.get("tool", {}).get("prodlint", {}) if name == "pyproject.toml" else tables
    for path, message in _problems(data):
        raise BadConfig(f"{shown}: {'.'.join(map(str, ('tool', 'prodlint', *path)))}: {message}")
    return Config(shown, data)


def _problems(data: Any) -> list[tuple[tuple[str | int, ...], str]]:
    import json

    from prodlint.core.rule import unknown
    from prodlint.core.schema import check

    with open(schema_path("config.schema.json"), encoding="utf-8") as file:
        problems = list(check(data, json.load(file)))
    if problems:
        return problems
    places: list[tuple[tuple[str | int, ...], dict[str, str]]] = [
        (("rules",), data.get("rules", {}))
    ]
    for index, override in enumerate(data.get("overrides", ())):
        places.append((("overrides", index, "rules"), override["rules"]))
    return [
        ((*path, name), wrong)
        for path, rules in places
        for name in rules
        if (wrong := unknown(name)) and not (name.endswith("/*") and not unknown(name[:-2]))
    ]
