"""Schemas of env files: what they may say, what they demand, and that no secret is ever shown."""

import json
import random
import re
import string
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from conftest import Lint, write
from prodlint.cli import main
from prodlint.core import schema as subset
from prodlint.core.config import Config, schema_path
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.core.yaml import load, to_python
from prodlint.env import authored, own, quick, wording
from prodlint.env.expression import BadPattern, Pattern, TooMuch
from prodlint.env.formats import FORMATS
from prodlint.env.own import bits
from prodlint.env.schema import Schema
from prodlint.env.schema import fits as name_fits
from prodlint.env.schema_file import parse
from prodlint.env.validator import errors
from prodlint.env.values import TYPES, coerce, scheme

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
CONTRADICTORY += [
    (HEAD + "  A: {requiredIf: {B: x}}\n  B: {requiredIf: {A: y}}\n", "circle: A -> B -> A", 4),
    (
        HEAD + "  A: {requiredIf: {CACHE_KID: x}}\n  CACHE_KIND: port\n",
        "'CACHE_KID' is not under `vars`, did you",
        3,
    ),
    (HEAD + "  A: {renamedTo: C}\n", "'C' is not under `vars`", 3),
    (HEAD + "  A: {differsFrom: [A]}\n", "compared with itself", 3),
    (HEAD + "  A: {format: duration, minimum: 2h, maximum: 1h}\n", "minimum 2h is more than", 3),
    (HEAD + "  A: {format: duration, minimum: 5}\n", "minimum must be a duration with its unit", 3),
    (HEAD + "  A: {type: integer, maximum: many}\n", "maximum must be a number", 3),
    (HEAD + "  A: {query: {a: b}}\n", "query: only for the formats url and dsn", 3),
    (HEAD + "  A: {format: url, items: port}\n", "items: only for the format csv", 3),
    (HEAD + "  A: {forbid: [x], default: x}\n", "the default must be something else than x", 3),
    (
        "prodlint-env: 1\nprofiles: [production]\nvars:\n"
        "  A: {requiredIn: [production], forbiddenIn: [production]}\n",
        "A is required in production as well",
        4,
    ),
    (
        "prodlint-env: 1\ngroups:\n  g: {oneOf: [[A, C], [B]]}\nvars:\n  A: port\n  B: port\n",
        "'C'",
        3,
    ),
    (
        "prodlint-env: 1\ngroups:\n  g: {onOf: [[A]]}\nvars:\n  A: port\n",
        "did you mean 'oneOf'?",
        3,
    ),
    ("prodlint-env: 1\nprofiles: ['a b']\nvars: {}\n", "expected a text like production", 2),
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


TEXTS = (
    "42",
    "+5",
    "-0",
    "3000000000",
    "1.5",
    "042",
    "0x10",
    "1_000",
    "1,000",
    "1e3",
    " 1",
    "",
    "Infinity",
)
READ: dict[str, dict[str, Any]] = {
    "integer": {"42": 42, "+5": 5, "-0": 0, "3000000000": 3000000000},
    "number": {"42": 42, "+5": 5, "-0": 0, "3000000000": 3000000000, "1.5": 1.5},
}


@pytest.mark.parametrize("kind", READ)
def test_numbers(kind: str) -> None:
    assert {text: coerce(text, (kind,)) for text in TEXTS} == {
        text: READ[kind].get(text, text) for text in TEXTS
    }
    assert coerce("1" * 5000, (kind,)) == "1" * 5000


def test_booleans() -> None:
    read = {
        text: coerce(text, ("boolean",))
        for text in ("true", "True", "TRUE", "false", "False", "1", "0", "yes", "on", "t")
    }

    assert {text for text, value in read.items() if value is True} == {"true", "True", "TRUE"}
    assert {text for text, value in read.items() if value is False} == {"false", "False"}


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        ("port", "1 80 65535", "0 65536 -1 http 080 8.0"),
        (
            "host",
            "localhost a.b my_db 10.0.0.1 ::1 [::1] db.svc.cluster.local.",
            "a:80 http://a 1.2.3.400 1.2 -a a..b a/b",
        ),
        ("email", "a@b.c root@localhost a.b+c@d.example", "a a@ @b a@@b <a@b.c> a@-b"),
        (
            "url",
            "http://localhost:3000 https://a.b/c?d#e https://u:p@h:80/ http://[::1]:80/x ws://x ftp://my_svc",
            "localhost:3000 https:// http://x:99999 //x http://-x http:/x a mailto:a@b",
        ),
        (
            "dsn",
            "postgresql://u:p@h:5432/db postgresql:///db redis://:p@h mongodb+srv://u:p@c.x.net/?a=b mongodb://a:1,b:2/c"
            " sqlite:///x.db file:./dev.db jdbc:postgresql://h/db amqp://g:g@mq:5672/%2F redis+socket:///tmp/x",
            "x redis:// redis://h:PORT Server=x;Database=y redis://h:99999",
        ),
    ],
)
def test_formats(form: str, good: str, bad: str) -> None:
    assert [text for text in good.split() if not FORMATS[form](text)] == []
    assert [text for text in bad.split() if FORMATS[form](text)] == []


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        ("ip", "10.0.0.1|::1|2001:db8::1", "10.0.0|10.0.0.256|localhost|[::1]"),
        ("cidr", "10.0.0.0/8|::/0|192.168.1.1/32", "10.0.0.0|10.0.0.0/33|a/8|10.0.0.0/x"),
        ("duration", "30s|15m|1h30m|7d|500ms|2 days|1.5h|PT15M|P1DT2H", "30|m|1x|7 d d|P|-1h|1h;2m"),
        ("bytes", "10MB|512k|1GiB|1048576|1.5 GB|10 mb|7B", "MB|10X|-1|1,000|10MBps"),
        ("json", '{"a": [1]}|[]|"x"|3', "{a: 1}|{|'x'"),
        ("base64", "aGVsbG8=|QUJD", "aGVsbG8|a b=|aGVs-G8="),
        ("base64url", "aGVs-G8|aGVsbG8=", "a+b|a b"),
        ("hex", "00ff|DEADBEEF", "0|0xff|fg"),
        ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567|{123e4567-e89b-12d3-a456-426614174000}"),
        ("semver", "1.4.0|1.0.0-rc.1+build.5", "1.4|v1.4.0|01.2.3"),
        ("cron", "0 3 * * *|*/5 * * * 1-5|@daily|0 0 1 JAN *|30 0 3 * * MON", "61 3 * * *|* * * *|5-1 * * * *|@often|a b c d e"),
        ("timezone", "UTC|Europe/Paris|America/Argentina/Ushuaia", "Paris|+02:00|CET summer"),
        ("date", "2026-03-01|2024-02-29", "2026-02-29|2026-3-1|20260301"),
        ("date-time", "2026-03-01T12:00:00Z|2026-03-01T12:00:00.5+02:00", "2026-03-01|2026-03-01 12:00|2026-03-01T25:00:00Z"),
        ("path", "/var/lib|./x|a", "https://a/b"),
        ("csv", "a|a,b", ""),
        ("jwt", "eyJhIjoxfQ.eyJiIjoyfQ.c2ln", "a.b.c|eyJhIjoxfQ|eyJhIjoxfQ.eyJiIjoyfQ."),
        ("pem", "-----BEGIN X-----\\nYWI=\\n-----END X-----", "-----BEGIN X-----|-----BEGIN X-----\\nYWI=\\n-----END Y-----"),
    ],
)  # fmt: skip
def test_further_formats(form: str, good: str, bad: str) -> None:
    assert [text for text in good.split("|") if not FORMATS[form](text)] == []
    assert [text for text in bad.split("|") if FORMATS[form](text) and text] == []


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_formats_are_linear(form: str) -> None:
    start = time.process_time()
    for unit in ("a", "1", "1s", "a.", "/", "1-", "-", " ", "[", '{"a":', "*,", "\\n", "A=", "P1"):
        FORMATS[form](unit * 20_000)
        FORMATS[form](f"-----BEGIN A-----\n{unit * 20_000}")

    assert time.process_time() - start < 3


