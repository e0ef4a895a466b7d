"""Compare prodlint with hadolint and checkov on Dockerfiles: what each finds and misses, cannot parse, and costs.

    python bench/dockerfile_peers.py DIR…

A DIR holds repositories, each in a folder `owner+name`. The tools are looked up on PATH; one that is not there is left
out. Only a file that data/dockerfile_labels.jsonl knows by its SHA-256 is judged. Costs are user + system time.
"""

import hashlib
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from common import ROOT, dockerfiles, run, text  # isort: skip
from buildkit_oracle import ours, theirs
from prodlint.core import config, engine
from prodlint.core.project import Project

LABELS = Path(__file__).parent / "data" / "dockerfile_labels.jsonl"


class Fault(NamedTuple):
    """The labels that say that a file has it, and the rules of each tool that report it."""

    labels: set[str]
    rules: set[str]


FAULTS = {
    "root": Fault({"yes"}, {"DL3002", "CKV_DOCKER_3", "CKV_DOCKER_8", "dockerfile/root-user"}),
    "healthcheck": Fault(
        {"missing", "void"},
        {
            "DL3057",
            "CKV_DOCKER_2",
            "dockerfile/missing-healthcheck",
            "dockerfile/unshipped-healthcheck",
            "dockerfile/healthcheck-tool-missing",
            "dockerfile/healthcheck-cannot-fail",
            "compose/missing-healthcheck",
            "compose/healthcheck-tool-missing",
        },
    ),
    "stage": Fault(
        {"development-stage", "build-tools", "development-dependencies"},
        {
            "DL3067",
            "dockerfile/development-stage-shipped",
            "dockerfile/build-tools-shipped",
            "dockerfile/dev-dependencies-shipped",
        },
    ),
}


class File(NamedTuple):
    """A Dockerfile, by the folder of its repository and its path in there."""

    repository: str
    path: str

    @property
    def full(self) -> str:
        return os.path.join(self.repository, self.path)


class Label(NamedTuple):
    """One line of LABELS."""

    repository: str
    path: str
    sha256: str
    root: str
    healthcheck: str
    stage: str
    reason: str


class Report(NamedTuple):
    """The ids of what a tool found in each file, and what the run cost."""

    found: list[set[str]]
    total: int
    unread: int
    cpu_ms: float


def digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def labelled(folders: list[str]) -> dict[File, Label]:
    known = [Label(**json.loads(line)) for line in LABELS.read_text("utf-8").splitlines()]
    files = {
        File(os.path.join(folder, label.repository.replace("/", "+", 1)), label.path): label
        for label in known
        for folder in folders
    }
    return {
        file: label
        for file, label in files.items()
        if os.path.isfile(file.full) and digest(file.full) == label.sha256
    }


def hadolint(names: list[str], folder: str) -> Report:
    """With DL3057 (no HEALTHCHECK), which it leaves out by default, and is not counted in the total."""
    ran = run(["hadolint", "--no-fail", "--info", "DL3057", "-f", "json", *names], folder)
    found: list[set[str]] = [set() for _ in names]
    places = {name: number for number, name in enumerate(names)}
    codes = Counter[str]()
    for finding in json.loads(ran.out):
        found[places[finding["file"]]].add(finding["code"])
        codes[finding["code"]] += 1
    return Report(found, codes.total() - codes["DL3057"], codes["DL1000"], ran.cpu_ms)


def checkov(names: list[str], folder: str) -> Report:
    options = ["--framework", "dockerfile", "--compact", "--skip-download", "-o", "json"]
    ran = run(["checkov", "-d", ".", *options], folder)
    results = json.loads(ran.out)["results"]
    found: list[set[str]] = [set() for _ in names]
    places = {f"/{name}": number for number, name in enumerate(names)}
    for finding in results["failed_checks"]:
        found[places[finding["file_path"]]].add(finding["check_id"])
    unread = len(results["parsing_errors"])
    return Report(found, len(results["failed_checks"]), unread, ran.cpu_ms)


def prodlint(files: Iterable[File], hooks: list[str]) -> Report:
    """Each file within its repository, as a commit of the file would lint it."""
    options = [word for hook in hooks for word in ("--only", hook)]
    command = [sys.executable, "-m", "prodlint", *options, "--format", "json"]
    found: list[set[str]] = []
    total = unread = 0
    spent = 0.0
    for file in files:
        ran = run([*command, file.path], file.repository)
        spent += ran.cpu_ms
        here = [one for one in json.loads(ran.out)["findings"] if rests_on(one, file.path)]
        found.append({one["rule"] for one in here})
        total += len(here)
        unread += "dockerfile/syntax" in found[-1]
    return Report(found, total, unread, spent)


