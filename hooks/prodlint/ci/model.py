"""Workflows, actions and the pipelines of other systems: their jobs, their steps, and where a step loses a failure.

What reads scripts is imported when the first script wants to be read: most steps of most workflows cannot lose anything.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from prodlint.ci.shape import faults
from prodlint.ci.terms import (
    ADVICE,
    JOB_SWITCH,
    STEP_SWITCH,
    Advice,
    Shell,
    Switch,
    github_shell,
    github_switch,
)
from prodlint.core.commands.families import CONDITION, INSTALL, SAY
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.core.swallow import Swallow
from prodlint.core.yaml import Mapping, Scalar, find, load, mapping, sequence, text
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.ci.calls import StepCall
    from prodlint.ci.definitions import Loss
    from prodlint.ci.evidence import Lines
    from prodlint.ci.missing import Missing
    from prodlint.ci.systems.given import GivenJob, GivenStep, System, Text
    from prodlint.core.commands.configured import Known
    from prodlint.core.commands.purpose import Use
    from prodlint.core.shell import Command, Script

MAX_USES = 50
MAX_ALIASES = 5

_BACKGROUND = r"(?<![&>|])&(?![&>])"
# An `if` that asks something else than one plain test.
_IF = r"\bif\s+(?!(?:!\s+)?\[\[? [^\n&|;]*\]\]?[ \t]*(?:;|\r?\n))"
# How a script calls what a repository may have, by the ends of the paths of that.
_CALLS = {
    ("package.json",): r"\b(?:npm|pnpm|yarn|bun)\b",
    ("Makefile", "makefile"): r"\bg?make\b",
    (".sh", ".bash", ".py"): r"/|\.(?:ba)?sh\b|\.py\b",
}


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
    """One step. `alias` is the place through which it is reached, if it stands elsewhere.

    `given` is what another system than GitHub says of it; `node` is empty then.
    """

    def __init__(
        self,
        job: "Job",
        index: int,
        node: Mapping,
        alias: Span | None,
        given: "GivenStep | None" = None,
    ) -> None:
        self.job = job
        self.index = index
        self.node = node
        self.given = given
        run = node.get("run")
        self.run: Text | None = run if isinstance(run, Scalar) else None
        self.alias = (run.alias if run else None) or node.alias or alias
        if given:
            self.run = given.run

    def setting(self, key: str) -> str:
        return text(self.node.get(key)) or ""

    @property
    def name(self) -> str:
        return self.given.name if self.given else self.setting("name")

    @cached_property
    def switch(self) -> Switch | None:
        """What lets it fail without a sign."""
        return self.given.switch if self.given else github_switch(self.node, STEP_SWITCH)

    @property
    def known(self) -> "Known":
        return self.job.workflow.known

    @property
    def following(self) -> Iterator["Step"]:
        return islice(self.job.steps, self.index + 1, None)

    @cached_property
    def shell(self) -> Shell:
        """The step's shell, the job's or the workflow's default, or that of the runner."""
        if self.given:
            return self.given.shell
        stated = self.setting("shell") or self.job.default_shell
        return github_shell(stated or ("pwsh" if self.job.on_windows else "sh"))

    @cached_property
    def code(self) -> str:
        """The script with `${{ }}` and the like masked, each character at its place."""
        if not self.run or not self.shell.posix:
            return ""
        if system := self.job.workflow.system:
            return system.mask(self.run.text)
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
    def uses(self) -> "list[tuple[Command, Use]]":
        """What each command of its script is for, those in substitutions left out."""
        if not self.run or not self.script:
            return []
        from prodlint.core.shell import walk
        from prodlint.core.swallow.reader import command_use

        commands = walk(self.script, False)
        return [(one, command_use(one, self.known)) for one in commands if one.words]

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
        if not raw or not self.shell.posix:
            return False
        if not self.shell.errexit or any(sign in raw for sign in ("||", "; true", "; exit 0")):
            return True
        return (
            ("set " in raw and " +" in raw)
            or ("if " in raw and re.search(_IF, raw) is not None)
            or ("&" in raw and re.search(_BACKGROUND, raw) is not None)
        )

    @cached_property
    def swallows(self) -> list[Swallow]:
        if not self.can_swallow:
            return []
        from prodlint.core.swallow.reader import scan, swallows

        if self.script is None:
            return list(scan(self.code, self.known))
        return swallows(self.script, self.code, self.shell.errexit, self.known)

    @property
    def _swallows_by_text(self) -> "Iterable[tuple[Text | None, Swallow]]":
        if self.run or not self.setting("uses").startswith("appleboy/ssh-action@"):
            return [(self.run, one) for one in self.swallows]
        from prodlint.ci.remote import swallows_there

        return swallows_there(self)

    @property
    def swallowed(self) -> Iterator[Swallowed]:
        for script, swallow in self._swallows_by_text:
            from prodlint.ci.evidence import excuse, tried
            from prodlint.core.commands.purpose import foremost
            from prodlint.core.swallow.reader import command_use

            uses = [command_use(command, self.known) for command in swallow.commands]
            told = foremost(use for use in uses if use.family not in (SAY, CONDITION))
            if script and told:
                told = tried(self, told, swallow.commands)
                why = excuse(self, swallow) if told.gate or told.family == INSTALL else ""
                span = script.at(swallow.start, swallow.end)
                yield Swallowed(self, span, swallow, told, why, [])


