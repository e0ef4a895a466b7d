"""A finding names every file whose content it rests on, and is reported when only that file was passed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, write
from pages import Case, cases, pages
from prodlint.core import config, engine
from prodlint.core.finding import Finding
from prodlint.core.project import Project

HOOKS = ("dockerfile", "compose", "ci")
# It searches the code of a repository, and a hook that ran on each change of it would run on every commit.
READS_CODE = ("compose/healthcheck-localhost-ipv6",)
# They look at a manifest only to see that it names more than a few packages, or what the software is called, and at code only
# to see that there is any.
COUNTS = (
    "dockerfile/copy-before-install",
    "compose/development-in-production",
    "compose/untagged-image",
)
# A chain of calls or includes names its two ends, and not what is between them.
BETWEEN = (("ci/indirect-swallow", "Makefile"), ("ci/swallowed-failure", ".gitlab-ci.yml"))


def sections() -> Iterator[tuple[str, Case]]:
    """Those with output and more than one file, by rule."""
    for key, path in pages(ROOT).items():
        rule_id = key.removeprefix("cases:")
        if rule_id.startswith(HOOKS):
            for case in cases(path.read_text(encoding="utf-8")):
                if case.expected and len(case.files) > 1:
                    yield rule_id, case


SECTIONS = [pytest.param(*each, id=f"{each[0]}: {each[1].title}") for each in sections()]


def lint(
    folder: Path, files: dict[str, str], rule_id: str, passed: str | None = None
) -> dict[tuple[str, int], Finding]:
    write(folder, dict(files))
    root = str(folder.resolve())
    project = Project(root, config.find(root, None))
    selection = engine.Selection(select=[rule_id])
    result = engine.run(project, selection, None if passed is None else [passed])
    return {(finding.span.path, finding.span.start): finding for finding in result.findings}


@pytest.mark.parametrize(("rule_id", "case"), SECTIONS)
def test_each_file_that_it_names_is_enough(rule_id: str, case: Case, tmp_path: Path) -> None:
    for place, finding in lint(tmp_path, case.files, rule_id).items():
        for path in finding.paths:
            again = lint(tmp_path, case.files, rule_id, path)
            assert place in again or rule_id in READS_CODE, path


@pytest.mark.parametrize(("rule_id", "case"), SECTIONS)
def test_it_names_each_file_that_it_needs(rule_id: str, case: Case, tmp_path: Path) -> None:
    found = lint(tmp_path, case.files, rule_id)
    for path in (path for path in case.files if path != ".prodlint.yaml"):
        left = lint(tmp_path, {**case.files, path: ""}, rule_id)
        gone = [found[place] for place in found if place[0] != path and place not in left]

        named = all(path in finding.paths for finding in gone)
        assert named or rule_id in COUNTS or (rule_id, path) in BETWEEN, path
