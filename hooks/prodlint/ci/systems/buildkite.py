"""Buildkite: the command steps of a pipeline, those in groups too.

Sources: buildkite.com/docs, "Command step" (`soft_fail`; several commands are one script that ends at the first failure); the
agent's default shell is `/bin/bash -e -c` (buildkite/agent, clicommand/agent_start.go).
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

MAX_NESTING = 5

_ADVICE = Advice(
    "a `pre-exit` hook of the agent",
    "a `pre-exit` hook of the agent",
    "a step of its own with `soft_fail: true`",
)
_INSTEAD = (
    "drop it; where some ways to fail are all right, name them:\nsoft_fail:\n  - exit_status: 3"
)


def _read(source: Source, project: Project) -> tuple[list[GivenJob], list[Fault]]:
    found, faults = documents(source)
    root = found[0] if found else None
    return list(_steps(mapping(root).get("steps") or root)), faults


def _steps(listed: Node | None, nesting: int = 0) -> Iterator[GivenJob]:
    for step in sequence(listed):
        if not isinstance(step, Mapping):
            continue
        if "group" in step and nesting < MAX_NESTING:
            yield from _steps(step.get("steps"), nesting + 1)
        run = joined([*commands(step.get("command")), *commands(step.get("commands"))])
        if run:
            name = text(step.get("label")) or text(step.get("name")) or text(step.get("key")) or ""
            label = f"step `{name}`" if name else "a step"
            shell = OTHER if "windows" in _agents(step) else ERREXIT
            given = GivenStep(name, run, shell, None, step.alias)
            yield GivenJob(name or "pipeline", [given], _switch(step), label)


def _agents(step: Mapping) -> str:
    agents = step.get("agents")
    named = [one for _, one in mapping(agents).items()] + sequence(agents)
    return " ".join(one.text.lower() for one in named)


def _switch(step: Mapping) -> Switch | None:
    """`soft_fail: true`, or the same for any exit status."""
    found = step.get("soft_fail")
    statuses = [text(find(one, "exit_status")) for one in sequence(found)]
    if found is None or not (is_true(found) or "*" in statuses):
        return None
    return Switch(found.place, "soft_fail", _INSTEAD)


BUILDKITE = System(_read, str, _ADVICE)
