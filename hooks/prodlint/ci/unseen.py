"""Gates whose failure a shell passes over, because errexit or pipefail is off, or because a pipe's end decides."""

from collections.abc import Iterator

from prodlint.ci.evidence import excuse, gate_among
from prodlint.ci.model import Step
from prodlint.core.commands.purpose import Use
from prodlint.core.lazy import lazy
from prodlint.core.shell import Command, Script, walk
from prodlint.core.shell.nested import Nested, nested
from prodlint.core.swallow import ALWAYS, Options, Swallow
from prodlint.core.swallow.reader import command_use
from prodlint.core.swallow.unguarded import PIPE, Unguarded, unguarded
from prodlint.typed import NamedTuple

_MAX_NESTED = 50
_NESTS = lazy(r"\bssh\b|sh -|sh <<|\beval\b|\bsu\s")
# A shell whose options stand where they can be read.
_PLAIN = lazy(r"(?:bash|sh)?\Z|(?:[\w/]*/)?(?:ba|da|z|k)?sh\s")


class Unseen(NamedTuple):
    """A gate that may fail unseen, at `one`."""

    step: Step
    one: Unguarded
    use: Use


def stated_shell(step: Step) -> str:
    return step.setting("shell") or step.job.default_shell


def options(step: Step) -> Options | None:
    """Those that the shell of a step is started with; None where they cannot be told."""
    plain = step.given or _PLAIN.match(stated_shell(step))
    return Options(step.shell.errexit, step.shell.pipefail) if plain else None


def unseen(step: Step, script: Script, given: Options, kind: str) -> Iterator[Unseen]:
    """The gates of a script of a step that are lost in one way, and count nowhere else."""
    found = [one for one in unguarded(script, step.code, given) if one.kind == kind]
    swallows = step.swallows if found else ()
    swallowed = {command.start for one in swallows for command in one.commands}
    for one in found:
        use = gate_among((c for c in one.commands if c.start not in swallowed), step.known)
        if use is None or any(command_use(c, step.known).covers(use) for c in one.deciding):
            continue
        if not excuse(step, _as_swallow(one)):
            yield Unseen(step, one, use)


def scripts_within(step: Step) -> Iterator[tuple[Command, Nested]]:
    """The commands of a step that give a script to another shell, and that script."""
    count = 0
    script = step.script if _NESTS.search(step.code) else None
    for command in walk(script, False) if script else ():
        inner = nested(command, step.code) if command.words and count < _MAX_NESTED else None
        if inner:
            count += 1
            yield command, inner


def _as_swallow(one: Unguarded) -> Swallow:
    """With the end of a pipe, which may be what writes the output into a file."""
    writers = (
        [c for c in one.deciding if c.name == "tee" or c.redirects] if one.kind == PIPE else []
    )
    return Swallow(one.start, one.end, one.kind, "", [*one.commands, *writers], ALWAYS)
