"""`prodlint baseline import`: what the baselines of detect-secrets and gitleaks accept, and that nothing they name is run."""

import json
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest

from conftest import write
from prodlint.core.config import BASELINE
from samples import sample
from test_baseline import check, entries
from test_changed import git
from test_cli import prodlint
from test_history import commit

FIRST, SECOND, KEY = sample("GitHub token", 1), sample("GitHub token", 2), sample("private key")
COMPOSE = "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: postgres\n"


def hashed(value: str, **more: Any) -> dict[str, Any]:
    digest = sha1(value.encode()).hexdigest()
    return {"type": "Secret Keyword", "hashed_secret": digest, "line_number": 9, **more}


def import_(folder: Path, name: str, content: object, *words: str) -> str:
    """What is noted."""
    text = content if isinstance(content, str) else json.dumps(content)
    write(folder, {name: text})
    done = prodlint(folder, "baseline", "import", name, *words, PRODLINT_DATE="2026-11-24")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert FIRST[:9] not in (folder / BASELINE).read_text()
    return done.stderr


def test_detect_secrets(tmp_path: Path) -> None:
    write(tmp_path, {"a.env": f"# moved\n\nA={FIRST}\nB={SECOND}\n", "deploy.key": f"{KEY}\n"})
    results = {
        "a.env": [hashed(FIRST), hashed("gone")],
        "./deploy.key": [hashed("BEGIN PRIVATE KEY")],
        "other.env": [hashed(SECOND)],
    }

    noted = import_(tmp_path, ".secrets.baseline", {"version": "1.5.0", "results": results})

    assert noted.startswith(
        "prodlint: .secrets.baseline: 2 of 4 entries accept a finding of today\n"
    )
    assert [(entry["path"], entry["reason"]) for entry in entries(tmp_path)] == [
        ("a.env", "from .secrets.baseline"),
        ("deploy.key", "from .secrets.baseline"),
    ]
    assert check(tmp_path, "--only", "secrets") == (["a.env:4:3"], "")


def test_an_audited_secret_is_not_accepted(tmp_path: Path) -> None:
    write(tmp_path, {"a.env": f"A={FIRST}\nB={SECOND}\n"})
    results = {"a.env": [hashed(FIRST, is_secret=True), hashed(SECOND, is_secret=False)]}

    import_(tmp_path, ".secrets.baseline", {"results": results})

    assert check(tmp_path, "--only", "secrets")[0] == ["a.env:1:3"]


def test_a_value_with_the_rest_of_its_line(tmp_path: Path) -> None:
    write(tmp_path, {"a.env": f"A={FIRST} # of staging\n"})

    import_(
        tmp_path, ".secrets.baseline", {"results": {"a.env": [hashed(f"{FIRST} # of staging")]}}
    )

    assert check(tmp_path, "--only", "secrets")[0] == []


def test_guessable_credentials_are_told_and_left(tmp_path: Path) -> None:
    write(tmp_path, {"compose.yaml": COMPOSE})

    noted = import_(
        tmp_path, ".secrets.baseline", {"results": {"compose.yaml": [hashed("postgres")]}}
    )

    assert "1 of 1 entries accept" in noted
    assert "1 credential could be guessed from an entry" in noted
    assert entries(tmp_path) == []


def test_entries_of_before_stay(tmp_path: Path) -> None:
    write(tmp_path, {"a.env": f"A={FIRST}\n", "b.env": f"B={SECOND}\n"})
    import_(tmp_path, ".gitleaksignore", "a.env:github-pat:1\n", "--reason", "of a test account")

    import_(tmp_path, ".secrets.baseline", {"results": {"b.env": [hashed(SECOND)]}})

    assert [entry["reason"] for entry in entries(tmp_path)] == [
        "of a test account",
        "from .secrets.baseline",
    ]


