"""`--history`: credentials that are gone from the files, each once, with the commit that brought it."""

import json
import os
from pathlib import Path

import pytest

from conftest import write
from prodlint.core.config import BASELINE
from prodlint.core.history import History
from samples import sample
from test_changed import git
from test_cli import prodlint

FIRST, SECOND, THIRD = (sample("GitHub token", seed) for seed in (1, 2, 3))
HISTORY = ("--only", "secrets", "--history", "--format", "concise")


def commit(folder: Path, files: dict[str, str | bytes], *gone: str) -> str:
    """The new commit's id."""
    if not (folder / ".git").exists():
        folder.mkdir(exist_ok=True)
        git(folder, "init", "-q")
    write(folder, files)
    for name in gone:
        (folder / name).unlink()
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "a")
    return git(folder, "rev-parse", "HEAD")


def check(folder: Path, *words: str) -> tuple[list[str], str]:
    """Place and commit of each finding, and the notes."""
    done = prodlint(folder, *HISTORY, *words)
    assert done.returncode in (0, 1), done.stderr
    for value in (FIRST, SECOND, THIRD):
        printed = done.stdout + done.stderr
        assert not any(value[at : at + 5] in printed for at in range(3, len(value) - 4))
    found = []
    for line in done.stdout.splitlines():
        place, _, message = line.partition(": ")
        commit = message.partition("(in commit ")[2].partition(",")[0]
        found.append(f"{place} {commit}".strip())
    return found, done.stderr


def test_each_credential_once_where_it_came_first(tmp_path: Path) -> None:
    first = commit(tmp_path, {".env.production": f"A={FIRST}\n"})
    second = commit(tmp_path, {".env.production": f"# more\nA={FIRST}\nB={SECOND}\n"})
    commit(tmp_path, {"copy.env": f"B={SECOND}\n", ".env.production": "A=\n"})
    commit(tmp_path, {"C.env": "A=\n"}, "copy.env")

    assert check(tmp_path) == (
        [f".env.production:1:3 {first[:12]}", f".env.production:3:3 {second[:12]}"],
        "",
    )


def test_what_a_file_still_holds_is_left_to_the_run_on_the_files(tmp_path: Path) -> None:
    commit(tmp_path, {".env.production": f"A={FIRST}\n"})
    commit(tmp_path, {"moved.env": f"TOKEN={FIRST}\n"}, ".env.production")

    assert check(tmp_path)[0] == ["moved.env:1:7"]


def test_other_branches_merges_and_odd_names(tmp_path: Path) -> None:
    commit(tmp_path, {"a.env": "A=\n", "b.env": "B=\n"})
    git(tmp_path, "checkout", "-qb", "topic")
    topic = commit(tmp_path, {"b.env": f"B={FIRST}\n", "ü \n.env": f"B={THIRD}\n"})
    git(tmp_path, "checkout", "-q", "main")
    commit(tmp_path, {"a.env": "A=1\n"})
    git(tmp_path, "merge", "-q", "--no-commit", "topic")
    merge = commit(tmp_path, {"a.env": f"A={SECOND}\n"})
    commit(tmp_path, {"a.env": "A=\n", "b.env": "B=\n"}, "ü \n.env")

    assert sorted(check(tmp_path)[0]) == sorted(
        [f"a.env:1:3 {merge[:12]}", f"b.env:1:3 {topic[:12]}", f"ü \\x0a.env:1:3 {topic[:12]}"]
    )


def test_ignores_of_the_old_version_count(tmp_path: Path) -> None:
    commit(
        tmp_path,
        {
            "a.env": f"# prodlint: ignore[secrets/leaked-token] of a test account\nA={FIRST}\n",
            "b.env": f"A={SECOND} # gitleaks:allow\n",
            ".prodlint.yaml": "exclude: [old/]\n",
            "old/c.env": f"A={THIRD}\n",
            "old.txt": f"A={THIRD}\n",
        },
    )
    commit(tmp_path, {}, "a.env", "b.env", "old/c.env", "old.txt")

    assert check(tmp_path) == ([], "")


def test_guessable_passwords_of_old_are_left(tmp_path: Path) -> None:
    compose = "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: postgres\n"
    commit(tmp_path, {"compose.yaml": compose})
    commit(tmp_path, {}, "compose.yaml")

    assert check(tmp_path) == ([], "")


