"""Which files the secrets hook reads, and that no file is left out without a word."""

from pathlib import Path

import pytest

from conftest import write
from samples import sample
from test_changed import git
from test_cli import prodlint

TOKEN = sample("GitHub token")
ALL = "secrets:\n  scope: all\n"


def places(folder: Path, *words: str) -> tuple[list[str], str]:
    done = prodlint(folder, "--only", "secrets", "--format", "concise", *words)
    assert done.returncode in (0, 1), done.stderr
    return [line.partition(": ")[0] for line in done.stdout.splitlines()], done.stderr


def test_configuration_by_default(tmp_path: Path) -> None:
    code = f'TOKEN = "{TOKEN}"\n'
    write(tmp_path, {"app.py": code, "docs/notes.txt": code, "app.toml": code})

    assert places(tmp_path) == (["app.toml:1:10"], "")


def test_every_text_file(tmp_path: Path) -> None:
    code = f'TOKEN = "{TOKEN}"\n'
    write(tmp_path, {"app.py": code, "docs/notes.txt": code, "app.toml": code})
    write(tmp_path, {".prodlint.yaml": ALL, "ignored.txt": code, ".gitignore": "ignored.txt\n"})
    git(tmp_path, "init", "-q")

    found = ["app.py:1:10", "app.toml:1:10", "docs/notes.txt:1:10"]
    assert places(tmp_path) == (found, "")
    assert places(tmp_path, "app.py") == (found[:1], "")


def test_every_place(tmp_path: Path) -> None:
    files = {
        ".env.example": "DB_PASSWORD=hunter2\n# MAIL_PASSWORD=hunter2x\n",
        "tests/fixtures/keys.toml": f'token = "{TOKEN}"\n',
        "compose.test.yaml": "services:\n  db:\n    environment:\n      DB_PASSWORD: hunter2\n",
        "dev/app.ini": "url = redis://:hunter2@localhost\n",
    }
    write(tmp_path, files)
    assert places(tmp_path) == ([], "")

    write(tmp_path, {".prodlint.yaml": "secrets:\n  places: all\n"})

    found = [".env.example:1:13", ".env.example:2:17", "compose.test.yaml:4:20"]
    assert places(tmp_path) == ([*found, "dev/app.ini:1:16", "tests/fixtures/keys.toml:1:10"], "")


def test_what_cannot_be_read_is_counted(tmp_path: Path) -> None:
    write(tmp_path, {".prodlint.yaml": ALL, "large.txt": "a" * 2_100_000, "a.txt": "a\n"})
    write(tmp_path, {f"{name}.png": b"\x89PNG\0" for name in "abcdefg"})

    found, notes = places(tmp_path)

    assert found == []
    assert notes == (
        "prodlint: a.png and 6 more files: binary, not linted\n"
        "prodlint: large.txt: larger than 2 MB, not linted\n"
    )


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (b"\xff\xfe" + f"A={TOKEN}\n".encode("utf-16-le"), ""),
        (b"\xef\xbb\xbf" + f"A={TOKEN}\n".encode(), ""),
        (f"A={TOKEN} # \xe9\n".encode("latin-1"), ""),
        (b"\xff\xfeA\0\n", ".env.production: not valid utf-16-le, not linted"),
        (f"A={TOKEN}\0\n".encode(), ".env.production: binary, not linted"),
    ],
    ids=["UTF-16", "mark", "latin-1", "broken UTF-16", "binary"],
)
def test_encodings(content: bytes, note: str, tmp_path: Path) -> None:
    write(tmp_path, {".env.production": content})

    found, notes = places(tmp_path)

    assert found == ([] if note else [".env.production:1:3"])
    assert notes == (f"prodlint: {note}\n" if note else "")
