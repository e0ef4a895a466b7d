"""Scripts that go on after the failure of a gate, and what makes them do so."""

from collections.abc import Iterable, Iterator

from prodlint.ci.model import Step, Workflow
from prodlint.ci.remote import ACTION, is_remote, lost, parsed, stops
from prodlint.ci.unseen import options, scripts_within, unseen
from prodlint.core.commands.purpose import Use
from prodlint.core.lazy import lazy
from prodlint.core.shell import Command, Word, walk
from prodlint.core.source import Span
from prodlint.core.swallow import Options
from prodlint.core.swallow.unguarded import SEQUENCE
from prodlint.core.yaml import Node, Scalar, find, mapping
from prodlint.typed import NamedTuple

_LETTERS = lazy(r"(?<=\s)-(?=[A-Za-z])")
_KEEP = "write `set -e` as soon as the statuses that count are kept, or keep each in a variable (`rc=$?`) and end with `exit $rc`"
_STRICT = "begin the script with `set -e`"
_BEGIN = "begin that script with `set -e`, or join its commands with `&&`"


class Lost(NamedTuple):
    """A command that may fail unseen, and where it stands."""

    use: Use
    span: Span


class Loose(NamedTuple):
    """What makes a script go on: where that is written, `why`, what to write `instead`, and what is lost, in order."""

    span: Span
    step: Step
    why: str
    instead: str
    lost: list[Lost]


def loose(workflow: Workflow) -> Iterator[Loose]:
    """Each cause once."""
    found: dict[int, Loose] = {}
    for job in workflow.jobs:
        for step in job.steps:
            for one in _of(step):
                first = found.setdefault(one.span.start, one)
                if first is not one:
                    first.lost.extend(one.lost)
    yield from found.values()


def _of(step: Step) -> Iterator[Loose]:
    if step.run and step.shell.posix:
        yield from _outer(step)
        yield from _inner(step)
    elif step.run:
        yield from _windows(step)
    elif step.setting("uses").startswith(f"{ACTION}@"):
        yield from _action(step)


def _windows(step: Step) -> Iterator[Loose]:
    from prodlint.ci.windows import SHELLS, passed_over

    for shell, use, start, end in passed_over(step):
        assert step.run is not None
        place = step.run.at(start, end)
        why = f"{shell} goes on after a program that failed"
        yield Loose(place, step, why, SHELLS[shell], [Lost(use, place)])


def _outer(step: Step) -> Iterator[Loose]:
    """What the script of the step itself passes over."""
    given = options(step)
    if given is None or step.script is None or (given.errexit and "set +" not in step.code):
        return
    switches = [one for one in walk(step.script, False) if _switches_off(one)]
    shell = _shell_node(step)
    for _, one, use in unseen(step, step.script, given, SEQUENCE):
        gate = one.commands[-1]
        passed = _listed(step, [(use, gate)])
        before = [switch for switch in switches if switch.start < gate.start]
        if before:
            place = _place(step, before[-1])
            yield Loose(place, step, "errexit is off from here on", _KEEP, passed)
        elif shell:
            instead = f"write `shell: {_with_errexit(shell.text)}`"
            why = f"`{shell.text}` starts the shell without -e"
            yield Loose(shell.place, step, why, instead, passed)
        else:
            yield Loose(passed[0].span, step, "the shell is started without -e", _STRICT, passed)


def _inner(step: Step) -> Iterator[Loose]:
    """What the scripts pass over that the step gives to other shells, here or on a server."""
    for command, inner in scripts_within(step):
        swallowed = {one.start for swallow in step.swallows for one in swallow.commands}
        if is_remote(command):
            found = lost(inner.script, step.code, inner.options, step.known)
            passed = [(use, one) for use, one in found if one.start not in swallowed]
            why = "the script that ssh runs goes on to its next command"
        else:
            gates = unseen(step, inner.script, inner.options, SEQUENCE)
            passed = [(use, one.commands[-1]) for _, one, use in gates]
            why = f"the script that {command.name} runs goes on to its next command"
        if passed:
            yield Loose(_place(step, command.words[0]), step, why, _BEGIN, _listed(step, passed))


def _action(step: Step) -> Iterator[Loose]:
    """A script that ssh-action runs."""
    settings = mapping(step.node.get("with"))
    script, key = settings.get("script"), settings.key("script")
    if not isinstance(script, Scalar) or key is None or stops(step.setting("uses"), settings):
        return
    read = parsed(script)
    if read is None:
        return
    found = lost(*read, Options(), step.known)
    listed = [Lost(use, script.at(one.start, one.end)) for use, one in found]
    if listed:
        ignored = (
            "script_stop" in settings and "; script_stop is no input any more since release 1.2"
        )
        why = "the shell of the server goes on to the next command"
        yield Loose(key.place, step, why, f"begin the script with `set -e`{ignored or ''}", listed)


def _listed(step: Step, passed: Iterable[tuple[Use, Command]]) -> list[Lost]:
    return [Lost(use, _place(step, one)) for use, one in passed]


def _place(step: Step, node: Command | Word) -> Span:
    assert step.run is not None
    return step.run.at(node.start, node.end)


def _shell_node(step: Step) -> Scalar | None:
    places = (step.job.node, step.job.workflow.root)
    defaults = (find(place, "defaults", "run", "shell") for place in places)
    nodes: Iterable[Node | None] = (step.node.get("shell"), *defaults)
    return next((node for node in nodes if isinstance(node, Scalar) and node.text), None)


def _switches_off(command: Command) -> bool:
    words = [word.text for word in command.words[1:]]
    return command.name == "set" and not Options(True).after(words).errexit


def _with_errexit(shell: str) -> str:
    """`bash -l {0}` with `-e`."""
    if _LETTERS.search(shell):
        return _LETTERS.sub("-e", shell, count=1)
    name, _, rest = shell.partition(" ")
    return f"{name} -e {rest}"
