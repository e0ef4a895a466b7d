"""Where a RUN goes on as if nothing had happened, although an install, a build, a test or a migration failed."""

from collections.abc import Iterator

from prodlint.core.project import Project
from prodlint.core.source import Span
from prodlint.core.swallow import NEXT, OR
from prodlint.core.swallow.unguarded import SEQUENCE, unguarded
from prodlint.dockerfile.downloads import contributing
from prodlint.dockerfile.run_scripts import RunScript, run_scripts
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.commands.configured import Known
    from prodlint.core.commands.purpose import Use
    from prodlint.core.shell import Script
    from prodlint.core.swallow.unguarded import Unguarded
    from prodlint.dockerfile.model import Dockerfile


class Lost(NamedTuple):
    """A failure that a RUN loses: where, how (a kind of core.swallow or core.unguarded), and whose.

    `shown` is what swallows it, `last` the label of the command before it, `guarded`: a test decides whether it is run.
    """

    span: Span
    kind: str
    shown: str
    use: "Use"
    last: str = ""
    guarded: bool = False

    @property
    def optional(self) -> bool:
        """Whether what swallows it may be meant for named packages, which the image may be able to do without."""
        names = self.use.operands
        files = [name for name in names if name == "." or "/" in name or name.endswith(".txt")]
        return self.kind == OR and not self.use.gate and bool(names) and not files


def lost(dockerfile: "Dockerfile") -> Iterator[Lost]:
    """Those of the stages whose result ships, in the order of the file."""
    if not dockerfile.shipped:
        return
    for stage in contributing(dockerfile):
        if not stage.windows:
            for script in run_scripts(stage):
                yield from _in_script(script, dockerfile.project)


def _in_script(script: RunScript, project: Project) -> Iterator[Lost]:
    from prodlint.core.shell import ShellError, parse

    text = script.text
    if not any(sign in text for sign in ("|", ";", "\n", " & ")):
        return
    try:
        tree = parse(text)
    except ShellError:
        return
    passed = list(unguarded(tree, text, script.options))
    if not passed and not any(sign in text for sign in ("||", "if ", " & ")):
        return
    from prodlint.core.commands.configured import known

    found = [
        *_passed_over(passed, script, project.once(known)),
        *_swallowed(tree, script, project.once(known)),
    ]
    yield from sorted(found, key=lambda one: one.span.start)


def _swallowed(tree: "Script", script: RunScript, known: "Known") -> Iterator[Lost]:
    from prodlint.core.commands.families import CONDITION
    from prodlint.core.commands.purpose import foremost
    from prodlint.core.swallow.reader import command_use, swallows

    for swallow in swallows(tree, script.text, True, known):
        uses = [command_use(command, known) for command in swallow.commands]
        told = foremost(uses)
        counts = swallow.kind != NEXT and not swallow.fails  # NEXT is one of those passed over
        if counts and told and _matters(told):
            span = script.locate(swallow.start, swallow.end)
            guarded = any(use.family == CONDITION for use in uses)
            meant = uses[-1] if not _matters(uses[-1]) else told
            yield Lost(span, swallow.kind, swallow.shown, told, meant.label, guarded)


def _passed_over(passed: "list[Unguarded]", script: RunScript, known: "Known") -> Iterator[Lost]:
    from prodlint.core.commands.purpose import foremost
    from prodlint.core.swallow.reader import command_use

    told_before = False
    for one in passed:
        told = foremost(command_use(command, known) for command in one.commands)
        if not told or not _matters(told):
            continue
        deciding = [command_use(command, known) for command in one.deciding]
        if one.kind == SEQUENCE:
            if told_before or not _unaffected(told, deciding):
                continue
            told_before = True
        shown = deciding[-1].label if deciding else ""
        yield Lost(script.locate(one.start, one.end), one.kind, shown, told)


def _matters(use: "Use") -> bool:
    return use.gate or use.family == "install"


def _unaffected(lost: "Use", deciding: "list[Use]") -> bool:
    """Whether the commands that count end as well without what the lost one makes."""
    from prodlint.core.commands.families import CLEANUP, DIAGNOSTIC, SAY

    return bool(deciding) and all(
        use.family in (CLEANUP, DIAGNOSTIC, SAY)
        or use.label in ("true", ":", "exit 0")
        or (use.family, use.task) == (lost.family, lost.task)
        for use in deciding
    )