class Job:
    """A job, or all of a composite action (then `name` is empty).

    `given` is what another system than GitHub says of it; `node` is empty then.
    """

    def __init__(
        self, workflow: "Workflow", name: str, node: Mapping, given: "GivenJob | None" = None
    ) -> None:
        self.workflow = workflow
        self.name = name
        self.node = node
        self.given = given

    @property
    def label(self) -> str:
        """What messages call it."""
        if self.given and self.given.label:
            return self.given.label
        return f"job `{self.name}`" if self.name else "the action"

    @cached_property
    def switch(self) -> Switch | None:
        """What lets it fail without a sign."""
        return self.given.switch if self.given else github_switch(self.node, JOB_SWITCH)

    @cached_property
    def steps(self) -> list[Step]:
        if self.given:
            given = enumerate(self.given.steps)
            return [Step(self, index, self.node, one.alias, one) for index, one in given]
        listed = self.node.get("steps")
        alias = (listed.alias if listed else None) or self.node.alias
        nodes = [node for node in sequence(listed) if isinstance(node, Mapping)]
        return [Step(self, index, node, alias) for index, node in enumerate(nodes)]

    @cached_property
    def uses(self) -> "list[tuple[Step, Use]]":
        """What each command of its steps is for."""
        return [(step, use) for step in self.steps for _, use in step.uses]

    @cached_property
    def strict_uses(self) -> dict[tuple[str, ...], list["Use"]]:
        """The gates whose failure is not lost, by the folders of their steps."""
        from prodlint.ci.evidence import strict_uses

        found: dict[tuple[str, ...], list[Use]] = {}
        for step in self.steps:
            if step.run and not step.switch:
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
    """A workflow, an action, or a pipeline of another `system`; an action that is no composite one has no jobs."""

    def __init__(self, source: Source, project: Project, system: "System | None" = None) -> None:
        self.source = source
        self.project = project
        self.system = system
        self.strict: bool = project.config.settings("ci").get("strict", False)
        if system:
            self.root = mapping(None)
            self.given, self.faults = system.read(source, project)
            return
        document = load(source)
        self.root = mapping(document.documents[0] if document.documents else None)
        self.faults = list(faults(source, document))

    @property
    def advice(self) -> Advice:
        return self.system.advice if self.system else ADVICE

    @cached_property
    def known(self) -> "Known":
        """What the settings say of commands."""
        from prodlint.core.commands.configured import known

        return self.project.once(known)

    @cached_property
    def jobs(self) -> list[Job]:
        if self.system:
            return [Job(self, given.name, self.root, given) for given in self.given]
        runs = self.root.get("runs")
        if isinstance(runs, Mapping):
            return [Job(self, "", runs)] if text(runs.get("using")) == "composite" else []
        jobs = mapping(self.root.get("jobs")).items()
        return [Job(self, name, node) for name, node in jobs if isinstance(node, Mapping)]

    @cached_property
    def swallowed(self) -> list[Swallowed]:
        """Every failure that is lost, once for each place."""
        found: dict[tuple[str, int, str, str], Swallowed] = {}
        for job in self.jobs:
            for step in job.steps:
                for one in step.swallowed:
                    key = (one.span.path, one.span.start, one.swallow.shown, one.use.label)
                    first = found.setdefault(key, one)
                    if step.alias and len(first.aliases) < MAX_ALIASES:
                        first.aliases.append(step.alias)
        return list(found.values())

    @cached_property
    def calls(self) -> "list[StepCall]":
        """What its steps run of the repository itself."""
        calls = self.project.once(_calls)
        steps = (step for job in self.jobs for step in job.steps) if calls else ()
        runs = [step for step in steps if step.run and re.search(calls, step.run.text)]
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


def _calls(project: Project) -> str:
    """A pattern for scripts that may call something of the repository, or nothing."""
    return "|".join(
        pattern
        for ends, pattern in _CALLS.items()
        if any(path.endswith(ends) for path in project.files)
    )
