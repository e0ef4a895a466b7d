"""What GitHub has switched off: actions, commands of workflows, and runners that no longer start."""

import re
from collections.abc import Iterator

from prodlint.ci.model import Job, Step, Workflow
from prodlint.core.source import Span
from prodlint.core.yaml import Scalar, find, sequence
from prodlint.typed import NamedTuple

# Sources: github.blog changelog 2024-04-16 (artifacts v3), 2024-12-05 and actions/cache discussion 1510 (cache),
# 2020-10-01 (workflow commands); labels: the list of actions/runner-images, read 2026-08-21.


class _Action(NamedTuple):
    """`first` is the first major version that works; `fixed` the first release that does of later major versions."""

    first: int
    fixed: dict[int, int]
    since: str
    instead: str


_ACTIONS = {
    "actions/upload-artifact": _Action(4, {}, "2025-01-30", "actions/upload-artifact@v4"),
    "actions/download-artifact": _Action(4, {}, "2025-01-30", "actions/download-artifact@v4"),
    "actions/cache": _Action(3, {3: 4, 4: 2}, "2025-03-01", "actions/cache@v4"),
    "actions/cache/restore": _Action(3, {3: 4, 4: 2}, "2025-03-01", "actions/cache/restore@v4"),
    "actions/cache/save": _Action(3, {3: 4, 4: 2}, "2025-03-01", "actions/cache/save@v4"),
}
_VERSION = r"v?(\d+)(?:\.(\d+))?(?:\.\d+)?"
_COMMANDS = {
    "::set-env ": ("set-env", '$GITHUB_ENV: echo "NAME=value" >> "$GITHUB_ENV"'),
    "::add-path::": ("add-path", '$GITHUB_PATH: echo "folder" >> "$GITHUB_PATH"'),
}
_ALLOWED = "ACTIONS_ALLOW_UNSECURE_COMMANDS"
_COMMANDS_SINCE = "2020-11-16"
_RUNNERS = {
    **dict.fromkeys(("ubuntu-16.04", "ubuntu-18.04", "ubuntu-20.04"), "ubuntu-24.04"),
    **dict.fromkeys(("macos-10.15", "macos-11", "macos-12"), "macos-15"),
    "macos-13": "macos-15-intel",
    **dict.fromkeys(("windows-2016", "windows-2019"), "windows-2025"),
}


class Retired(NamedTuple):
    """`what` is no more, the `effect` of that, and what to write `instead`."""

    span: Span
    what: str
    effect: str
    instead: str


def retired(workflow: Workflow) -> Iterator[Retired]:
    for job in workflow.jobs:
        found = [_runner(job)]
        for step in job.steps:
            found += [_action(step), _command(step)]
        yield from filter(None, found)


def _action(step: Step) -> Retired | None:
    uses = step.node.get("uses")
    name, at, version = uses.text.partition("@") if isinstance(uses, Scalar) else ("", "", "")
    known = _ACTIONS.get(name.lower())
    found = re.fullmatch(_VERSION, version) if known and at else None
    if uses is None or known is None or found is None:
        return None
    major, minor = int(found[1]), found[2]
    if major >= known.first and (minor is None or int(minor) >= known.fixed.get(major, 0)):
        return None
    what = f"{name}@{version} was switched off on {known.since}"
    return Retired(uses.span, what, "every run of the step fails", f"write {known.instead}")


def _command(step: Step) -> Retired | None:
    text = step.run.text if step.run else ""
    for command, (name, instead) in _COMMANDS.items():
        start = text.find(command)
        if step.run and start >= 0 and _ALLOWED not in step.job.workflow.source.text:
            place = step.run.at(start, start + len(command.rstrip()))
            what = f"the command {name} was switched off on {_COMMANDS_SINCE}"
            return Retired(place, what, "the step fails", f"write to {instead}")
    return None


def _runner(job: Job) -> Retired | None:
    runs_on = job.node.get("runs-on")
    named = find(runs_on, "labels") or runs_on
    labels = [label for label in (named, *sequence(named)) if isinstance(label, Scalar)]
    if any(label.text == "self-hosted" for label in labels):
        return None
    for label in labels:
        if instead := _RUNNERS.get(label.text.lower()):
            what = f"GitHub has no runner {label.text} any more"
            return Retired(label.span, what, "the job waits and never starts", f"write {instead}")
    return None
