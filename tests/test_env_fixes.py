"""Fixes of env files: every loader in use reads one value afterwards, and nothing else changes."""

import random
import subprocess
from pathlib import Path

import pytest

from conftest import write
from prodlint.core.config import Config
from prodlint.core.engine import Selection, run
from prodlint.core.fix import fixed
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.env import keeps
from prodlint.env.loaders import BASH, COMPOSE, DOCKER_RUN, NODE_DOTENV, read

READERS = {
    "package.json": '{"dependencies": {"dotenv": "17"}}',
    "compose.yaml": "services:\n  web:\n    image: shop\n    env_file: .env\n",
}
SCRIPTS = {"run.sh": "docker run --env-file .env shop\n", "start.sh": "set -a\n. ./.env\n"}


def mended(folder: Path, text: str, files: dict[str, str]) -> Source:
    write(folder, files)
    (folder / ".env").write_bytes(text.encode())
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    project = Project(str(folder.resolve()), Config())
    result = run(project, Selection(only=("env",), select=("env/loader-difference",)))
    changed = fixed(result.findings, lambda *pair: keeps(*pair, project))
    return changed[".env"][1] if changed else Source(".env", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A=1\t# one\n", "# one\nA=1\n"),
        ("A=ab#cd\n", "A=ab#cd\n"),  # node dotenv reads `ab`: the rest is not thrown away
        ("A=${B}\nB=1\n", "A=${B}\nB=1\n"),
    ],
)
def test_one_form_for_all(text: str, expected: str, tmp_path: Path) -> None:
    assert mended(tmp_path, text, READERS).text == expected


def test_a_comment_moves_above(tmp_path: Path) -> None:
    after = mended(tmp_path, "A=1\n  B=info # or debug\n", {**READERS, **SCRIPTS})

    assert after.text == "A=1\n  # or debug\n  B=info\n"
    assert {
        read(name, after.text).values["B"] for name in (NODE_DOTENV, COMPOSE, DOCKER_RUN, BASH)
    } == {"info"}


def test_quotes_go_where_docker_run_keeps_them(tmp_path: Path) -> None:
    assert mended(tmp_path, 'A="shop"\n', {**READERS, **SCRIPTS}).text == "A=shop\n"


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("Makefile", "-include .env\nexport\n"),
        (".envrc", "dotenv .env\n"),
        (
            "stack/compose.yaml",
            "services:\n  web:\n    image: shop\n    env_file:\n      - path: ../.env\n        format: raw\n",
        ),
    ],
)
def test_no_quotes_are_added_for_loaders_that_may_keep_them(
    name: str, reader: str, tmp_path: Path
) -> None:
    readers = {
        "requirements.txt": "python-dotenv==1.2.1\n",
        "package.json": READERS["package.json"],
        name: reader,
    }

    assert (
        mended(tmp_path, "TITLE=a#b\nLEVEL=1 # one\n", readers).text == "TITLE=a#b\nLEVEL=1 # one\n"
    )


def test_carriage_returns_and_byte_order_mark_go(tmp_path: Path) -> None:
    after = mended(tmp_path, "\ufeffA=1\r\n\r\nB=2\r\n", {**READERS, **SCRIPTS})

    assert (after.text, after.bom) == ("A=1\n\nB=2\n", False)


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ("A='ab#cd'\nB=1\n", False),  # node dotenv is the first that reads the file, and reads `ab`
        ("A=ab\nB=1\n", True),
        ("A=ab#cd\nB=1\n# more\n", True),
        ("A=ab#cd\nB=2\n", False),
        ("A=ab#cd\n", False),
        ("A=ab#cd\nB=1\nC=1\n", False),
        ("A=ab#cd\nB='1\n", False),
    ],
)
def test_a_fix_that_changes_a_value_is_dropped(after: str, kept: bool, tmp_path: Path) -> None:
    write(tmp_path, {**READERS, ".env": "A=ab#cd\nB=1\n"})
    project = Project(str(tmp_path.resolve()), Config())

    assert keeps(Source(".env", "A=ab#cd\nB=1\n"), Source(".env", after), project) is kept


def test_random_files_keep_their_values(tmp_path: Path) -> None:
    dice = random.Random(5)
    parts = ["a", "b c", "#", " # x", '"', "'", "\\", "$A", "${B}", "`", "=", "\t", ";", "é"]
    lines = [
        f"{dice.choice('ABC')}{number}={''.join(dice.choices(parts, k=dice.randint(0, 4)))}\n"
        for number in range(200)
    ]
    text = "".join(lines)
    after = mended(tmp_path, text, {**READERS}).text
    meant = read(NODE_DOTENV, text).values

    assert read(NODE_DOTENV, after).values == meant
    for loader in (COMPOSE, DOCKER_RUN, BASH):
        old, new = read(loader, text).values, read(loader, after).values
        assert all(value in (old.get(name), meant.get(name)) for name, value in new.items())


SCHEMA = """\
prodlint-env: 1
vars:
  DATABASE_URL: {format: dsn, required: true, secret: true, example: postgresql://u:p@h/db}
  PORT: {format: port, required: true, example: 3000}
  LOG_LEVEL: {format: loglevel, default: info}
  MAIL_KEY: {secret: true, default: x}
  TITLE: {example: two words}
"""


def fill(folder: Path) -> bool:
    """Write what an example lacks; whether it lacked anything."""
    project = Project(str(folder.resolve()), Config())
    rules = ("env/example-drift", "env/missing-variable")
    result = run(project, Selection(only=("env",), select=rules))
    changed = fixed(result.findings, lambda *pair: keeps(*pair, project))
    for _, after in changed.values():
        (folder / ".env.example").write_bytes(after.text.encode())
    return bool(changed)


ADDED = "# LOG_LEVEL=info\n# MAIL_KEY=\n# TITLE=\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PORT=80\n", f"PORT=80\nDATABASE_URL=\n{ADDED}"),
        ("A=1", f"A=1\nDATABASE_URL=\nPORT=3000\n{ADDED}"),
        ("A=1\r\nPORT=80\r\nDATABASE_URL=\r\n", f"A=1\nPORT=80\nDATABASE_URL=\n{ADDED}".replace("\n", "\r\n")),
        ('A="never closed\nPORT=80\n', f'A="never closed\nPORT=80\n{ADDED}'),
    ],
)  # fmt: skip
def test_an_example_gets_what_its_schema_has(text: str, expected: str, tmp_path: Path) -> None:
    write(tmp_path, {".env.schema.yaml": SCHEMA.replace("vars:", "unknown: allow\nvars:")})
    (tmp_path / ".env.example").write_bytes(text.encode())
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    fill(tmp_path)
    found = (tmp_path / ".env.example").read_bytes().decode()
    assert sorted(filter(None, found.splitlines())) == sorted(expected.splitlines())
    assert found.count("\r\n") == (found.count("\n") if "\r" in text else 0)
    assert found.startswith(text)
    assert not fill(tmp_path)


def test_only_an_example_gets_further_variables(tmp_path: Path) -> None:
    project = Project(str(tmp_path), Config())
    example, env = Source(".env.example", "A=1\n"), Source(".env", "A=1\n")

    assert keeps(example, Source(".env.example", "A=1\nB=2\n"), project)
    assert not keeps(example, Source(".env.example", "A=1\nA=2\n"), project)
    assert not keeps(env, Source(".env", "A=1\nB=2\n"), project)
