"""`--changed-since COMMIT`: only what rests on a changed file is reported, and the commit is never an option of git."""

import subprocess
from pathlib import Path

import pytest

from conftest import write
from test_cli import prodlint

BAD = "FROM python:3.13-slim\nENTRYPOINT python app.py || true\n"


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", *who, "-c", "init.defaultBranch=main", *words],
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout.strip()


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """A branch that left main at A; main has gone on since."""
    write(tmp_path, {"a/Dockerfile": BAD, "b/Dockerfile": BAD, "c/Dockerfile": BAD})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "A")
    git(tmp_path, "checkout", "-qb", "topic")
    git(tmp_path, "checkout", "-q", "main")
    write(tmp_path, {"a/Dockerfile": BAD + "\n"})
    git(tmp_path, "commit", "-qam", "main goes on")
    git(tmp_path, "checkout", "-q", "topic")
    git(tmp_path, "rm", "-q", "c/Dockerfile")
    write(tmp_path, {"b/Dockerfile": BAD + "\n"})
    git(tmp_path, "commit", "-qam", "B")
    return tmp_path


def reported(folder: Path, *words: str) -> set[str]:
    done = prodlint(folder, "--format", "concise", *words)
    assert done.stderr == ""
    return {line.partition(":")[0] for line in done.stdout.splitlines()}


def test_only_changed_files(branch: Path) -> None:
    assert reported(branch) == {"a/Dockerfile", "b/Dockerfile"}
    assert reported(branch, "--changed-since", "main") == {"b/Dockerfile"}


def test_work_that_is_not_committed_counts(branch: Path) -> None:
    write(branch, {"d/Dockerfile": BAD, "a/Dockerfile": BAD + "\n\n"})

    assert reported(branch, "--changed-since", "HEAD") == {"a/Dockerfile", "d/Dockerfile"}
    assert reported(branch, "--changed-since", "HEAD", "d") == {"d/Dockerfile"}


@pytest.mark.parametrize("commit", ["nowhere", "--output=stolen", "--no-index", ""])
def test_a_commit_that_git_cannot_find(branch: Path, commit: str) -> None:
    done = prodlint(branch, f"--changed-since={commit}")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"prodlint: --changed-since {commit}: git cannot compare with it\n"
    assert not (branch / "stolen").exists()


def test_without_git(tmp_path: Path) -> None:
    done = prodlint(tmp_path, "--changed-since", "HEAD")

    assert done.returncode == 2
    assert done.stderr == "prodlint: --changed-since HEAD: git cannot compare with it\n"