def test_bits() -> None:
    assert bits("hunter2") < 20
    assert bits("correct-horse-battery-staple") == 48
    assert bits("a" * 64) < 30
    assert bits("9f8b2c7d1e6a4053b8c9d7e2f1a0635c") == 128
    assert bits("Zk3vQ9wTb7Lm2Xr8Nc5Hy4Jd") > 128


def test_every_format_has_words() -> None:
    names = set(META["definitions"]["format"]["enum"])

    assert names <= set(FORMATS)
    assert names <= set(wording._FORMATS)
    assert set(META["definitions"]["word"]["enum"]) == names | set(TYPES)
    assert {*own.KEYWORDS, *own.BOUNDS} <= set(META["definitions"])


BOOLEANS = {".env.schema.yaml": HEAD + "  A: boolean\n  B: boolean\n  C: boolean\n", ".env": "A=1\nB=off\nC=True\n"}  # fmt: skip


@pytest.mark.parametrize(
    ("manifest", "text", "refused"),
    [
        ("requirements.txt", "pydantic-settings==2.6\n", ""),
        ("package.json", '{"dependencies": {"envalid": "8"}}', ""),
        ("package.json", '{"dependencies": {"env-var": "7"}}', "B"),
        ("package.json", '{"dependencies": {"@x/envalid-like": "8"}}', "AB"),
        ("pyproject.toml", "", "AB"),
    ],
)
def test_booleans_are_those_of_the_reader(
    manifest: str, text: str, refused: str, lint: Lint
) -> None:
    printed = lint({**BOOLEANS, manifest: text}, select=["env/invalid-value"])

    assert "".join(re.findall(r"error: (\w) must be true or false", printed)) == refused


