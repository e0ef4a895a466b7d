"""The SARIF report holds what code scanning asks for, and passes the official validator."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from conftest import ROOT, Lint
from prodlint.core import rule
from test_action import _hostile

BINARY = Path(
    os.environ.get("SARIF_MULTITOOL")
    or ROOT / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
)


def _files() -> dict[str, str | bytes]:
    """Every project, and the names and lines of a hostile repository."""
    projects = ROOT / "tests" / "projects"
    paths = [path for path in projects.rglob("*") if path.is_file()]
    files: dict[str, str | bytes] = {
        path.relative_to(projects).as_posix(): path.read_bytes()
        for path in paths
        if not path.name.startswith(".prodlint")
    }
    odd = {"empty/Dockerfile": "", "bom/Dockerfile": "\ufeffFROM python:3.13\r\nCMD x\r\n"}
    return {**files, **odd, **_hostile(), os.fsdecode(b"\xff\xfe.Dockerfile"): "FROM python:3.13\n"}


@pytest.fixture
def sarif(lint: Lint) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(lint(_files(), format="sarif"))
    return report


def _locations(run: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for result in run["results"]:
        assert result["locations"]
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            yield location["physicalLocation"]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def test_structure(sarif: dict[str, Any]) -> None:
    (run,) = sarif["runs"]
    rules = run["tool"]["driver"]["rules"]

    assert (sarif["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "prodlint")
    assert len(run["results"]) > 20
    assert all(_strings(sarif))
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"].endswith(".")
    for each in rules:
        assert each["id"] in rule.all_rule_ids()
        for name in ("shortDescription", "fullDescription"):
            assert 0 < len(each[name]["text"]) <= 1024
        assert each["help"]["text"].startswith(f"# {each['id']}\n")


def test_places_are_of_the_repository(sarif: dict[str, Any]) -> None:
    files = {name.encode(errors="surrogateescape") for name in _files()}

    for place in _locations(sarif["runs"][0]):
        uri, region = place["artifactLocation"]["uri"], place["region"]
        assert uri.isascii()
        assert unquote(uri, errors="surrogateescape").encode(errors="surrogateescape") in files
        start = region["startLine"], region["startColumn"]
        assert (1, 1) <= start < (region["endLine"], region["endColumn"])


def _validated(report: dict[str, Any], folder: Path) -> list[str]:
    """The ids of the validator's rules that a report breaks."""
    given, found = folder / "report.sarif", folder / "found.sarif"
    given.write_text(json.dumps(report), encoding="utf-8")
    subprocess.run(
        [
            *(str(BINARY), "validate", str(given), "--rule-kind", "Sarif;Ghas"),
            *("-o", str(found), "--log", "ForceOverwrite"),
        ],
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        capture_output=True,
        check=True,
    )
    # The exit code is always 0, so what it found is read from its own report.
    (run,) = json.loads(found.read_text(encoding="utf-8-sig"))["runs"]
    return [result["ruleId"] for result in run.get("results", [])]


@pytest.mark.skipif(
    not BINARY.exists(),
    reason="SARIF_MULTITOOL does not name the native binary of npm's @microsoft/sarif-multitool",
)
def test_official_validator(sarif: dict[str, Any], tmp_path: Path) -> None:
    assert _validated(sarif, tmp_path) == []

    for each in sarif["runs"][0]["tool"]["driver"]["rules"]:
        del each["shortDescription"], each["fullDescription"]
    assert "GH2012" in {name.partition(".")[0] for name in _validated(sarif, tmp_path)}
