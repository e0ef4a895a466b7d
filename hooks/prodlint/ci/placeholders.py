"""Steps and scripts that are named after a gate and only print something."""

from collections.abc import Iterator

from prodlint.ci.calls import SCRIPT
from prodlint.ci.missing import package_of
from prodlint.ci.model import Job, Step, Workflow
from prodlint.core.commands.families import GATES, SAY
from prodlint.core.commands.purpose import named
from prodlint.core.finding import Related
from prodlint.core.lazy import lazy
from prodlint.core.shell import Script, ShellError, parse, walk
from prodlint.core.source import Span
from prodlint.core.swallow.reader import command_use
from prodlint.typed import NamedTuple

# What a step says about a gate, before or after it.
_ABOUT = lazy(
    r"(?i)summar|report|result|info|status|notif|print|show|display|log|comment|echo|debug|output|version|annotat|set|start|done"
    r"|finish|complete|success|fail|skip|if |when |badge|message|url|link|list|matrix|plan|key|token|env|check(?:out| if| for)"
)


class Placeholder(NamedTuple):
    span: Span
    what: str
    related: list[Related]


def placeholders(workflow: Workflow) -> Iterator[Placeholder]:
    for job in workflow.jobs:
        for step in job.steps:
            family = _family(step)
            if step.run and family and _only_prints(step.script) and not _does(job, family, step):
                place = step.run.at(0, len(step.run.text.rstrip()))
                yield Placeholder(place, f"the step `{step.name}`", [])
    yield from _scripts(workflow)


def _family(step: Step) -> str:
    """Which gate a step is named after; nothing when it runs on a condition, or prints commands for the runner."""
    name = step.name
    said = step.run.text if step.run else ""
    prints = ("echo" in said or "printf" in said) and "::" not in said
    if not name or not prints or _ABOUT.search(name) or step.setting("if"):
        return ""
    family = named(name.replace(" ", "-"))
    return family if family in GATES else ""


def _only_prints(script: Script | None) -> bool:
    commands = list(walk(script, False)) if script else []
    return bool(commands) and all(
        command.words and command_use(command).family == SAY and not command.redirects
        for command in commands
    )


def _does(job: Job, family: str, step: Step) -> bool:
    """Whether another step of the job does what this one is named after."""
    return any(use.family == family for other, use in job.uses if other is not step)


def _scripts(workflow: Workflow) -> Iterator[Placeholder]:
    """The scripts of package.json that steps run as gates, and that only print something."""
    seen = set()
    for found in workflow.calls:
        call = found.call
        here = package_of(workflow.project, call.folder) if call.kind == SCRIPT else None
        family = named(call.name)
        code = here.scripts.get(call.name) if here else None
        if (
            here is None
            or code is None
            or family not in GATES
            or (here.source.path, call.name) in seen
        ):
            continue
        seen.add((here.source.path, call.name))
        try:
            script = parse(code)
        except ShellError:
            continue
        if _only_prints(script):
            related = [Related(found.span, f"job `{found.step.job.name}` runs it")]
            yield Placeholder(here.span(call.name), f"script {call.name}", related)
