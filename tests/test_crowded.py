"""Files with very many faults: what is told of them, and that the work grows as they do."""

import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import Lint, write
from crowded import FAULTS, crowded
from prodlint.core import engine
from prodlint.core.config import Config
from prodlint.core.project import Project
from prodlint.report import render


def calls(root: Path, text: str) -> int:
    """How many functions are called to lint a compose file and to report on it."""
    write(root, {"compose.yaml": text})
    project = Project(str(root.resolve()), Config())
    count = 0

    def called(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        result = engine.run(project, engine.Selection(only=["compose"]))
        render("full", result, project, False)
    finally:
        sys.setprofile(None)
    assert result.crashes == []
    return count


@pytest.mark.parametrize("name", FAULTS)
def test_twice_the_faults_cost_twice_the_calls(name: str, tmp_path: Path) -> None:
    calls(tmp_path, crowded(name, 1))  # what is worked out once

    assert calls(tmp_path, crowded(name, 400)) < 2.2 * calls(tmp_path, crowded(name, 200))


def test_the_first_findings_of_a_rule_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"compose.yaml": crowded("unknown restart policies", engine.MOST + 5)})
    project = Project(str(tmp_path.resolve()), Config())
    result = engine.run(project, engine.Selection(select=["compose/misspelt-restart"]))

    assert len(result.findings) == engine.MOST
    assert result.notes == [
        "compose.yaml: compose/misspelt-restart finds more than 1,000 faults, of which it tells the first"
    ]


def test_no_ignore_is_unused_where_not_all_was_looked_for(lint: Lint) -> None:
    assert lint({"compose.yaml": crowded("ignores", engine.MOST + 5)}, only=["compose"]) == ""
