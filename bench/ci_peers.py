"""Compare prodlint's ci hook with zizmor, actionlint, shellcheck, check-jsonschema and a grep for `|| true` on workflows.

    python bench/ci_peers.py [SAMPLE.jsonl] DIR…

Counts what each says on failures that are lost, and on anything, in the distinct workflows below the folders, and what that
costs in user + system time, for all in one run and for one file. With a sample, as for ci_sample.py, also how many of its
harmful and of its legitimate pieces each reports as a lost failure. A tool that is not on PATH is left out. Exits 1 when
prodlint costs as much as zizmor.
"""

import hashlib
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from common import ROOT, run, text  # isort: skip
import ci_sample

from prodlint.core.source import Source
from prodlint.core.yaml import find, load, mapping, sequence

ROUNDS = 7
WORKFLOW = re.compile(r"/\.github/workflows/[^/]+\.ya?ml$")
# prodlint's rules on failures that are lost; the checks of others that come near to it.
LOST = {
    *(f"ci/{rule}" for rule in (*ci_sample.RULES, "continue-on-error", "indirect-swallow")),
    *("ci/hollow-status-job", "ci/gate-cannot-fail", "|| true", "SC2310", "SC2311", "SC2312"),
}


class Report(NamedTuple):
    """The file and the id of each finding, and what the run cost."""

    found: list[tuple[str, str]]
    cpu_ms: float


def workflows(folders: list[str]) -> dict[str, str]:
    """The distinct workflows by a name for them, those that are no text left out."""
    found: dict[str, str] = {}
    for folder in folders:
        for top, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if name not in (".git", "node_modules"))
            for path in sorted(os.path.join(top, name) for name in names):
                content = text(path) if WORKFLOW.search(path) else None
                if content is not None:
                    found.setdefault(hashlib.sha256(content.encode()).hexdigest()[:12], content)
    return {f"{digest}.yml": content for digest, content in found.items()}


def zizmor(folder: str, names: list[str]) -> Report:
    ran = run(["zizmor", "--offline", "--no-exit-codes", "--format", "json", *names], folder)
    found = []
    for one in json.loads(ran.out or b"[]"):
        place = one["locations"][0]["symbolic"]["key"]["Local"]
        path = place.get("given_path") or place["verbatim_path"]
        found.append((os.path.basename(path), one["ident"]))
    return Report(found, ran.cpu_ms)


def actionlint(folder: str, names: list[str]) -> Report:
    command = ["actionlint", "-shellcheck=", "-pyflakes=", "-format", "{{json .}}", *names]
    ran = run(command, folder)
    found = [
        (os.path.basename(one["filepath"]), one["kind"]) for one in json.loads(ran.out or b"[]")
    ]
    return Report(found, ran.cpu_ms)


def shellcheck(folder: str, names: list[str]) -> Report:
    """On each script by itself, as GitHub's default shell would run it, with every optional check."""
    scripts = Path(folder, "scripts")
    scripts.mkdir(exist_ok=True)
    written = []
    for name in names:
        content = Path(folder, name).read_text("utf-8")
        for number, script in enumerate(runs(Source(name, content))):
            path = scripts / f"{os.path.basename(name)}.{number}.sh"
            path.write_text(f"#!/bin/bash -e\n{script}", "utf-8")
            written.append(str(path))
    if not written:
        return Report([], 0)
    ran = run(["shellcheck", "-o", "all", "-f", "json", *written], folder)
    found = [
        (os.path.basename(one["file"]).rsplit(".", 2)[0], f"SC{one['code']}")
        for one in json.loads(ran.out or b"[]")
    ]
    return Report(found, ran.cpu_ms)


def check_jsonschema(folder: str, names: list[str]) -> Report:
    options = ["--builtin-schema", "vendor.github-workflows", "-o", "JSON"]
    ran = run(["check-jsonschema", *options, *names], folder)
    errors = json.loads(ran.out or b"{}").get("errors", [])
    return Report([(os.path.basename(one["filename"]), "schema") for one in errors], ran.cpu_ms)


def grep(folder: str, names: list[str]) -> Report:
    ran = run(["grep", "-HnE", r"\|\|[[:space:]]*(true|:)", *names], folder)
    lines = [line.split(":", 1)[0] for line in ran.out.decode("utf-8", "replace").splitlines()]
    return Report([(os.path.basename(name), "|| true") for name in lines], ran.cpu_ms)


