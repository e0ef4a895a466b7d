"""Every section of every rule page, and of every page of further cases."""

from pathlib import Path

import pytest

import pages
from conftest import ACCEPT, ROOT, Lint

PAGES = pages.pages(ROOT)
CASES = [
    pytest.param(name.removeprefix("cases:"), path, case, id=f"{name}: {case.title}")
    for name, path in PAGES.items()
    for case in pages.cases(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("rule", "path", "case"), CASES)
def test_section(rule: str, path: Path, case: pages.Case, lint: Lint) -> None:
    # An ignore is unused only when the rule that it names ran, so the rules on ignores need the others beside them.
    lines = lint(case.files, select=[] if rule.startswith("ignore/") else [rule]).splitlines(
        keepends=True
    )
    printed = "".join(line for line in lines if line.endswith(f" [{rule}]\n"))
    if ACCEPT and printed != case.expected:
        text = pages.rewritten(path.read_text(encoding="utf-8"), {case.title: printed})
        path.write_text(text, encoding="utf-8")
    assert printed == case.expected or ACCEPT


@pytest.mark.parametrize("path", [pytest.param(path, id=name) for name, path in PAGES.items()])
def test_page_shows_a_fault_and_a_clean_file(path: Path) -> None:
    cases = list(pages.cases(path.read_text(encoding="utf-8")))
    titles = [case.title for case in cases]

    assert len(titles) == len(set(titles))
    assert any(case.expected for case in cases)
    assert "cases" in path.parts or any(not case.expected for case in cases)
