"""prodlint and `docker compose config` on the same texts: left out where compose is not installed."""

import json
from pathlib import Path

import pytest

from compose_oracle import commands, is_elsewhere, ours, program, theirs
from conftest import ROOT, write
from pages import Case, cases, pages
from prodlint.core import rule
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


COMMANDS = [
    "a && last",
    "a; last",
    "a | tee last",
    "a & last",
    "sh -c 'a' || last",
    "a 2>&1 | last",
    "a --address=http://b/?c&d=last",
    "sh -c 'a && last'",
    'sh -c "a; last"',
    "a \\; last",
    "a 'b;c' \"d|e\" last",
    "a # last",
    "a\n  last",
]


@pytest.mark.skipif(not program(), reason="docker compose is not installed")
def test_commands_end_where_compose_ends_them(tmp_path: Path) -> None:
    services = {f"s{n}": {"image": "a", "command": text} for n, text in enumerate(COMMANDS)}
    write(tmp_path, {"compose.yaml": json.dumps({"services": services})})
    theirs = {
        name for name, words in commands(tmp_path).items() if not any("last" in w for w in words)
    }

    project = Project(str(tmp_path.resolve()), Config())
    document = project.parsed("compose.yaml", rule.hook("compose").parse)
    findings = rule.load("compose/command-cut-short").check(document)

    assert {finding.message.split()[0] for finding in findings} == theirs
