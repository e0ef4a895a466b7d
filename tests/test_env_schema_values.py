"""What a schema demands of a value: types, formats, entropy."""

import json
import random
import re
import time
from pathlib import Path
from typing import Any

import pytest

from conftest import HANGS, Lint
from prodlint.core.config import Config, schema_path
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.env import authored, own, quick, wording
from prodlint.env.formats import FORMATS
from prodlint.env.own import bits
from prodlint.env.schema import Schema
from prodlint.env.schema_file import parse
from prodlint.env.validator import errors
from prodlint.env.values import TYPES, coerce, scheme

META = json.loads(Path(schema_path("env.schema.json")).read_text(encoding="utf-8"))


HEAD = "prodlint-env: 1\nvars:\n"


def parsed(text: str) -> Schema:
    return parse(Source(".env.schema.yaml", text), Project("", Config()))


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
        ("loglevel", "info|WARN|Warning|off", "loud|7|info,warn"),
        ("aws-region", "eu-central-1|us-gov-west-1|ap-southeast-2|me-central-1|us-iso-east-1", "eu-central|eu-central-1a|Europe|europe-west1|local"),
        ("ipv4", "10.0.0.1", "::1|10.0.0|10.0.0.01"),
        ("ipv6", "::1", "10.0.0.1|1:2"),
        ("uri", "https://a/b|mailto:a@b|urn:x:y", "a/b|a b:c|:x"),
        ("hostname", "a.b|localhost", "a b|a/b|-a"),
        ("pem", "-----BEGIN X-----\\nYWI=\\n-----END X-----", "-----BEGIN X-----|-----BEGIN X-----\\nYWI=\\n-----END Y-----"),
    ],
)  # fmt: skip
def test_further_formats(form: str, good: str, bad: str) -> None:
    assert [text for text in good.split("|") if not FORMATS[form](text)] == []
    assert [text for text in bad.split("|") if FORMATS[form](text) and text] == []


TRIED = {
    case[0]
    for test in (test_formats, test_further_formats)
    for mark in test.pytestmark  # type: ignore[attr-defined]
    for case in mark.args[1]
}


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_formats_are_linear(form: str) -> None:
    start = time.process_time()
    for unit in ("a", "1", "1s", "a.", "/", "1-", "-", " ", "[", '{"a":', "*,", "\\n", "A=", "P1"):
        FORMATS[form](unit * 20_000)
        FORMATS[form](f"-----BEGIN A-----\n{unit * 20_000}")

    assert time.process_time() - start < HANGS


def test_bits() -> None:
    assert bits("hunter2") < 20
    assert bits("correct-horse-battery-staple") == 48
    assert bits("a" * 64) < 30
    assert bits("9f8b2c7d1e6a4053b8c9d7e2f1a0635c") == 128
    assert bits("Zk3vQ9wTb7Lm2Xr8Nc5Hy4Jd") > 128


def test_every_format_has_words() -> None:
    names = set(META["definitions"]["format"]["enum"])

    assert names <= set(FORMATS)
    assert set(FORMATS) == TRIED
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