def test_schemes() -> None:
    assert scheme("PostgreSQL://x") == "postgresql"
    assert scheme("jdbc:mysql://x") == "jdbc:mysql"
    assert scheme("file:./x") == "file"
    assert scheme("x") is None


def expressions(dice: random.Random, depth: int = 0) -> str:
    kind = dice.random()
    if depth > 3 or kind < 0.45:
        return dice.choice(
            (
                "a",
                "b",
                "c",
                ".",
                "\\d",
                "\\w",
                "[ab]",
                "[^a]",
                "\\.",
                "[a-c_]",
                "-",
                "1",
                "\\b",
                "^",
                "$",
                "\\s",
                "[]a]",
                "{",
                "[0-9]{2}",
            )
        )
    below = [expressions(dice, depth + 1) for _ in range(2)]
    if kind < 0.6:
        return "".join(below)
    if kind < 0.75:
        return f"({'|'.join(below)})"
    if kind < 0.82:
        return dice.choice(["(?=", "(?!"]) + below[0] + ")"
    return f"(?:{below[0]})" + dice.choice(
        ("*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?", "+?")
    )


def test_patterns_match_what_re_matches() -> None:
    dice = random.Random(11)
    for _ in range(3000):
        text = expressions(dice)
        reference = re.compile(text.replace("$", r"\Z"))
        pattern = Pattern(text)
        for _ in range(4):
            value = "".join(dice.choices("abc1_-. {", k=dice.randint(0, 8)))
            assert pattern.search(value, [10**6]) == bool(reference.search(value)), (text, value)


@pytest.mark.parametrize("text", ["(a+)+$", "^(a|a)*$", "a*a*a*a*a*b", "(?=(a+)+$)(?!x)a+b"])
def test_patterns_that_hang_re(text: str) -> None:
    start = time.process_time()

    assert Pattern(text).search("a" * 400 + "c", [10**6]) is False
    assert time.process_time() - start < 5


def test_the_steps_of_patterns_are_counted() -> None:
    with pytest.raises(TooMuch):
        Pattern("(?=.*y)a").search("a" * 4000, [100_000])


@pytest.mark.parametrize(
    "text",
    (
        "(",
        ")",
        "[a",
        "a**",
        "*a",
        "(?<=a)b",
        "(a)\\1",
        "\\p{L}",
        "a{3,1}",
        "a{1,9999}",
        "x++",
        "(?>a)",
        "(?P=n)",
        "(?x)a",
        "\\",
        "[z-a]",
        "(a{100}){100}",
    ),
)
def test_patterns_that_are_refused(text: str) -> None:
    with pytest.raises(BadPattern):
        Pattern(text)
    with pytest.raises(BadPattern):
        Pattern("(" * 100 + ")" * 100)


