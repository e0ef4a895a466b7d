"""prodlint and `docker compose config` on the examples of the pages: left out where compose is not installed."""

from pathlib import Path

import pytest

from compose_oracle import is_elsewhere, ours, program, theirs
from conftest import ROOT, write
from pages import Case, cases, pages
from prodlint.core.config import Config
from prodlint.core.project import Project

CASES = [
    pytest.param(case, id=f"{name}: {case.title}")
    for name, page in pages(ROOT).items()
    if name.endswith(("compose/invalid-compose", "-dependency", "dependency-cycle"))
    for case in cases(page.read_text(encoding="utf-8"))
]
FIRST = ("compose.yaml", "docker-compose.yml")


@pytest.mark.skipif(not program(), reason="docker compose is not installed")
@pytest.mark.parametrize("case", CASES)
def test_agrees_with_compose(case: Case, tmp_path: Path) -> None:
    write(tmp_path, case.files)
    path = next((name for name in FIRST if name in case.files), None)
    if path is None:
        pytest.skip("no file that compose loads by itself")
    if "compose.override.yaml" in case.files:
        pytest.skip("compose is given the first file alone")
    project = Project(str(tmp_path.resolve()), Config())
    errors, invalid = ours(project, path)
    reason = theirs(tmp_path, path)

    if reason is None:
        assert invalid == []
    else:
        assert errors or invalid or is_elsewhere(reason, case.files[path]), reason
