"""CircleCI: the steps of jobs and commands, also of orbs that stand in the file.

Sources: CircleCI's configuration reference; by default a step runs in `/bin/bash -eo pipefail`, and `shell` of the step, the
job or the executor replaces that wholly. `\\\\<<` is how version 2.1 writes `<<`.
"""

import re
from collections.abc import Iterator

from prodlint.ci.systems.given import (
    OTHER,
    STRICT,
    GivenJob,
    GivenStep,
    System,
    documents,
    is_true,
    masked,
    stated_shell,
)
from prodlint.ci.terms import Advice, Shell
from prodlint.core.finding import Fault
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.core.yaml import Mapping, Node, Scalar, find, mapping, sequence, text

MAX_NESTING = 10

_ADVICE = Advice(
    "a step of its own:\n- run:\n    command: {}\n    when: always",
    "a step of its own:\n- run:\n    command: {}\n    when: on_fail",
    "a job of its own, which no other requires",
)
_WINDOWS = re.compile(r"(?i)\bwin(?:dows)?\b")
_TEMPLATE = masked(r"<<\s*[a-z][\w.-]*\s*>>")


def _read(source: Source, project: Project) -> tuple[list[GivenJob], list[Fault]]:
    found, faults = documents(source)
    root = mapping(found[0] if found else None)
    orbs = [orb for _, orb in mapping(root.get("orbs")).items() if isinstance(orb, Mapping)]
    jobs = []
    for place in (root, *orbs):
        executors = mapping(place.get("executors"))
        for kind, label in (("jobs", "job"), ("commands", "command")):
            for name, node in mapping(place.get(kind)).items():
                steps = list(_steps(node, _shell(node, executors)))
                if steps:
                    jobs.append(GivenJob(name, steps, None, f"{label} `{name}`"))
    return jobs, faults


def _shell(job: Node, executors: Mapping) -> Shell:
    """The shell of a job, or that of its executor."""
    named = find(job, "executor", "name") or find(job, "executor")
    executor = executors.get(text(named) or "")
    stated = text(find(job, "shell")) or text(find(executor, "shell"))
    if stated:
        return _stated(stated)
    machines = [find(one, "machine", "image") for one in (job, executor)]
    windows = any(_WINDOWS.search(text(one) or "") for one in (named, *machines))
    return OTHER if windows else STRICT


def _stated(stated: str) -> Shell:
    return STRICT if "<<" in stated else stated_shell(stated)


def _steps(owner: Node, shell: Shell, nesting: int = 0) -> Iterator[GivenStep]:
    for node in sequence(find(owner, "steps")):
        for condition in ("when", "unless"):
            inner = find(node, condition)
            if isinstance(inner, Mapping) and nesting < MAX_NESTING:
                yield from _steps(inner, shell, nesting + 1)
        run = find(node, "run")
        command = find(run, "command") or run
        if not isinstance(command, Scalar) or _is_aside(run):
            continue
        stated = text(find(run, "shell"))
        yield GivenStep(
            text(find(run, "name")) or "",
            command,
            _stated(stated) if stated else shell,
            None,
            command.alias or (run.alias if run else None) or node.alias,
        )


def _is_aside(run: Node | None) -> bool:
    """Whether nobody waits for it, or it runs only after a failure."""
    return is_true(find(run, "background")) or text(find(run, "when")) == "on_fail"


def _mask(script: str) -> str:
    return _TEMPLATE(script).replace("\\<<", " <<")


CIRCLECI = System(_read, _mask, _ADVICE)
