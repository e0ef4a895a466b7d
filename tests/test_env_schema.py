"""Schemas of env files: what they may say, and how their parts are put together."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from conftest import write
from prodlint.cli import main
from prodlint.core import schema as subset
from prodlint.core.config import Config, schema_path
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.core.yaml import load, to_python
from prodlint.env import authored
from prodlint.env.schema import Schema
from prodlint.env.schema import fits as name_fits
from prodlint.env.schema_file import parse

META = json.loads(Path(schema_path("env.schema.json")).read_text(encoding="utf-8"))


HEAD = "prodlint-env: 1\nvars:\n"


FULL = """\
prodlint-env: 1
profiles: [development, production]
profileFrom: [APP_ENV, NODE_ENV]
unknown: warn
vars:
  NODE_ENV: {enum: [development, production], required: true}
  PORT: port
  LOG_LEVEL: [debug, info, 3, true]
  RATE: {type: number, minimum: 0.5, maximum: 2, default: 1}
  COUNT: {type: integer, minimum: 1, description: how many, example: 3}
  API_URL: {format: url, schemes: [https, http], in: {production: {schemes: [https], required: true}}}
  SESSION_SECRET: {secret: true, minLength: 32, maxLength: 99, requiredIn: [production]}
  RELEASE: {pattern: '^v\\d+$'}
  DEBUG: {type: boolean, in: {production: {const: false}}}
  "*_ENABLED": boolean
"""


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run({path: text})` -> the exit code, and what is printed on standard output and error."""

    def run(files: dict[str, str | bytes]) -> tuple[int, str, str]:
        write(tmp_path, files)
        monkeypatch.chdir(tmp_path)
        code = main(["--only", "env", "--format", "concise"])
        return code, *capsys.readouterr()

    return run


def parsed(text: str) -> Schema:
    return parse(Source(".env.schema.yaml", text), Project("", Config()))


def test_the_meta_schema_is_one() -> None:
    Draft7Validator.check_schema(META)


# Each is broken where the second word stands in the message, and the third is the line.
BROKEN = [
    (HEAD + "  A: {requried: true}\n", "unknown key 'requried', did you mean 'required'?", 3),
    (HEAD + "  A: prot\n", "did you mean 'port'?", 3),
    (HEAD + "  A: {type: integr}\n", "did you mean 'integer'?", 3),
    (HEAD + "  A: {format: prt}\n", "did you mean 'port'?", 3),
    (HEAD + "  A:\n    in:\n      production: {requiredIn: [x]}\n", "unknown key 'requiredIn'", 5),
    (HEAD + "  A: {minLength: -1}\n", "at least 0", 3),
    (HEAD + "  A: {minLength: 1.5}\n", "expected a integer", 3),
    (HEAD + "  A: {enum: []}\n", "at least 1", 3),
    (HEAD + "  A: {secret: maybe}\n", "expected a boolean", 3),
    (HEAD + "  'A B': port\n", "unknown key 'A B'", 3),
    (HEAD + "  A:\n", "expected one of", 3),
    (HEAD + "  A: {enum: [[1]]}\n", "expected", 3),
    ("vars: {}\n", "'prodlint-env' is missing", 1),
    ("prodlint-env: 1\n", "'vars' is missing", 1),
    ("prodlint-env: 2\nvars: {}\n", "expected 1", 1),
    ("prodlint-env: 1\nunknwon: allow\nvars: {}\n", "did you mean 'unknown'?", 2),
    ("prodlint-env: 1\nunknown: off\nvars: {}\n", "expected one of error, warn, allow", 2),
    (
        "prodlint-env: 1\nloaders: [dotenv, node-dotenvs]\nvars: {}\n",
        "expected one of python-dotenv",
        2,
    ),
    ("prodlint-env: 1\ndefaults: {requird: true}\nvars: {}\n", "did you mean 'required'?", 2),
    (HEAD + "  A: {format: logevel}\n", "did you mean 'loglevel'?", 3),
    (HEAD + "  A: {readBy: []}\n", "expected a text", 3),
]


