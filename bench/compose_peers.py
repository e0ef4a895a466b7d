"""Compare prodlint with dclint, compose-lint, check-jsonschema and `docker compose config` on compose files.

    python bench/compose_peers.py DIR…

Which of the faults of data/compose_faults.md each tool finds, then how much it says of the compose files of each DIR, which
is a git work tree or a folder of them, and what that costs. The tools are looked up on PATH; one that is not there is left out.
"""

import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from common import ROOT, Ran, run, work_trees  # isort: skip
from compose_oracle import program
from conftest import write
from pages import Case, cases
from prodlint.compose.files import NAMES
from prodlint.core.config import Config
from prodlint.core.project import Project

FAULTS = Path(__file__).parent / "data" / "compose_faults.md"
SCHEMA = "vendor.compose-spec"


class Report(NamedTuple):
    """What a tool says of some files, by rule or in its words; `unread` of them it gave up without a word on the others."""

    said: Counter[str]
    cpu_ms: float
    unread: int = 0


Tool = Callable[[list[str], str], Report]


def dclint(paths: list[str], folder: str) -> Report:
    ran = run(["dclint", "-f", "json", *paths], folder)
    files = parsed(ran)
    if not isinstance(files, list):
        return Report(Counter(), ran.cpu_ms, len(paths))
    return Report(Counter(one["rule"] for file in files for one in file["messages"]), ran.cpu_ms)


def compose_lint(paths: list[str], folder: str) -> Report:
    ran = run(["compose-lint", "check", "--format", "json", *paths], folder)
    report = parsed(ran)
    if not isinstance(report, dict):
        return Report(Counter(), ran.cpu_ms, len(paths))
    return Report(Counter(one["rule_id"] for one in report["findings"]), ran.cpu_ms)


def check_jsonschema(paths: list[str], folder: str) -> Report:
    ran = run(["check-jsonschema", "--builtin-schema", SCHEMA, "-o", "json", *paths], folder)
    report = parsed(ran)
    if not isinstance(report, dict):
        return Report(Counter(), ran.cpu_ms, len(paths))
    said = [one["message"] for one in report.get("errors", [])]
    said += ["cannot be read" for _ in report.get("parse_errors", [])]
    return Report(Counter(said), ran.cpu_ms)


def compose_config(paths: list[str], folder: str) -> Report:
    """The error for which it refuses a file, and its warnings; the files are read alone, but for an override."""
    said = Counter[str]()
    spent = 0.0
    for path in paths:
        where, name = os.path.split(os.path.join(folder, path))
        alone = ["-f", name] if len(paths) > 1 else []
        command = [program() or "", *alone, "config", "--quiet"]
        ran = run(command, where, errors=True)
        spent += ran.cpu_ms
        said.update(
            line.partition("msg=")[2] or line for line in ran.out.decode().splitlines() if line
        )
    return Report(said, spent)


def prodlint(paths: list[str], folder: str) -> Report:
    options = ["--only", "compose", "--format", "json"]
    ran = run([sys.executable, "-m", "prodlint", *options], folder)
    report = parsed(ran)
    assert isinstance(report, dict)
    return Report(Counter(one["rule"] for one in report["findings"]), ran.cpu_ms)


def parsed(ran: Ran) -> object:
    try:
        return json.loads(ran.out)
    except ValueError:
        return None


def tools() -> dict[str, Tool]:
    found: dict[str, Tool] = {}
    for tool in (dclint, compose_lint, check_jsonschema):
        name = tool.__name__.replace("_", "-")
        if shutil.which(name):
            found[name] = tool
    if program():
        found["docker compose config"] = compose_config
    return {**found, "prodlint": prodlint}


def compare_faults(each: dict[str, Tool]) -> None:
    sections = list(cases(FAULTS.read_text(encoding="utf-8")))
    pairs = list(zip(sections[::2], sections[1::2], strict=True))
    found = dict.fromkeys(each, 0)
    for fault, mended in pairs:
        finders = [name for name, tool in each.items() if told(tool, fault) - told(tool, mended)]
        found.update((name, found[name] + 1) for name in finders)
        key, _, title = fault.title.partition(" ")
        print(f"{key:6}{title.partition(': ')[2]:75} {', '.join(finders) or 'nobody'}")
    print(f"\n{len(pairs)} faults, found:", *(f"{n} {name}" for name, n in found.items()), sep="  ")


def told(tool: Tool, case: Case) -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), dict(case.files))
        return tool(["compose.yaml"], folder).said


def compare_totals(folders: list[str], each: dict[str, Tool]) -> None:
    reports: dict[str, list[Report]] = {name: [] for name in each}
    count = 0
    for root in work_trees(folders):
        paths = Project(str(root), Config()).matching(NAMES)
        count += len(paths)
        for name, tool in each.items() if paths else ():
            reports[name].append(tool(paths, str(root)))
    print(f"\n{count} compose files of {len(reports['prodlint'])} repositories")
    print(f"{'tool':22} {'findings':>8} {'a file':>7} {'not read':>8} {'CPU ms a file':>14}")
    for name, mine in reports.items():
        total = sum(report.said.total() for report in mine)
        unread = sum(report.unread for report in mine)
        spent = sum(report.cpu_ms for report in mine) / count
        print(f"{name:22} {total:8} {total / count:7.1f} {unread:8} {spent:14.1f}")


def main(folders: list[str]) -> int:
    os.environ["PYTHONPATH"] = str(ROOT / "hooks")
    each = tools()
    compare_faults(each)
    if folders:
        compare_totals(folders, each)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
