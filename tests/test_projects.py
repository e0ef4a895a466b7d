"""Whole small repositories: what prodlint prints on each, to the letter."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from conftest import ACCEPT, ROOT
from prodlint.core import config, engine
from prodlint.core.project import Project
from prodlint.report import render

PROJECTS = sorted(path for path in (ROOT / "tests" / "projects").iterdir() if path.is_dir())


def run(folder: Path, copy: Path) -> tuple[engine.Result, Project]:
    shutil.copytree(folder, copy)
    root = str(copy.resolve())
    project = Project(root, config.find(root, None))
    return engine.run(project, engine.Selection()), project


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda path: path.name)
def test_output(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result, project = run(folder, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    printed = render("full", result, project)
    expected = folder.with_name(f"{folder.name}.txt")
    if ACCEPT:
        expected.write_text(printed, encoding="utf-8")

    assert not result.crashes
    assert not result.notes
    assert printed == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda path: path.name)
def test_one_fault_gives_one_finding(folder: Path, tmp_path: Path) -> None:
    """No two findings mark the same or overlapping text, and none says again what another says of its related place."""
    result, _ = run(folder, tmp_path / "copy")
    marked = Counter(
        (finding.span.path, finding.span.start, finding.rule) for finding in result.findings
    )
    missing = {
        finding.rule for finding in result.findings if finding.rule.endswith("/missing-variable")
    }
    faults = {(finding.span.path, finding.span.line): finding.rule for finding in result.findings}

    assert [place for place, count in marked.items() if count > 1 and place[2] not in missing] == []
    assert len({place[:2] for place in marked}) == len(marked)
    for finding in result.findings:
        name = finding.rule.partition("/")[2]
        for place in finding.related:
            other = faults.get((place.span.path, place.span.line), "")
            assert other.partition("/")[2] != name or other == finding.rule


def test_every_path_is_printed_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result, project = run(PROJECTS[0], tmp_path / "copy")
    monkeypatch.chdir(tmp_path)

    for line in render("concise", result, project).splitlines():
        assert line.startswith("copy/")
