"""Bitbucket Pipelines: the steps of all pipelines, one shell each.

Sources: Atlassian, "Why does Bitbucket Pipelines pass build steps despite previous command failure?" (`#!/bin/bash`,
`set -e`, no pipefail); "After scripts now available" (what `after-script` returns does not count); "Introducing step
failure strategies" (`on-fail`, also of stages and parallel groups).
"""

from collections.abc import Iterator

from prodlint.ci.systems.given import (
    ERREXIT,
    GivenJob,
    GivenStep,
    System,
    commands,
    documents,
    joined,
)
from prodlint.ci.terms import Advice, Switch
from prodlint.core.finding import Fault
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.core.yaml import Mapping, Node, find, mapping, sequence, text

MAX_STEPS = 2000

_ADVICE = Advice(
    "`after-script`:\nafter-script:\n  - {}",
    "`after-script`:\nafter-script:\n  - {}",
    "a step of its own with `on-fail: {strategy: ignore}`",
)
_GROUPS = ("step", "parallel", "stage", "steps")


def _read(source: Source, project: Project) -> tuple[list[GivenJob], list[Fault]]:
    found, faults = documents(source)
    pipelines = mapping(mapping(found[0] if found else None).get("pipelines"))
    jobs: list[GivenJob] = []
    for name, pipeline in pipelines.items():
        lists = [(name, pipeline)]
        if isinstance(pipeline, Mapping):
            lists = [(f"{name} {branch}", steps) for branch, steps in pipeline.items()]
        for title, steps in lists:
            jobs += _steps(title, steps)
            if len(jobs) > MAX_STEPS:
                return jobs, faults
    return jobs, faults


def _steps(pipeline: str, listed: Node) -> Iterator[GivenJob]:
    """Each step of a list of steps, stages and parallel groups."""
    stack: list[tuple[Node, Switch | None, Span | None]] = [(listed, None, None)]
    while stack:
        node, around, above = stack.pop()
        alias = node.alias or above
        stack += [(one, around, alias) for one in reversed(sequence(node))]
        if not isinstance(node, Mapping):
            continue
        switch = _switch(node) or around
        for key in _GROUPS:
            inner = node.get(key)
            if inner is not None:
                stack.append((inner, switch, alias))
        if run := joined(commands(node.get("script"))):
            name = text(node.get("name")) or ""
            label = f"step `{name}`" if name else f"a step of pipeline `{pipeline}`"
            step = GivenStep(name, run, ERREXIT, None, alias)
            yield GivenJob(name or pipeline, [step], switch, label)


def _switch(node: Mapping) -> Switch | None:
    strategy = find(node, "on-fail", "strategy")
    if strategy is None or text(strategy) != "ignore":
        return None
    return Switch(strategy.place, "on-fail", "drop it, and mend what fails then")


BITBUCKET = System(_read, str, _ADVICE)
