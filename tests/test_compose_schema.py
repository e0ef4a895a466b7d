"""The schema of the Compose specification: that it is the one of its source, and that prodlint reads it as jsonschema does."""

import hashlib
import json
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import HANGS, ROOT, write
from prodlint.compose import conformance, files, formats, literals, specification
from prodlint.compose.variables import Variables
from prodlint.core import engine
from prodlint.core.config import Config
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.core.yaml import load, to_python

SCHEMAS = ROOT / "schemas"


def test_shipped_schema_is_unchanged() -> None:
    checksum, name = (SCHEMAS / "compose-spec.sha256").read_text(encoding="utf-8").split()

    assert hashlib.sha256((SCHEMAS / name).read_bytes()).hexdigest() == checksum


def test_shipped_schema_names_its_licence() -> None:
    assert "Apache License" in (SCHEMAS / "compose-spec.LICENSE").read_text(encoding="utf-8")
    assert "Compose Specification" in (SCHEMAS / "compose-spec.NOTICE").read_text(encoding="utf-8")
    assert "schemas/compose-spec.json" in (ROOT / "LICENSE").read_text(encoding="utf-8")


# Against jsonschema

SCHEMA = json.loads((SCHEMAS / "compose-spec.json").read_text(encoding="utf-8"))
OWN = {"cast", "format", "key", "reference", "exclusive", "needs", "platform", "range"}
"""What compose-go demands beyond the schema."""
KEYWORDS = {
    *("$schema", "$id", "$ref", "$defs", "title", "description", "deprecated", "default"),
    *("type", "properties", "patternProperties", "additionalProperties", "required", "items"),
    *("oneOf", "enum", "pattern", "minimum", "maximum", "uniqueItems"),
}


def _schemas(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema."""
    yield node
    for key, below in node.items():
        if key in ("properties", "patternProperties", "$defs"):
            for item in below.values():
                yield from _schemas(item)
        elif key == "oneOf":
            for item in below:
                yield from _schemas(item)
        elif key == "items":
            yield from _schemas(below)


def test_schema_uses_only_keywords_that_are_read() -> None:
    for found in _schemas(SCHEMA):
        assert set(found) <= KEYWORDS
        assert found.get("additionalProperties", False) is False


def test_alternatives_differ_in_kind() -> None:
    read = specification.specification()
    for found in _schemas(SCHEMA):
        kinds = [set(read.shapes(option) or ()) for option in found.get("oneOf", ())]
        assert sum(map(len, kinds)) == len(set().union(*kinds))
        assert not kinds or not {"type", "properties", "enum", "pattern"} & set(found)


def test_casts_and_formats_are_of_places_that_exist() -> None:
    read = specification.specification()
    for spot in (*literals.CASTS, *formats.FORMATS):
        below: Any = SCHEMA
        for step in spot.split("."):
            shapes = read.shapes(below) or {}
            if step == "[]":
                below = shapes["array"].items
            else:
                shape = shapes["object"]
                below = shape.patterns[0][1] if step == "*" else shape.properties[step]


EVERYTHING = (ROOT / "tests" / "data" / "compose_everything.yaml").read_text(encoding="utf-8")
VALUES = ["", "text", "3", "-1", "2.5", "true", "[]", "{}", "[a]", "[1]", "{a: b}", "{a: [b]}"]


def _mutations() -> Iterator[str]:
    """The file with each value replaced by others, and with each key misspelt or removed."""
    lines = EVERYTHING.splitlines()
    for number, line in enumerate(lines):
        found = re.match(r"( *(?:- )?)([\w-]+):", line)
        if not found:
            continue
        indent = len(found[1])
        end = number + 1
        while end < len(lines) and lines[end][:indent].isspace() and lines[end][indent] in " -":
            end += 1
        before, after = lines[:number], lines[end:]
        for value in VALUES:
            yield "\n".join([*before, f"{found[0]} {value}", *after])
        yield "\n".join([*before, *after])
        if "base.yaml" not in line:  # compose-go does not look at what else is below `extends`
            misspelt = line.replace(found[2], found[2] + "_", 1)
            yield "\n".join([*before, misspelt, *lines[number + 1 :]])


@cache
def _validator() -> Any:
    return Draft202012Validator(SCHEMA)


def _problems(text: str) -> list[conformance.Problem]:
    source = Source("compose.yaml", text)
    return conformance.Conformance(Variables({}), False).of(files.File(source).documents)


def test_file_with_everything_is_valid() -> None:
    used = {match[0] for match in re.finditer(r"[\w-]+(?=:)", EVERYTHING)}
    known = {name for found in _schemas(SCHEMA) for name in found.get("properties", ())}

    assert _problems(EVERYTHING) == []
    assert known - used == set()


@pytest.mark.slow
def test_agrees_with_jsonschema() -> None:
    count = 0
    for text in _mutations():
        yaml = load(Source("compose.yaml", text))
        problems = {problem.keyword for problem in _problems(text)}
        valid = yaml.documents and _validator().is_valid(to_python(yaml.documents[0]))
        if not yaml.faults and (valid or not problems & OWN):
            assert (not problems - OWN) is valid, text
            count += 1

    assert count > 3000


def test_items_that_compose_drops_may_be_there_twice() -> None:
    twice = "services: {{web: {{image: a, {}: [b, b]}}}}"
    service = SCHEMA["$defs"]["service"]["properties"]
    kept = {key for key in service if "uniqueItems" in json.dumps(service[key])}
    found = {
        key
        for key in kept
        for problem in _problems(twice.format(key))
        if problem.keyword == "uniqueItems"
    }

    assert found == {"external_links", "group_add", "security_opt", "volumes_from"}


@pytest.mark.parametrize(
    "service",
    [
        "a{0}: {{imag: redis, prt: [1]}}",
        "a{0}: {{k{0}: 1}}",
        "a{0}: {{image: redis, depends_on: [b{0}]}}",
        "a{0}: {{image: '${{A:-${{B:-x}}}}${{', ports: [x]}}",
    ],
)
def test_thousands_of_faults_end_soon(service: str, tmp_path: Path) -> None:
    lines = ["services:", *(f"  {service.format(number)}" for number in range(5000))]
    write(tmp_path, {"compose.yaml": "\n".join(lines)})
    rules = ["compose/invalid-compose", "compose/undefined-dependency", "compose/dependency-cycle"]
    start = time.process_time()
    result = engine.run(
        Project(str(tmp_path.resolve()), Config()), engine.Selection(select=rules, only=["compose"])
    )

    assert len(result.findings) >= engine.MOST and not result.crashes
    assert time.process_time() - start < HANGS