def test_gitleaks(tmp_path: Path) -> None:
    old = commit(tmp_path, {"a.env": f"X=1\nA={FIRST}\n"})
    write(tmp_path, {"a.env": f"# moved\n\n\nA={FIRST}\nB={SECOND}\n", "b.env": f"B={SECOND}\n"})
    ignore = (
        f"# a comment\n{old}:a.env:github-pat:2\n{old}:a.env:github-pat:99\nb.env:github-pat:1\n"
    )

    noted = import_(tmp_path, ".gitleaksignore", f"{ignore}{'0' * 40}:b.env:a:1\nnonsense\n")

    assert noted.startswith("prodlint: .gitleaksignore: 2 of 4 entries accept a finding of today\n")
    assert check(tmp_path, "--only", "secrets")[0] == ["a.env:5:3"]


def test_gitleaks_of_the_history(tmp_path: Path) -> None:
    old = commit(tmp_path, {"a.env": f"A={FIRST}\n"})
    commit(tmp_path, {}, "a.env")

    import_(tmp_path, ".gitleaksignore", f"{old}:a.env:github-pat:1\n", "--history")

    assert check(tmp_path, "--only", "secrets", "--history") == ([], "")


def test_nothing_that_it_names_is_run(tmp_path: Path) -> None:
    code = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    write(tmp_path, {"evil.py": code, "a.env": f"A={FIRST}\n"})
    git(tmp_path, "init", "-q")
    evil = f"file://{tmp_path}/evil.py"

    import_(
        tmp_path,
        ".secrets.baseline",
        {
            "plugins_used": [{"name": "Evil", "path": evil}],
            "filters_used": [{"path": f"{evil}::f"}],
            "custom_plugin_paths": ["evil.py"],
            "results": {"a.env": [hashed(FIRST)]},
        },
    )
    ignore = "--output=ran:a.env:rule:1\n0000000:--output=ran:rule:1\na.env:rule:1\n"
    import_(tmp_path, ".gitleaksignore", ignore)

    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", ": not JSON"),
        ('{"a":' * 100_000, ": not JSON"),
        ("{}", ": no baseline of detect-secrets: it has no results"),
        ('{"results": []}', ": no baseline of detect-secrets: it has no results"),
        ("", ": no .gitleaksignore: it has no line like path:rule:line"),
        ("[1]", ": no .gitleaksignore"),
        (b"\0", ": binary"),
        ("{" + " " * 2_100_000, ": larger than 2 MB"),
    ],
    ids=range(8),
)
def test_what_is_none(content: str | bytes, said: str, tmp_path: Path) -> None:
    write(tmp_path, {"foreign": content, "a.env": "A=1\n"})

    done = prodlint(tmp_path, "baseline", "import", "foreign")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"prodlint: foreign{said}") and done.stderr.count("\n") == 1
    assert not (tmp_path / BASELINE).exists()


@pytest.mark.parametrize(
    "results",
    [
        {"a.env": None},
        {"a.env": [None, 1, {}, {"hashed_secret": 1}, {"hashed_secret": []}]},
        {"": [{"hashed_secret": "x"}], "../../a.env": [{"hashed_secret": "x", "is_secret": []}]},
    ],
    ids=range(3),
)
def test_odd_results_accept_nothing(results: object, tmp_path: Path) -> None:
    write(tmp_path, {"a.env": f"A={FIRST}\n"})

    assert "0 of " in import_(tmp_path, ".secrets.baseline", {"results": results})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import"], "baseline import takes one file"),
        (["import", "a", "b"], "baseline import takes one file"),
        (["import", "a", "--update"], "--update adds no entries: it goes without import"),
        (["import", "absent"], "absent: no such file or directory"),
    ],
    ids=str,
)
def test_wrong_words(words: list[str], said: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.env": "A=1\n"})

    done = prodlint(tmp_path, "baseline", *words)

    assert done.returncode == 2
    assert done.stderr.startswith(f"prodlint: {said}")
