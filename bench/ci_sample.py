"""Score prodlint's ci hook on labelled pieces of CI scripts: precision and recall of its errors, by the form of the piece.

    python bench/ci_sample.py SAMPLE [DIR…]

A line of SAMPLE is a JSON object with `snippet`, the piece as it stands in a script; `in_substitution`, whether that is
in `$( )`; `form`, such as `noop` for `|| true`; `label`: `harmful`, `legit` or `ambiguous`, which counts neither way; `category`,
the reason; `step`, the name of its step, if any; `file`, which ends in `owner+name/path`, and `step_line`, the line of its step. Where a DIR has that repository and
the file still has the piece, the piece is judged there, otherwise alone. An install that is lost is expected to be a warning,
whatever else is harmful an error. Exits 1 under 95 % precision or 92 % recall, or when an error is reported on a legitimate piece.
"""

import json
import os
import re
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

# It puts prodlint on the path.
import common  # noqa: F401  # isort: skip
from prodlint.core import config, engine
from prodlint.core.finding import ERROR, WARNING, Finding
from prodlint.core.project import Project

RULES = (
    "swallowed-failure",
    "errexit-off",
    "pipe-hides-failure",
    "unchecked-deploy-call",
)
HEAD = "on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n"
INSTALL = "dependency install"
PRECISION, RECALL = 0.95, 0.92


class Row(NamedTuple):
    file: str
    line: int
    form: str
    label: str
    category: str
    step: str
    snippet: str

    @property
    def workflow(self) -> str:
        head = f"{HEAD}      - name: {json.dumps(self.step)}\n        run: |\n"
        return head + "".join(f"          {line}\n" for line in self.snippet.split("\n"))


def read(path: str) -> list[Row]:
    rows = []
    for line in Path(path).read_text("utf-8").splitlines():
        given = json.loads(line)
        snippet = given["snippet"]
        if given["in_substitution"]:
            snippet = f"value=$({snippet}\n)"
        at, step = given["step_line"] or 0, given.get("step") or ""
        told = (given["form"], given["label"], given["category"])
        rows.append(Row(given["file"], at, *told, step, snippet))
    return rows


def linted(root: str, paths: list[str] | None = None) -> dict[str, list[Finding]]:
    """By path, what the rules report."""
    selection = engine.Selection(["ci"], [f"ci/{rule}" for rule in RULES])
    root = os.path.realpath(root)
    result = engine.run(Project(root, config.find(root, None)), selection, paths, baseline=False)
    found: dict[str, list[Finding]] = defaultdict(list)
    for one in result.findings:
        found[one.span.path].append(one)
    return found


def alone(rows: list[Row]) -> list[set[str]]:
    """For each row the levels of what prodlint reports on the piece by itself."""
    with tempfile.TemporaryDirectory() as folder:
        workflows = Path(folder, ".github", "workflows")
        workflows.mkdir(parents=True)
        for number, row in enumerate(rows):
            (workflows / f"{number}.yml").write_text(row.workflow, "utf-8")
        found = linted(folder)
    paths = [f".github/workflows/{number}.yml" for number in range(len(rows))]
    return [{one.level for one in found.get(path, ())} for path in paths]


def in_place(row: Row, folders: list[str]) -> set[str] | None:
    """The same within its repository, or None when that has no such piece."""
    _, _, rest = row.file.partition("/")
    repository, _, path = rest.partition("/")
    for folder in folders:
        root = os.path.join(folder, repository)
        if not os.path.isfile(os.path.join(root, path)):
            continue
        lines = Path(root, path).read_text("utf-8").split("\n")
        first, *more = row.snippet.split("\n")
        pattern = re.compile(re.sub("_{3,}", ".*", re.escape(first.strip())))
        for number, line in enumerate(lines[row.line - 1 :], row.line):
            if pattern.search(line):
                found = linted(root, [path]).get(path, [])
                return {one.level for one in found if 0 <= one.span.line - number <= len(more)}
    return None


def judged(rows: list[Row], folders: list[str]) -> list[bool]:
    """Whether prodlint reports each row at the level that it should have."""
    levels = alone(rows)
    said = []
    for row, by_itself in zip(rows, levels, strict=True):
        there = in_place(row, folders) if row.line else None
        found = by_itself if there is None else there
        said.append((WARNING if row.category == INSTALL else ERROR) in found)
    return said


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def main(path: str, *folders: str) -> int:
    rows = read(path)
    said = judged(rows, list(folders))
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for number, row in enumerate(rows):
        for form in (row.form, "all"):
            table[form][f"{row.label}, {'reported' if said[number] else 'silent'}"] += 1
        if said[number] is (row.label == "legit") and row.label != "ambiguous":
            kind = "false" if said[number] else "missed"
            print(f"{kind}: {row.form}, {row.category}: {' '.join(row.snippet.split())[:100]}")
    print(
        f"\n{'form':8} {'rows':>5} {'found':>6} {'missed':>7} {'false':>6} {'precision':>10} {'recall':>7}"
    )
    for form, counts in sorted(table.items(), key=lambda item: item[1].total()):
        found, missed, wrong = (
            counts[key] for key in ("harmful, reported", "harmful, silent", "legit, reported")
        )
        precision, recall = share(found, found + wrong), share(found, found + missed)
        print(
            f"{form:8} {counts.total():5} {found:6} {missed:7} {wrong:6} {precision:10.1%} {recall:7.1%}"
        )
    return int(precision < PRECISION or recall < RECALL or wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
