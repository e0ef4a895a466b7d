"""Travis CI: each command of `script` and of what comes before it, in one shell without errexit.

Sources: docs.travis-ci.com, "Job Lifecycle": when a command of `script` fails, the next ones still run and the job fails in
the end; what runs after it does not count. Of a command of several lines, only the last one does (travis-ci 1066).
"""

from collections.abc import Iterator

from prodlint.ci.systems.given import (
    ERREXIT,
    LOOSE,
    GivenJob,
    GivenStep,
    System,
    commands,
    documents,
)
from prodlint.ci.terms import Advice
from prodlint.core.finding import Fault
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.core.yaml import Mapping, Node, find, mapping, sequence, text

_ADVICE = Advice(
    "`after_script`:\nafter_script:\n  - {}",
    "`after_failure`:\nafter_failure:\n  - {}",
    "a job of `jobs.include` that `jobs.allow_failures` lists",
)
_PHASES = ("before_install", "install", "before_script", "script")


def _read(source: Source, project: Project) -> tuple[list[GivenJob], list[Fault]]:
    found, faults = documents(source)
    root = mapping(found[0] if found else None)
    jobs = [GivenJob("build", list(_steps(root)), None, "the build")]
    for key in ("jobs", "matrix"):
        matrix = root.get(key)
        for job in sequence(find(matrix, "include") or matrix):
            if isinstance(job, Mapping):
                name = text(job.get("name")) or text(job.get("stage")) or "build"
                jobs.append(GivenJob(name, list(_steps(job))))
    return [job for job in jobs if job.steps], faults


def _steps(owner: Mapping) -> Iterator[GivenStep]:
    phases: list[tuple[str, Node]] = [
        (phase, one) for phase in _PHASES for one in commands(owner.get(phase))
    ]
    strict = any("set -e" in one.text or "errexit" in one.text for _, one in phases)
    for phase, command in phases:
        for run in commands(command):
            yield GivenStep(phase, run, ERREXIT if strict else LOOSE, None, run.alias)


TRAVIS = System(_read, str, _ADVICE)