def prodlint(folder: str, names: list[str]) -> Report:
    # As the installed script starts it.
    start = [sys.executable, "-c", "from prodlint.cli import run; run()"]
    command = [*start, "--only", "ci", "--format", "json", *names]
    ran = run(command, folder)
    found = json.loads(ran.out)["findings"]
    return Report([(os.path.basename(one["path"]), one["rule"]) for one in found], ran.cpu_ms)


TOOLS: dict[str, Callable[[str, list[str]], Report]] = {
    "grep": grep,
    "zizmor": zizmor,
    "actionlint": actionlint,
    "shellcheck": shellcheck,
    "check-jsonschema": check_jsonschema,
    "prodlint": prodlint,
}


def runs(source: Source) -> list[str]:
    """The scripts of a workflow."""
    documents = load(source).documents
    jobs = mapping(mapping(documents[0] if documents else None).get("jobs"))
    steps = [step for _, job in jobs.items() for step in sequence(find(job, "steps"))]
    scripts = [node.text for node in (find(step, "run") for step in steps) if node]
    return [re.sub(r"\$\{\{.*?\}\}", "expression", script) for script in scripts]


def written(folder: str, files: dict[str, str]) -> list[str]:
    """The files as the workflows of a repository."""
    below = Path(folder, ".github", "workflows")
    below.mkdir(parents=True)
    for name, content in files.items():
        (below / name).write_text(content, "utf-8")
    os.system(f"git init -q '{folder}' && git -C '{folder}' add -A")
    return [f".github/workflows/{name}" for name in files]


def compare(files: dict[str, str], tools: list[str]) -> dict[str, float]:
    """Print what each tool finds and costs; the costs of one run over all by tool, as multiples of zizmor's."""
    with tempfile.TemporaryDirectory() as folder:
        names = written(folder, files)
        middle = sorted(files, key=lambda name: len(files[name]))[len(files) // 2]
        one = [f".github/workflows/{middle}"]
        print(f"{len(files)} workflows")
        print(f"{'tool':17} {'lost':>6} {'files':>6} {'any':>7} {'all, ms':>9} {'one, ms':>9}")
        costs: dict[str, list[float]] = {}
        for tool in tools:
            reports = [TOOLS[tool](folder, names) for _ in range(3)]
            lost = [name for name, rule in reports[0].found if rule in LOST]
            whole = statistics.median(report.cpu_ms for report in reports)
            single = statistics.median(TOOLS[tool](folder, one).cpu_ms for _ in range(ROUNDS))
            costs[tool] = [whole, single]
            counts = f"{len(lost):6} {len(set(lost)):6} {len(reports[0].found):7}"
            print(f"{tool:17} {counts} {whole:9.0f} {single:9.1f}")
    if "zizmor" not in costs:
        return {}
    names = ["all workflows in one run", "one file"]
    pairs = zip(names, costs["prodlint"], costs["zizmor"], strict=True)
    return {name: ours / theirs for name, ours, theirs in pairs}


def judge(sample: str, tools: list[str]) -> None:
    rows = ci_sample.read(sample)
    files = {f"{number}.yml": row.workflow for number, row in enumerate(rows)}
    labels = {f"{number}.yml": row.label for number, row in enumerate(rows)}
    harmful = sum(label == "harmful" for label in labels.values())
    print(
        f"\n{len(rows)} labelled pieces, {harmful} of them harmful, each in a workflow of its own"
    )
    print(f"{'tool':17} {'found':>6} {'false':>6} {'missed':>7}")
    with tempfile.TemporaryDirectory() as folder:
        names = written(folder, files)
        for tool in tools:
            said = {name for name, rule in TOOLS[tool](folder, names).found if rule in LOST}
            found, wrong = (
                sum(labels[name] == label for name in said) for label in ("harmful", "legit")
            )
            print(f"{tool:17} {found:6} {wrong:6} {harmful - found:7}")


def main(arguments: list[str]) -> int:
    os.environ["PYTHONPATH"] = str(ROOT / "hooks")
    samples = [one for one in arguments if one.endswith(".jsonl")]
    folders = [os.path.abspath(one) for one in arguments if one not in samples]
    tools = [tool for tool in TOOLS if tool == "prodlint" or shutil.which(tool)]
    ratios = compare(workflows(folders), tools)
    for sample in samples:
        judge(sample, tools)
    for name, ratio in ratios.items():
        print(f"prodlint costs {ratio:.2f} times what zizmor does on {name}")
    return int(any(ratio >= 1 for ratio in ratios.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