CONTRADICTORY = [
    (
        HEAD + "  A: {type: integer, minimum: 5, maximum: 2}\n",
        "minimum 5 is more than maximum 2",
        3,
    ),
    (
        HEAD + "  A:\n    minLength: 5\n    maxLength: 2\n",
        "minLength 5 is more than maxLength 2",
        5,
    ),
    (
        HEAD
        + "  A:\n    type: integer\n    minimum: 5\n    in:\n      production:\n        maximum: 2\n",
        "minimum 5 is more than maximum 2",
        8,
    ),
    (
        HEAD + "  A: {requiredIf: {B: x}}\n  B: {requiredIf: {C: x}}\n  C: {requiredIf: {A: x}}\n",
        "requiredIf goes round in a circle: A -> B -> C -> A",
        5,
    ),
    (HEAD + "  A: {requiredIf: {HOTS: x}}\n  HOST: host\n", "did you mean 'HOST'?", 3),
    (HEAD + "  A: {differsFrom: A}\n", "compared with itself", 3),
    (
        "prodlint-env: 1\ngroups: {mail: {oneOf: [[SMTP], [KEY]]}}\nvars: {KEY: string}\n",
        "'SMTP' is not under `vars`",
        2,
    ),
    (
        "prodlint-env: 1\nprofiles: [live]\nvars:\n  A: {required: true, forbiddenIn: [live]}\n",
        "A is required in live as well",
        4,
    ),
    (HEAD + "  A: {type: integer, minLength: 3}\n", "minLength is for text", 3),
    (HEAD + "  A: {minimum: 3}\n", "minimum is for numbers, and the variable is text", 3),
    (HEAD + "  A: {format: url, type: integer}\n", "exclude each other", 3),
    (HEAD + "  A: {schemes: [http]}\n", "schemes: only for the formats url and dsn", 3),
    (HEAD + "  A: {type: integer, enum: [1, two]}\n", "'two' is not a whole number", 3),
    (HEAD + "  A: {type: boolean, const: 'on'}\n", "'on' is not true or false", 3),
    (HEAD + "  A: {default: 99999, format: port}\n", "the default must be", 3),
    (HEAD + "  A:\n    pattern: (a\n", "never closed", 4),
    (HEAD + "  A: {pattern: '(?<=a)b'}\n", "(?<= is not supported", 3),
    (
        "prodlint-env: 1\nprofiles: [production]\nvars:\n  A: {requiredIn: [prodution]}\n",
        "'production'?",
        4,
    ),
    (
        "prodlint-env: 1\nprofiles: [production]\nvars:\n  A:\n    in:\n      prod: {}\n",
        "'prod' is not",
        6,
    ),
]


NOT_YAML = [
    ("", "expected a mapping", 1),
    ("- 1\n", "expected a mapping", 1),
    ("a: 1\n", "neither `prodlint-env: 1` nor `properties`", 1),
    (HEAD + "  A: port\n  A: host\n", "written twice", 4),
    (HEAD + " A: [\n", "", 3),
]


@pytest.mark.parametrize(("text", "message", "line"), [*BROKEN, *CONTRADICTORY, *NOT_YAML])
def test_a_broken_schema_is_named_with_its_line(
    text: str, message: str, line: int, run: Run
) -> None:
    code, printed, said = run({".env": "A=1\n", ".env.schema.yaml": text})

    assert (code, printed) == (2, "")
    assert said.startswith(f"prodlint: .env.schema.yaml:{line}: ")
    assert message in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("text", [FULL, *(text for text, _, _ in [*BROKEN, *CONTRADICTORY])])