def rests_on(finding: dict[str, object], path: str) -> bool:
    related = finding["related"]
    assert isinstance(related, list)
    return path in (finding["path"], *(place["path"] for place in related))


def hook_ms(files: Iterable[File]) -> list[float]:
    """What the whole dockerfile hook costs for each file within its repository, in a process that has started.

    The first file of a repository pays for what the hook reads of the others, though not for the list of their names.
    """
    projects: dict[str, Project] = {}
    spent = []
    for file in files:
        if file.repository not in projects:
            root = os.path.realpath(file.repository)
            projects[file.repository] = project = Project(root, config.find(root, None))
            assert project.files
        start = time.process_time()
        engine.run(projects[file.repository], engine.Selection(["dockerfile"]), [file.path])
        spent.append((time.process_time() - start) * 1000)
    return spent


def judge(labels: list[Label], reports: dict[str, Report]) -> None:
    print(f"{len(labels)} labelled Dockerfiles")
    print(f"{'fault':11} {'files':>5}" + "".join(f"{tool:>21}" for tool in reports))
    print(" " * 17 + "   found false missed" * len(reports))
    wrong = []
    for name, fault in FAULTS.items():
        # What the repository does not tell is neither found nor missed.
        known = [n for n, label in enumerate(labels) if getattr(label, name) != "unknown"]
        faulty = {n for n in known if getattr(labels[n], name) in fault.labels}
        row = f"{name:11} {len(faulty):5} "
        for tool, report in reports.items():
            said = {n for n in known if report.found[n] & fault.rules}
            row += f"{len(said & faulty):8}{len(said - faulty):6}{len(faulty - said):7}"
            if tool == "prodlint":
                wrong += [f"{name}, false: {shown(labels[n])}" for n in sorted(said - faulty)]
                wrong += [f"{name}, missed: {shown(labels[n])}" for n in sorted(faulty - said)]
        print(row)
    print("\nprodlint is wrong on", *wrong, "", sep="\n    ")


def shown(label: Label) -> str:
    return f"{label.repository}/{label.path}: {label.reason}"


def compare_labelled(files: dict[File, Label]) -> None:
    reports: dict[str, Report] = {}
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, file in enumerate(files):
            # Some tools go by the name.
            names.append(f"{number}/Dockerfile")
            Path(folder, str(number)).mkdir()
            shutil.copyfile(file.full, Path(folder, names[-1]))
        for tool in (hadolint, checkov):
            if shutil.which(tool.__name__):
                reports[tool.__name__] = tool(names, folder)
    reports["prodlint"] = prodlint(files, ["dockerfile"])
    reports["with compose"] = prodlint(files, ["dockerfile", "compose"])
    judge(list(files.values()), reports)
    print(f"{'tool':12} {'findings a file':>15} {'not read':>8}")
    for tool, report in reports.items():
        print(f"{tool:12} {report.total / len(files):15.1f} {report.unread:8}")
    if "checkov" in reports:
        print(f"checkov: {reports['checkov'].cpu_ms / len(files):.1f} ms a file in one run")
    print()


def compare_all(folders: list[str]) -> None:
    """What hadolint and prodlint cannot read of what BuildKit reads, and what they cost, over all distinct files."""
    distinct: dict[str, File] = {}
    read = set()
    for folder in folders:
        for entry in sorted(os.listdir(folder)):
            repository = os.path.join(folder, entry)
            for path in dockerfiles([repository]):
                key = digest(path)
                written = text(path)
                if key not in distinct and written is not None:
                    distinct[key] = File(repository, os.path.relpath(path, repository))
                    if isinstance(theirs(written), list):
                        read.add(path)
    files = list(distinct.values())
    refused = sum(isinstance(ours(text(path) or ""), str) for path in read)
    print(f"{len(files)} Dockerfiles, {len(read)} of which BuildKit's parser reads")
    print(f"prodlint cannot read {refused} of those", end="")
    spent = hook_ms(files)
    if shutil.which("hadolint"):
        names = [file.full for file in files]
        report = hadolint(names, "/")
        failed = [
            name for name, codes in zip(names, report.found, strict=True) if "DL1000" in codes
        ]
        print(f", hadolint {len(read.intersection(failed))}", end="")
        ratio = report.cpu_ms / len(files) / statistics.median(spent)
        costs = f"hadolint {report.cpu_ms / len(files):.2f} ms a file in one run, {ratio:.0f} times prodlint's median"
    print(f"\nprodlint's hook: median {statistics.median(spent):.2f} ms, total {sum(spent):.0f} ms")
    if shutil.which("hadolint"):
        print(costs)


def main(folders: list[str]) -> int:
    os.environ["PYTHONPATH"] = str(ROOT / "hooks")
    folders = [os.path.abspath(folder) for folder in folders]
    files = labelled(folders)
    if files:
        compare_labelled(files)
    compare_all(folders)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
