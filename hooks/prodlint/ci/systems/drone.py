"""Drone and Woodpecker: the steps of all pipelines of a file, one shell each.

Sources: docs.drone.io, "Steps" (commands become `#!/bin/sh`, `set -e`) and `failure: ignore` of a step; Woodpecker, "Workflow
syntax" and its pull request 1181 (`failure`), which came out of Drone.
"""

from collections.abc import Iterator

from prodlint.ci.systems.given import (
    ERREXIT,
    OTHER,
    GivenJob,
    GivenStep,
    System,
    commands,
    documents,
    is_true,
    joined,
)
from prodlint.ci.terms import Advice, Switch
from prodlint.core.finding import Fault
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.core.yaml import Mapping, Node, find, mapping, sequence, text

_ADVICE = Advice(
    "a step of its own under `when: {status: [success, failure]}`",
    "a step of its own under `when: {status: [failure]}`",
    "a step of its own with `failure: ignore`",
)


def _read(source: Source, project: Project) -> tuple[list[GivenJob], list[Fault]]:
    found, faults = documents(source)
    # Woodpecker's `<<` takes in lists as well.
    faults = [fault for fault in faults if not fault.message.startswith("`<<`")]
    jobs = []
    for document in found:
        root = mapping(document)
        windows = text(find(root, "platform", "os")) == "windows"
        for name, step in _named(root.get("steps") or root.get("pipeline")):
            run = joined(commands(step.get("commands")))
            if run and not _is_aside(step):
                given = GivenStep(name, run, OTHER if windows else ERREXIT, None, step.alias)
                jobs.append(GivenJob(name, [given], _switch(step), f"step `{name}`"))
    return jobs, faults


def _named(steps: Node | None) -> Iterator[tuple[str, Mapping]]:
    """The steps of a list, or of a mapping by name."""
    if isinstance(steps, Mapping):
        for name, step in steps.items():
            if isinstance(step, Mapping):
                yield name, step
    for step in sequence(steps):
        if isinstance(step, Mapping):
            yield text(step.get("name")) or "", step


def _is_aside(step: Mapping) -> bool:
    """Whether nobody waits for it, or it runs only after a failure."""
    status = find(step, "when", "status")
    statuses = [text(one) for one in (*sequence(status), status)]
    return is_true(step.get("detach")) or set(statuses) - {None} == {"failure"}


def _switch(step: Mapping) -> Switch | None:
    found = step.get("failure")
    if found is None or text(found) != "ignore":
        return None
    return Switch(found.place, "failure: ignore", "drop it, and mend what fails then")


DRONE = System(_read, str, _ADVICE)
