"""The faults on which the benchmark compares tools: each is found, and nothing is said of the files without it."""

from pathlib import Path

import pytest

from conftest import ROOT, write
from pages import Case, cases
from prodlint.core import config, engine
from prodlint.core.project import Project

SECTIONS = list(cases((ROOT / "bench/data/compose_faults.md").read_text(encoding="utf-8")))
# Off by default.
NOT_FOUND = ("HC21",)


@pytest.mark.parametrize("case", SECTIONS, ids=lambda case: case.title.partition(":")[0])
def test_fault(case: Case, tmp_path: Path) -> None:
    key, rule, *_ = case.title.replace(":", " ").split()
    expected = [] if rule == "mended" or key in NOT_FOUND else [f"compose/{rule}"]
    write(tmp_path, dict(case.files))
    root = str(tmp_path.resolve())

    result = engine.run(Project(root, config.find(root, None)), engine.Selection(["compose"]))

    assert [finding.rule for finding in result.findings] == expected
