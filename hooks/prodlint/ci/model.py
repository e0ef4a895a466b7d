"""GitHub workflows and composite actions: their jobs, their steps, and where a step loses a failure.

What reads scripts is imported when the first script wants to be read: most steps of most workflows cannot lose anything.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from prodlint.ci.shape import faults
from prodlint.core.families import CONDITION, INSTALL, SAY
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.core.swallow import Swallow
from prodlint.core.yaml import Mapping, Scalar, find, load, mapping, sequence, text

if TYPE_CHECKING:
    from prodlint.ci.calls import StepCall
    from prodlint.ci.definitions import Loss
    from prodlint.ci.evidence import Lines
    from prodlint.ci.missing import Missing
    from prodlint.core.commands import Use
    from prodlint.core.own_commands import Known
    from prodlint.core.shell import Script

MAX_USES = 50
MAX_ALIASES = 5

_SHELLS = ("bash", "sh")
_POSIX_SHELL = r"(?:^|[\s/])(?:wsl-)?(?:ba|da|z|k|a)?sh\b|\bmsys2\b|\balpine\b|\$\{\{"
_BACKGROUND = r"(?<![&>|])&(?![&>])"
_PLAIN_SHELL = r"(?:[\w/]*/)?(?:ba|da|z|k)?sh\s"
_OWN = r"\b(?:npm|pnpm|yarn|bun|g?make)\b|/|\.(?:ba)?sh\b|\.py\b"


class Shell(NamedTuple):
    """How a script is run. `posix` is false for PowerShell, cmd, Python and the like."""

    posix: bool
    errexit: bool


class Swallowed(NamedTuple):
    """A failure that a step loses: where, how, whose, and why that is all right, if it is.

    `aliases` are the places that repeat the step.
    """

    step: "Step"
    span: Span
    swallow: Swallow
    use: "Use"
    excuse: str
    aliases: list[Span]


class Step:
    """One step. `alias` is the place through which it is reached, if it stands elsewhere."""

    def __init__(self, job: "Job", index: int, node: Mapping, alias: Span | None) -> None:
        self.job = job
        self.index = index
        self.node = node
        run = node.get("run")
        self.run = run if isinstance(run, Scalar) else None
        self.alias = (run.alias if run else None) or node.alias or alias

    def setting(self, key: str) -> str:
        return text(self.node.get(key)) or ""

    @property
    def known(self) -> "Known":
        return self.job.workflow.known

    @property
    def following(self) -> Iterator["Step"]:
        return islice(self.job.steps, self.index + 1, None)

    @cached_property
    def shell(self) -> Shell:
        """The step's shell, the job's or the workflow's default, or that of the runner."""
        stated = self.setting("shell") or self.job.default_shell
        return _shell(stated or ("pwsh" if self.job.on_windows else "sh"))

    @cached_property
    def code(self) -> str:
        """The script with `${{ }}` masked, each character at its place."""
        if not self.run or not self.shell.posix:
            return ""
        if "${{" not in self.run.text:
            return self.run.text
        from prodlint.core.shell import mask

        return mask(self.run.text)

    @cached_property
    def script(self) -> "Script | None":
        """The parsed script, or None if it cannot be read."""
        from prodlint.core.shell import ShellError, parse

        try:
            return parse(self.code)
        except ShellError:
            return None

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """Where the step begins, and what its script changes to."""
        from prodlint.core.shell import walk

        commands = walk(self.script, False) if "cd " in self.code and self.script else ()
        changes = (
            " ".join(word.text for word in one.words) for one in commands if one.name == "cd"
        )
        return (self.setting("working-directory"), *changes)

    @cached_property
    def reading_lines(self) -> "Lines":
        from prodlint.ci.evidence import reading_lines

        return reading_lines(self.code)

    @property
    def can_swallow(self) -> bool:
        """Whether it is worth the while to read the script."""
        raw = self.run.text if self.run else ""
        loose = "set " in raw or not self.shell.errexit
        background = "&" in raw and re.search(_BACKGROUND, raw) is not None
        said = any(sign in raw for sign in ("||", "if ", "; true", "; exit 0"))
        return (said or loose or background) and self.shell.posix

    @cached_property
    def swallows(self) -> list[Swallow]:
        if not self.can_swallow:
            return []
        from prodlint.core.swallow_reader import scan, swallows

        if self.script is None:
            return list(scan(self.code, self.known))
        return swallows(self.script, self.code, self.shell.errexit, self.known)

    @property
    def swallowed(self) -> Iterator[Swallowed]:
        for swallow in self.swallows:
            from prodlint.ci.evidence import excuse
            from prodlint.core.commands import foremost
            from prodlint.core.swallow_reader import command_use

            uses = [command_use(command, self.known) for command in swallow.commands]
            told = foremost(use for use in uses if use.family not in (SAY, CONDITION))
            if self.run and told:
                why = excuse(self, swallow) if told.gate or told.family == INSTALL else ""
                span = self.run.at(swallow.start, swallow.end)
                yield Swallowed(self, span, swallow, told, why, [])


