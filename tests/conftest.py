"""What the tests share: a small repository made of texts, and what prodlint says of it."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from prodlint.core import config, engine
from prodlint.core.project import Project
from prodlint.report import render

# Seconds of CPU: hostile input takes a few on a slow machine, and minutes where time grows with its square.
HANGS = 60
ROOT = Path(__file__).resolve().parent.parent
ACCEPT = bool(os.environ.get("ACCEPT"))

Lint = Callable[..., str]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a linter has no business on the network")

    for name in ("connect", "connect_ex", "sendto", "sendmsg"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "PRE_COMMIT", "FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PRODLINT_DATE", "2026-11-24")


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """`lint({path: text}, select=[rule], only=[hook], passed=[path], format=…)` -> what is printed."""

    def run(
        files: dict[str, str | bytes],
        *,
        select: list[str] | None = None,
        only: list[str] | None = None,
        passed: list[str] | None = None,
        format: str = "concise",
    ) -> str:
        write(tmp_path, files)
        root = str(tmp_path.resolve())
        project = Project(root, config.find(root, None))
        selection = engine.Selection(only or (), select or ())
        result = engine.run(project, selection, passed)
        assert not result.crashes
        here = os.getcwd()
        os.chdir(root)
        try:
            return render(format, result, project)
        finally:
            os.chdir(here)

    return run