def test_a_pattern_that_takes_too_long_is_given_up_with_a_note(run: Run) -> None:
    schema = HEAD + "  A: {pattern: '(?=.*y)a'}\n  B: port\n"

    code, printed, said = run({".env.schema.yaml": schema, ".env": f"A={'a' * 100_000}\nB=x\n"})

    assert code == 1
    assert printed.startswith(".env:2:3: error: B must be a port")
    assert "'(?=.*y)a' takes too long" in said


OURS = tuple(META["definitions"]["format"]["enum"])
VALUES = (
    "",
    "x",
    "xy",
    "abc",
    "true",
    "False",
    "0",
    "1",
    "2.5",
    "70000",
    "http://a",
    "redis://h",
    "a@b",
    "a b",
    "10.0.0.1",
    "1h30m",
    "3d",
    "2MB",
    "a,b",
    "http://h?m=r",
)


def declarations(dice: random.Random) -> dict[str, Any]:
    """The keywords of one variable, as a valid schema may have them."""
    kind = dice.choice(["string", "integer", "number", "boolean", *OURS])
    if kind in OURS:
        more: dict[str, dict[str, Any]] = {
            "url": {"schemes": ["HTTP", "ftp"], "forbidHosts": ["A"], "query": {"m": "r"}},
            "dsn": {"schemes": ["redis"], "forbidHosts": ["h"]},
            "duration": {"minimum": "2h", "maximum": "2d"},
            "bytes": {"minimum": "1MB", "maximum": "1GB"},
            "csv": {"items": {"enum": ["a", "b"]}, "forbid": ["b"]},
            "path": {"minEntropy": 20, "forbidPrefix": ["a"]},
        }
        return {"format": kind} | {
            name: value for name, value in more.get(kind, {}).items() if dice.random() < 0.4
        }
    options: dict[str, dict[str, Any]] = {
        "string": {
            "enum": ["x", "true", 1],
            "const": "x",
            "pattern": "^[a-x]+$",
            "minLength": 2,
            "maxLength": 3,
        },
        "integer": {"enum": [1, 70000], "const": 1, "minimum": 1, "maximum": 10},
        "number": {"enum": [1, 2.5], "const": 2.5, "minimum": 0.5, "maximum": 3},
        "boolean": {"enum": [True], "const": False},
    }
    chosen = {name: value for name, value in options[kind].items() if dice.random() < 0.3}
    return {"type": kind, **chosen}


def test_the_quick_answer_is_that_of_jsonschema() -> None:
    dice = random.Random(3)
    verdicts = []
    for _ in range(300):
        keywords = declarations(dice)
        text = json.dumps({"prodlint-env": 1, "vars": {"A": keywords}})
        schema = parsed(text)
        below = authored.variable_schema(keywords)
        for value in VALUES:
            read = coerce(value, (below["type"],))
            verdicts.append(quick.value_fits(schema, below, read))
            assert verdicts[-1] == (not errors(schema, below, read)), (keywords, value)
    assert 0.1 < sum(verdicts) / len(verdicts) < 0.9


def secrets(dice: random.Random) -> Iterator[tuple[str, str]]:
    """Names of variables, and values that nobody may see."""
    letters = string.ascii_letters + string.digits
    for name in (
        "JWT_SECRET",
        "DB_PASSWORD",
        "STRIPE_API_KEY",
        "SMTP_PASS",
        "AUTH_TOKEN",
        "DATABASE_URL",
        "SALT",
        "DECLARED",
    ):
        yield name, "".join(dice.choices(letters + "-_.!", k=dice.randint(6, 40)))
    for name in ("PORT", "MODE", "PUBLIC_URL", "RATE", "RELEASE", "DEBUG", "UNKNOWN"):
        yield name, "".join(dice.choices(letters, k=dice.randint(20, 60)))
        yield name, "sk_live_" + "".join(dice.choices(letters, k=24))
        yield name, f"https://user:{''.join(dice.choices(letters, k=12))}@host:x/"


SECRETIVE = """\
prodlint-env: 1
unknown: warn
vars:
  JWT_SECRET: {minLength: 100}
  DB_PASSWORD: {pattern: '^[0-9]+$'}
  STRIPE_API_KEY: {enum: [a, b]}
  SMTP_PASS: integer
  AUTH_TOKEN: url
  DATABASE_URL: {format: dsn, schemes: [postgresql]}
  SALT: boolean
  DECLARED: {secret: true, type: integer}
  PORT: port
  MODE: [live, test]
  PUBLIC_URL: {format: url, schemes: [https]}
  RATE: number
  RELEASE: {maxLength: 3}
  DEBUG: {const: 'off'}
  NEEDED: {required: true}
"""