def test_jsonschema_and_our_own_checker_agree_on_the_meta_schema(text: str) -> None:
    """Where they do not, as on the pattern of a name, only ours may be the milder one."""
    data = to_python(load(Source("a.yaml", text)).documents[0])

    ours = next(subset.check(data, META), None)

    assert (ours is None) == Draft7Validator(META).is_valid(data)


PLAIN = [
    ('{"properties": {"A": {"type": "integr"}}}', "properties.A.type"),
    ('{"properties": {"A": {"pattern": "(a"}}}', "pattern"),
    ('{"properties": {"A": {"$ref": "https://example.com/a.json"}}}', "is not in this file"),
    ('{"properties": {"A": {"$ref": "#/definitions/b"}}}', "is not in this file"),
    ('{"properties": {"A": {"$ref": "#/properties/A"}}}', "leads back to itself"),
    ('{"A": {}}', "neither"),
    ("{", "not JSON"),
    ("[" * 200_000, "nested too deep"),
]


@pytest.mark.parametrize(("text", "message"), PLAIN)
def test_a_broken_json_schema(text: str, message: str, run: Run) -> None:
    code, _, said = run({".env": "A=1\n", ".env.schema.json": text})

    assert code == 2
    assert said.startswith("prodlint: .env.schema.json:1: ")
    assert message in said


def test_two_schemas_in_one_folder(run: Run) -> None:
    code, _, said = run({"a/.env": "", "a/.env.schema.yaml": HEAD, "a/.env.schema.json": "{}"})

    assert code == 2
    assert said == "prodlint: a/.env.schema.yaml and a/.env.schema.json both exist: keep one\n"


def test_the_json_schema_of_a_profile() -> None:
    schema = parsed(FULL)

    below = authored.json_schema(schema, "production", ["CACHE_ENABLED", "OTHER"])

    Draft202012Validator.check_schema(below)
    assert below["required"] == ["NODE_ENV", "API_URL", "SESSION_SECRET"]
    assert below["additionalProperties"] is False
    properties = below["properties"]
    assert properties["PORT"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 65535,
        "format": "port",
    }
    assert properties["LOG_LEVEL"] == {"type": "string", "enum": ["debug", "info", "3", "true"]}
    assert properties["DEBUG"] == {"type": "boolean", "const": False}
    assert properties["API_URL"]["x-prodlint"] == {"schemes": ["https"]}
    assert properties["CACHE_ENABLED"] == {"type": "boolean"}
    assert "OTHER" not in properties
    assert authored.json_schema(schema, None, [])["required"] == ["NODE_ENV"]


def test_overlays_are_merged_into_what_lies_below() -> None:
    schema = parsed(FULL)

    assert schema.keywords("API_URL", "production")["format"] == "url"
    assert schema.keywords("API_URL", "development")["schemes"] == ["https", "http"]


@pytest.mark.parametrize(
    ("name", "glob", "fits"),
    [
        ("A_ENABLED", "*_ENABLED", True),
        ("_ENABLED", "*_ENABLED", True),
        ("ENABLED", "*_ENABLED", False),
        ("AXB", "A*B", True),
        ("AB", "A*B", True),
        ("A", "A*A", False),
        ("ABCABD", "A*B*D", True),
        ("ABCD", "*C*B*", False),
        ("ABC", "*", True),
        ("A" * 50_000, "*A" * 100 + "*B*", False),
    ],
)
def test_patterns_of_names(name: str, glob: str, fits: bool) -> None:
    assert name_fits(name, glob) is fits


def test_a_pattern_that_takes_too_long_is_given_up_with_a_note(run: Run) -> None:
    schema = HEAD + "  A: {pattern: '(?=.*y)a'}\n  B: port\n"

    code, printed, said = run({".env.schema.yaml": schema, ".env": f"A={'a' * 100_000}\nB=x\n"})

    assert code == 1
    assert printed.startswith(".env:2:3: error: B must be a port")
    assert "'(?=.*y)a' takes too long" in said