def test_what_cannot_be_read_is_counted(tmp_path: Path) -> None:
    commit(tmp_path, {"a.env": b"A=\0\n", "b.env": b"\0", "c.env": "A=1\n" * 600_000})
    commit(tmp_path, {"d.env": f"A={FIRST}\n"})
    os.symlink("d.env", tmp_path / "e.env")
    last = commit(tmp_path, {"d.env": f"A={SECOND}\n"}, "a.env", "b.env", "c.env")
    commit(tmp_path, {}, "d.env", "e.env")

    found, notes = check(tmp_path)

    assert [place.split()[0] for place in found] == ["d.env:1:3", "d.env:1:3"]
    assert last[:12] in " ".join(found)
    assert notes == (
        "prodlint: --history: 2 versions of files: binary, not linted\n"
        "prodlint: --history: 1 version of a file: larger than 2 MB, not linted\n"
    )


def test_a_shallow_clone_says_so(tmp_path: Path) -> None:
    commit(tmp_path / "whole", {"a.env": f"A={FIRST}\n"})
    commit(tmp_path / "whole", {"a.env": "A=\n"})
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{tmp_path}/whole", "part")

    assert check(tmp_path / "part") == (
        [],
        "prodlint: --history: the clone is shallow, so older commits are not searched\n",
    )


def test_accepted_in_the_baseline(tmp_path: Path) -> None:
    first = commit(tmp_path, {"a.env": f"A={FIRST}\n"})
    commit(tmp_path, {}, "a.env")
    assert prodlint(tmp_path, "baseline", "--history", "--reason", "revoked").returncode == 0
    assert check(tmp_path) == ([], "")
    assert prodlint(tmp_path, "--only", "secrets").stderr == ""

    for words in (["baseline", "--update"], ["baseline", "--history", "--update"], ["baseline"]):
        prodlint(tmp_path, *words)
        listed = json.loads((tmp_path / BASELINE).read_text())["findings"]
        assert [(entry["path"], entry["history"], entry["reason"]) for entry in listed] == [
            ("a.env", True, "revoked")
        ]
    commit(tmp_path, {"a.env": f"A={SECOND}\n"})
    commit(tmp_path, {}, "a.env")
    assert len(check(tmp_path)[0]) == 1 and first[:12] not in check(tmp_path)[0][0]


def test_nothing_that_the_repository_names_is_run(tmp_path: Path) -> None:
    commit(tmp_path, {"a.env": f"A={FIRST}\n", ".gitattributes": "*.env diff=evil filter=evil\n"})
    commit(tmp_path, {"a.env": "A=\n"})
    for name in ("diff.evil.command", "diff.evil.textconv", "diff.external", "core.fsmonitor"):
        git(tmp_path, "config", name, f"touch {tmp_path}/ran")
    git(tmp_path, "config", "log.showSignature", "true")
    git(tmp_path, "config", "gpg.program", f"{tmp_path}/ran")

    assert len(check(tmp_path)[0]) == 1
    assert not (tmp_path / "ran").exists()


def test_each_content_is_read_once(tmp_path: Path) -> None:
    commit(tmp_path, {"a.env": "A=1\n", "b.env": "A=1\n", "c.txt": "A=1\n"})
    commit(tmp_path, {"a.env": "A=2\n"})
    commit(tmp_path, {"a.env": "A=1\n", "d.env": "A=2\n"})

    versions = list(History(str(tmp_path)).versions(lambda path: path.endswith(".env")))

    assert [version.source.text for version in versions] == ["A=1\n", "A=2\n"]


def test_a_file_of_endless_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        commit(tmp_path, {"log.env": f"A={number}\n" * 10, f"{number}.env": f"B={number}\n"})
    monkeypatch.setattr("prodlint.core.history._MOST_OF_A_FILE", 50)
    history = History(str(tmp_path))

    paths = [version.source.path for version in history.versions(lambda path: True)]

    assert (paths.count("log.env"), len(paths)) == (2, 6)
    assert history.left_out == {"more than 64 MB of one file before it": 2}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--history", "a.env"], "--history is about the whole repository: it takes no paths"),
        (["--history", "--changed-since", "HEAD"], "--history is about the whole repository"),
        (["--history", "--fix"], "--history only tells: it goes without --fix and --diff"),
        (["--history", "--only", "env"], "--history: only secrets looks there"),
        (["--history"], "--history: git cannot read the history here"),
    ],
    ids=str,
)
def test_wrong_words(words: list[str], said: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.env": "A=1\n"})

    done = prodlint(tmp_path, *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"prodlint: {said}")
