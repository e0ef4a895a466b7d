"""Env files: the values are python-dotenv's, the places are exact, and no input hurts."""

import io
import logging
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dotenv import dotenv_values

from conftest import HANGS, ROOT, Lint, write
from prodlint.core.config import Config
from prodlint.core.project import Project
from prodlint.core.source import MAX_BYTES, Source, decode
from prodlint.env import FILES, names, reader
from prodlint.env.alike import alike
from prodlint.env.model import EnvFile
from prodlint.env.reader import MAX_BLANKS, Variable, read

SAMPLES = sorted((Path(__file__).parent / "data" / "env").iterdir())
ALPHABET = [*"AB=\"'# \n\r\t\\$:{é\x0b\x85\xa0\u2028\ufeff", "\r\n", "export ", "\\n", "# c", "=v"]


def env(text: str, path: str = ".env") -> EnvFile:
    return EnvFile(Source(path, text), Project("", Config()))


def with_line_feeds(text: str) -> str:
    """What python-dotenv reads, since it opens files with universal newlines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def assert_read_like_python_dotenv(source: Source) -> None:
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    variables = read(source).variables
    expected = dotenv_values(stream=io.StringIO(with_line_feeds(source.text)), interpolate=False)

    assert {with_line_feeds(item.name): item.value for item in variables} == dict(expected)
    for variable in variables:
        assert variable.key.text == variable.name
        assert variable.comment is None or variable.comment.text.startswith("#")
        if variable.quote:
            assert re.fullmatch(f"{variable.quote}.*{variable.quote}", variable.raw.text, re.S)
        elif variable.value is not None:
            assert variable.raw.text == variable.value


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_values_of_samples(path: Path) -> None:
    assert_read_like_python_dotenv(decode(path.name, path.read_bytes()))


def test_values_of_random_text() -> None:
    dice = random.Random(7)
    for _ in range(5000):
        text = "".join(dice.choices(ALPHABET, k=dice.randint(0, 30)))
        assert_read_like_python_dotenv(Source(".env", text))


def test_plain_files_are_read_without_python_dotenv(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(7)
    pieces = [
        "A=",
        "B_2",
        "=",
        "x",
        "1.5",
        "=b?c",
        "\n",
        "\n",
        "\n",
        "# c",
        "\t",
        " #",
        "# A=\u2028 ",
        "\x0b",
        "\r",
    ]
    texts = ["".join(dice.choices(pieces, k=dice.randint(0, 12))) for _ in range(5000)]
    sources = [Source(".env", text) for text in texts]
    with monkeypatch.context() as without:
        without.setattr(reader, "_parse_stream", None)
        plain = [source for source in sources if alike(source.text) and "\r" not in source.text]
        found = [read(source) for source in plain]
    monkeypatch.setattr(reader, "alike", lambda text: False)

    assert len({source.text for source in plain}) > 500
    assert found == [read(source) for source in plain]


def place(variable: Variable) -> tuple[object, ...]:
    comment = variable.comment.text if variable.comment else None
    return (variable.key.line, variable.key.column, variable.raw.column, variable.raw.text, comment)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A=1", (1, 1, 3, "1", None)),
        ("\n\n  export  A = v w  # c \n", (3, 11, 15, "v w", "# c")),
        ("A=\n", (1, 1, 3, "", None)),
        ("A=   # c\n", (1, 1, 6, "", "# c")),
        ("A=#c\n", (1, 1, 3, "#c", None)),
        ("A=x#y # c\r\n", (1, 1, 3, "x#y", "# c")),
        ("'A B'='it\\'s' # c\n", (1, 2, 7, "'it\\'s'", "# c")),
        ('# a\nA="x\n# y\nz"#c\nB=2', (2, 1, 3, '"x\n# y\nz"', "#c")),
        ("ÄÖ=ü\t# ß", (1, 1, 4, "ü", "# ß")),
    ],
)
def test_places(text: str, expected: tuple[object, ...]) -> None:
    first = env(text).variables[0]

    assert place(first) == expected


def test_a_byte_order_mark_and_another_encoding_do_not_shift_places() -> None:
    for data in (
        b"\xef\xbb\xbfA=1\nB=2 # c",
        "\ufeffA=1\nB=2 # c".encode("utf-16-le"),
        b"A=\xe9\nB=2 # c",
    ):
        second = EnvFile(decode(".env", data), Project("", Config())).variables[1]
        assert place(second) == (2, 1, 3, "2", "# c")


def test_a_value_of_several_lines_has_line_feeds_only() -> None:
    first = env('A="1\r\n2\\r3"\r\nB=4').variables[0]

    assert first.value == "1\n2\r3"
    assert first.raw.text == '"1\r\n2\\r3"'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "".join(f"NAME_{i}=value {i} # c\n" for i in range(50_000)), id="50,000 variables"
        ),
        pytest.param("".join(f"NAME={i}\n" for i in range(50_000)), id="50,000 times the same"),
        pytest.param('A="' + "x\n" * 50_000, id="a quote never closed"),
        pytest.param("A='\"\n" * 30_000, id="quotes never closed"),
        pytest.param("A=x" + " " * 1_000_000 + "y", id="blanks"),
        pytest.param(("A=x" + " " * (MAX_BLANKS - 1) + "y\n") * 1_500, id="lines of blanks"),
        pytest.param("#" * MAX_BYTES, id="one comment"),
        pytest.param("A=x" + " #" * 500_000, id="marks of comments"),
        pytest.param("# " + "\\nA=1" * 200_000, id="hidden assignments"),
        pytest.param("<<<<<<< a\n" * 30_000 + "=======\n", id="merge conflicts"),
        pytest.param("-----BEGIN A-----\n-----END A-----\n" * 10_000, id="keys"),
        pytest.param("A" * MAX_BYTES + "=1\n" + "A" * 1000, id="a name of 2 MB"),
        pytest.param("=\n" * 30_000, id="no names"),
        pytest.param("A=\0\n\0=\0'\0\n" * 1000, id="NUL"),
        pytest.param("\n" * MAX_BYTES, id="empty lines"),
    ],
)
def test_hostile_files_take_a_moment(text: str, lint: Lint) -> None:
    start = time.process_time()
    printed = lint({".env": text.encode("utf-16") if "\0" in text else text}, only=["env"])

    assert time.process_time() - start < HANGS
    assert all(len(line) < 500 for line in printed.splitlines())


@pytest.mark.parametrize(
    ("text", "names_lost"),
    [
        ('A="x\nB=1\nC="y"\n', {"B"}),
        ("A='x\nB=1\nC=''\n", {"B"}),
        ("# x\\nB=1\\nC=2\n", {"B", "C"}),
        ("B\n", {"B"}),
        ('A="x\nB=1\n"\n', set()),
    ],
)
def test_what_a_fault_hides_is_not_reported_as_missing(text: str, names_lost: set[str]) -> None:
    assert names_lost <= env(text).passed_on
    assert names_lost or env(text).passed_on == set()


YES = (
    ".env .env.local .env.production .env.production.local .env.example app/.env.sample .env-prod .env_dev prod.env"
    " docker/postgres.env app.env.example app.env.dist settings.env.defaults env.example env.sample env.template env.dist"
    " .env.vault .env.keys .env.txt .env.template .env.docker .env.tpl"
)
NO = (
    ".envrc .env.schema.yaml .env.schema.yml .env.schema.json .env.schema env.ts .env.d.ts .env.js .env.mjs .env.json"
    " .env.yaml .env.yml .env.j2 .env.prod.j2 .env.erb .env.md .env.sh .env.php .env.py .environment env environment.env.ts"
    " .env.enc .env.gpg my.env.py env.example.ts app.environment .env/file dotenv next-env.d.ts .env.multiline.snap"
)


@pytest.mark.parametrize("name", YES.split())
def test_env_file_names(name: str) -> None:
    assert re.search(FILES, name)
    assert re.search(FILES, f"apps/web/{name}")


@pytest.mark.parametrize("name", NO.split())
def test_other_file_names(name: str) -> None:
    assert not re.search(FILES, name)


@pytest.mark.parametrize(
    ("path", "profile"),
    [
        ("a/.env.production", "production"),
        (".env.production.local", "production"),
        (".env.prod", "production"),
        ("prod.env", "production"),
        (".env-stg", "staging"),
        (".env.development", "dev"),
        (".env", None),
        (".env.local", None),
        ("db.env", None),
    ],
)
def test_profiles_in_names(path: str, profile: str | None) -> None:
    assert names.profile(names.words(path), ["dev", "staging", "production"]) == profile


@pytest.mark.parametrize(
    ("path", "example"),
    [
        (".env.example", True),
        (".env.production.sample", True),
        ("env.template", True),
        ("a.env.dist", True),
        (".env", False),
        ("example/.env", False),
        (".env.production", False),
    ],
)
def test_examples(path: str, example: bool) -> None:
    assert names.is_example(path) is example


def test_files_below() -> None:
    assert names.below("a/.env.production.local") == ["a/.env.production", "a/.env"]
    assert names.below(".env.local") == [".env"]
    assert names.below(".env") == names.below(".env.example") == names.below("db.env") == []


def test_without_a_schema_nothing_heavy_is_imported(tmp_path: Path) -> None:
    write(tmp_path, {".env": "A=1\nA=2\n", ".env.example": "# x\\nA=1\\nB=2\n"})
    code = (
        "import sys; from prodlint.cli import main; main(['--only', 'env'])\n"
        "heavy = {'yaml', 'jsonschema', 'dotenv', 'logging', 'json', 'pathlib', 'tempfile', 'dataclasses'}\n"
        "print('imported:', sorted(heavy & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert done.stdout.count("error: ") + done.stdout.count("warning: ") == 2
    assert "imported: []" in done.stdout
