"""Every hook id installs and runs in a real repository, under pre-commit and prek, at a real `git commit`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import generated
from conftest import ROOT, write
from samples import sample
from test_changed import git

pytestmark = pytest.mark.slow

BIN = Path(sys.executable).parent
PATH = f"{BIN}{os.pathsep}{os.environ['PATH']}"
RUNNERS = ["pre-commit", "prek"]
IDS = ["prodlint", *(f"prodlint-{hook.name}" for hook in generated.linting())]
BAD = {
    ".env.production": "PORT=8000\nPORT=9000\n",
    "Dockerfile": 'FROM python:3.13-slim\nCMD ["python", "app.py"]\n',
    ".github/workflows/ci.yml": (
        "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest || true\n"
    ),
    "compose.yaml": (
        "services:\n  web:\n    build: .\n    depends_on:\n      db:\n        condition: service_healthy\n"
        "  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: postgres\n"
    ),
}
GOOD = {
    "--config=evil/compose.yaml": "services: {}\n",
    "notes.txt": "nothing to deploy\n",
    ".env.example": "PORT=8000\n",
}


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as it is now, committed: the runners clone it like any other repository of hooks."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("hooks", "schemas"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    for name in (".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    git(copy, "init", "-q")
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "prodlint")
    return copy


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the runners keep what they install, once for all tests."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("GIT_", "PYTHON"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", PATH)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(home / "pre-commit"))
    monkeypatch.setenv("PREK_HOME", str(home / "prek"))
    for variable in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"):
        monkeypatch.setenv(variable, "a")
    for variable in ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(variable, "a@example.com")


def run(folder: Path, *words: str) -> tuple[int, str]:
    """Exit code and what was printed."""
    done = subprocess.run(
        words,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
    )
    return done.returncode, done.stdout


def installed(runner: str) -> str:
    found = shutil.which(runner, path=PATH)
    if found is None:
        pytest.skip(f"{runner} is not installed")
    return found


def repository(folder: Path, checkout: Path, ids: list[str]) -> Path:
    """A repository that uses the hooks of a checkout."""
    lines = [f"repos:\n- repo: {checkout}\n  rev: {git(checkout, 'rev-parse', 'HEAD')}\n  hooks:\n"]
    write(
        folder, {".pre-commit-config.yaml": "".join([*lines, *(f"  - id: {id}\n" for id in ids)])}
    )
    git(folder, "init", "-q")
    return folder


def outcomes(printed: str) -> dict[str, str]:
    """`prodlint-env.....Failed` and so on, by id."""
    lines = [line.split(".") for line in printed.splitlines() if "....." in line]
    return {parts[0].strip(): parts[-1].rpartition(")")[2].strip() for parts in lines}


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("runner", RUNNERS)
def test_commit(runner: str, checkout: Path, tmp_path: Path) -> None:
    folder = repository(tmp_path, checkout, IDS)
    assert run(folder, installed(runner), "install")[0] == 0

    write(folder, GOOD)
    git(folder, "add", "-A")
    code, printed = run(folder, "git", "commit", "-m", "nothing to find")
    assert code == 0, printed
    assert set(outcomes(printed)) == set(IDS)
    assert set(outcomes(printed).values()) <= {"Passed", "Skipped"}
    assert outcomes(printed)["prodlint"] == "Passed"

    before = git(folder, "rev-parse", "HEAD")
    write(folder, BAD)
    git(folder, "add", "-A")
    code, printed = run(folder, "git", "commit", "-m", "something to find")
    assert code == 1, printed
    assert outcomes(printed) == dict.fromkeys(IDS, "Failed")
    assert git(folder, "rev-parse", "HEAD") == before
    for path in BAD:
        assert f"{path}:" in printed


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("runner", RUNNERS)
def test_a_passed_file_brings_up_what_rests_on_it(
    runner: str, checkout: Path, tmp_path: Path
) -> None:
    """The Dockerfile loses its tool; the finding stands in the compose file, which is not part of the commit."""
    compose = (
        "services:\n  web:\n    build: .\n"
        '    healthcheck:\n      test: ["CMD", "curl", "-f", "http://127.0.0.1:3000"]\n'
    )
    folder = repository(tmp_path, checkout, ["prodlint-compose"])
    rest = 'USER node\nCMD ["node", "server.js"]\n'
    write(folder, {"compose.yaml": compose, "Dockerfile": "FROM node:22-bookworm\n" + rest})
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "curl is there")
    assert run(folder, installed(runner), "install")[0] == 0

    write(folder, {"Dockerfile": "FROM node:22-alpine\n" + rest})
    git(folder, "add", "Dockerfile")
    code, printed = run(folder, "git", "commit", "-m", "curl is gone")

    assert code == 1, printed
    assert "compose.yaml:5:" in printed
    assert "[compose/healthcheck-tool-missing]" in printed


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("runner", RUNNERS)
def test_only_what_is_staged_is_read(runner: str, checkout: Path, tmp_path: Path) -> None:
    """The runners put aside what is not staged, so a token counts when it is committed, and only then."""
    folder = repository(tmp_path, checkout, ["prodlint-secrets"])
    assert run(folder, installed(runner), "install")[0] == 0
    good, bad = "A=1\n", f"A={sample('GitHub token')}\n"

    write(folder, {"a.env": good})
    git(folder, "add", "-A")
    write(folder, {"a.env": bad, "not-added.env": bad})
    code, printed = run(folder, "git", "commit", "-m", "the token is not staged")
    assert code == 0, printed
    assert (folder / "a.env").read_text() == bad

    git(folder, "add", "a.env")
    write(folder, {"a.env": good})
    code, printed = run(folder, "git", "commit", "-m", "the token is staged")
    assert code == 1, printed
    assert "a.env:1:3: error" in printed
    assert (folder / "a.env").read_text() == good


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("runner", RUNNERS)
def test_try_repo(runner: str, checkout: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path, BAD)
    git(tmp_path, "add", "-A")

    code, printed = run(
        tmp_path, installed(runner), "try-repo", str(checkout), "prodlint", "--all-files"
    )

    assert code == 1, printed
    assert outcomes(printed) == {"prodlint": "Failed"}
    assert "[dockerfile/root-user]" in printed