class Job:
    """A job, or all of a composite action (then `name` is empty)."""

    def __init__(self, workflow: "Workflow", name: str, node: Mapping) -> None:
        self.workflow = workflow
        self.name = name
        self.node = node

    @cached_property
    def steps(self) -> list[Step]:
        listed = self.node.get("steps")
        alias = (listed.alias if listed else None) or self.node.alias
        nodes = [node for node in sequence(listed) if isinstance(node, Mapping)]
        return [Step(self, index, node, alias) for index, node in enumerate(nodes)]

    @cached_property
    def strict_uses(self) -> dict[tuple[str, ...], list["Use"]]:
        """The gates whose failure is not lost, by the folders of their steps."""
        from prodlint.ci.evidence import strict_uses

        found: dict[tuple[str, ...], list[Use]] = {}
        for step in self.steps:
            if step.run and step.setting("continue-on-error") != "true":
                found.setdefault(step.folders, []).extend(strict_uses(step))
        return {folders: uses[:MAX_USES] for folders, uses in found.items()}

    @cached_property
    def default_shell(self) -> str:
        places = (self.node, self.workflow.root)
        found = (text(find(place, "defaults", "run", "shell")) for place in places)
        return next(filter(None, found), "")

    @cached_property
    def on_windows(self) -> bool:
        runs_on = self.node.get("runs-on")
        labels = find(runs_on, "labels") or runs_on
        named = sequence(labels) or ([labels] if labels else [])
        return any("windows" in node.text.lower() for node in named)


class Workflow:
    """A workflow, or an action; an action that is no composite one has no jobs."""

    def __init__(self, source: Source, project: Project) -> None:
        self.source = source
        self.project = project
        self.strict: bool = project.config.settings("ci").get("strict", False)
        document = load(source)
        self.root = mapping(document.documents[0] if document.documents else None)
        self.faults = list(faults(source, document))

    @cached_property
    def known(self) -> "Known":
        """What the settings say of commands."""
        from prodlint.core.own_commands import known

        return self.project.once(known)

    @cached_property
    def jobs(self) -> list[Job]:
        runs = self.root.get("runs")
        if isinstance(runs, Mapping):
            return [Job(self, "", runs)] if text(runs.get("using")) == "composite" else []
        jobs = mapping(self.root.get("jobs")).items()
        return [Job(self, name, node) for name, node in jobs if isinstance(node, Mapping)]

    @cached_property
    def swallowed(self) -> list[Swallowed]:
        """Every failure that is lost, once for each place."""
        found: dict[tuple[int, int], Swallowed] = {}
        for job in self.jobs:
            for step in job.steps:
                for one in step.swallowed:
                    first = found.setdefault((one.span.start, one.swallow.start), one)
                    if step.alias and len(first.aliases) < MAX_ALIASES:
                        first.aliases.append(step.alias)
        return list(found.values())

    @cached_property
    def calls(self) -> "list[StepCall]":
        """What its steps run of the repository itself."""
        runs = [
            step
            for job in self.jobs
            for step in job.steps
            if step.run and re.search(_OWN, step.run.text)
        ]
        if not runs:
            return []
        from prodlint.ci.calls import step_calls

        return [call for step in runs for call in step_calls(step)]

    @property
    def missing(self) -> "Iterator[Missing]":
        """The calls of what is not there."""
        for call in self.calls:
            from prodlint.ci.missing import missing

            if found := missing(call, self.project):
                yield found

    @cached_property
    def indirect_losses(self) -> "list[tuple[StepCall, Loss]]":
        """The gates that something called by a step lets fail unseen, each place once."""
        found: dict[tuple[str, int], tuple[StepCall, Loss]] = {}
        for call in self.calls:
            from prodlint.ci.definitions import losses

            for loss in losses(call.call, self.project):
                found.setdefault((loss.span.path, loss.span.start), (call, loss))
        return list(found.values())


def _shell(stated: str) -> Shell:
    if stated in _SHELLS:
        return Shell(True, True)
    options = [word for word in stated.split()[1:] if word[0] in "-+"]
    loose = re.match(_PLAIN_SHELL, stated) and "errexit" not in stated
    errexit = not loose or any(re.match(r"-[A-Za-z]*e", word) for word in options)
    return Shell(re.search(_POSIX_SHELL, stated) is not None, errexit)
