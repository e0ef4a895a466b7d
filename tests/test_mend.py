"""`--fix` and `--diff`, as a user calls them."""

import os
from pathlib import Path

import pytest

from conftest import write
from prodlint.cli import main
from test_cli import prodlint

WORKFLOW = """\
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm run lint || true   # for now
      - run: 'npm test || :'
      - run: |
          npm run build || exit 0
          npx vitest run \\
            || true
          docker rm -f db || true
      - run: npm run e2e
"""
MENDED = """\
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm run lint   # for now
      - run: 'npm test'
      - run: |
          npm run build
          npx vitest run \\
            || true
          docker rm -f db || true
      - run: npm run e2e
"""
PACKAGE = '{"scripts": {"lint": "eslint .", "test": "jest", "build": "tsc", "e2e": "cypress run || true"}}\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {".github/workflows/ci.yml": WORKFLOW, "package.json": PACKAGE})
    return tmp_path


def test_fix_drops_what_swallows_and_keeps_all_else(project: Path) -> None:
    done = prodlint(project, "--only", "ci", "--fix", "--format", "concise")
    assert (project / ".github/workflows/ci.yml").read_text() == MENDED
    assert (project / "package.json").read_text() == PACKAGE.replace(" || true", "")
    assert (
        done.stderr == "prodlint: mended .github/workflows/ci.yml\nprodlint: mended package.json\n"
    )
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1
    assert ":12:" in done.stdout


def test_diff_shows_the_same_and_writes_nothing(project: Path) -> None:
    done = prodlint(project, "--only", "ci", "--diff")
    assert (project / ".github/workflows/ci.yml").read_text() == WORKFLOW
    assert "-      - run: npm run lint || true   # for now\n" in done.stdout
    assert "+      - run: npm run lint   # for now\n" in done.stdout
    assert done.returncode == 1


def test_nothing_to_mend(project: Path) -> None:
    prodlint(project, "--only", "ci", "--fix")
    done = prodlint(project, "--only", "ci", "--diff")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_finding_that_is_ignored_is_not_mended(project: Path) -> None:
    text = WORKFLOW.replace("# for now", "# prodlint: ignore[ci/swallowed-failure] for now")
    write(project, {".github/workflows/ci.yml": text})
    prodlint(project, "--only", "ci", "--fix")
    assert "npm run lint || true" in (project / ".github/workflows/ci.yml").read_text()


def test_a_file_that_cannot_be_written_is_one_line(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*names: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.chdir(project)
    monkeypatch.setattr(os, "replace", refuse)
    assert main(["--only", "ci", "--fix"]) == 2
    assert capsys.readouterr().err == "prodlint: .github/workflows/ci.yml: permission denied\n"
    assert (project / ".github/workflows/ci.yml").read_text() == WORKFLOW
    assert sorted(os.listdir(project / ".github/workflows")) == ["ci.yml"]