@pytest.mark.parametrize("report", ["full", "concise", "json", "github", "sarif"])
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_secrets_are_never_shown(report: str, quote: str, lint: Lint) -> None:
    dice = random.Random(f"{report}{quote}")
    for _ in range(3):
        for name, value in secrets(dice):
            text = f"{name}={quote}{value}{quote}  # note\n{name}={quote}{value}x{quote}\n"
            printed = lint(
                {".env.schema.yaml": SECRETIVE, ".env": text}, only=["env"], format=report
            )
            password = value.partition("user:")[2].partition("@")[0] or value
            assert name in printed
            assert password not in printed, (name, value)


def test_a_finding_is_reported_when_a_file_that_it_rests_on_is_passed(lint: Lint) -> None:
    files: dict[str, str | bytes] = {
        ".env.schema.yaml": "prodlint-env: 1\nprofiles: [production]\nvars:\n  A: {required: true}\n  B: port\n",
        ".env": "B=1\n",
        ".env.production": "B=x\n",
    }
    missing = ".env.production:1:1: error: in production, A is required and not set [env/missing-variable]\n"
    base = ".env:1:1: error: A is required and not set [env/missing-variable]\n"
    invalid = ".env.production:1:3: error: in production, B must be a port from 1 to 65535, got 'x' [env/invalid-value]\n"

    assert lint(files, only=["env"], passed=[".env.schema.yaml"]) == base + missing + invalid
    assert lint(files, only=["env"], passed=[".env"]) == base + missing
    assert lint(files, only=["env"], passed=[".env.production"]) == missing + invalid


ENV_SPEC = """\
# @defaultRequired=false @currentEnv=$APP_ENV
# ---

# where it listens
# @required @type=port
PORT=
# @type=enum(debug, info) @example=info
LOG_LEVEL=
# @required=forEnv(production) @sensitive @type=string(minLength=12)
JWT_KEY=
# @type=number(min=1, max=5, isInt=true)
COUNT=2
# @required
FROM_STORE=exec(`touch /tmp/never`)
# @type=url @deprecated
OLD_URL=
# @required=eq($LOG_LEVEL, debug) @type=unheardOf(x)
ODD=
"""


def test_the_static_part_of_env_spec(lint: Lint) -> None:
    env = "APP_ENV=production\nPORT=x\nLOG_LEVEL=warn\nJWT_KEY=short\nCOUNT=2.5\nOLD_URL=http://a\nMORE=1\n"

    printed = lint({".env.schema": ENV_SPEC, ".env": env}, select=SCHEMA_RULES)

    assert printed.splitlines() == [
        ".env:2:6: error: in production, PORT must be a port from 1 to 65535, got 'x' [env/invalid-value]",
        ".env:3:11: error: in production, LOG_LEVEL must be one of debug, info, got 'warn' [env/invalid-value]",
        ".env:4:9: error: in production, JWT_KEY must be at least 12 characters long, got 5 [env/weak-secret]",
        ".env:5:7: error: in production, COUNT must be a whole number, got '2.5' [env/invalid-value]",
        ".env:6:1: warning: OLD_URL is deprecated [env/deprecated-variable]",
    ]
    assert "JWT_KEY is required" in lint(
        {".env.schema": ENV_SPEC, ".env": "APP_ENV=production\nPORT=1\n"}, select=SCHEMA_RULES
    )
    assert lint({".env.schema": ENV_SPEC, ".env": "PORT=1\n"}, select=SCHEMA_RULES) == ""


@pytest.mark.parametrize("text", ["PORT=^[0-9]+$\n", "PORT:\n  type: port\n", ""])
def test_other_formats_of_that_name_are_left_alone(text: str, lint: Lint) -> None:
    assert lint({".env.schema": text, ".env": "PORT=x\n"}, select=SCHEMA_RULES) == ""


SCHEMA_RULES = [
    f"env/{name}-{what}"
    for name, what in (
        ("invalid", "value"),
        ("missing", "variable"),
        ("unknown", "variable"),
        ("weak", "secret"),
        ("deprecated", "variable"),
    )
]
