"""Gates whose output goes through a pipe that does not pass their failure on."""

from collections.abc import Iterator

from prodlint.ci.model import Step, Workflow
from prodlint.ci.unseen import Unseen, options, scripts_within, stated_shell, unseen
from prodlint.core.commands.families import DIAGNOSTIC, SAY
from prodlint.core.lazy import lazy
from prodlint.core.shell import Command
from prodlint.core.swallow.reader import command_use
from prodlint.core.swallow.unguarded import PIPE

_PIPE = lazy(r"(?<!\|)\|(?!\|)")
# What ends well whatever it is given.
_PASSES_ON = lazy(
    r"(?:tee|cat|head|tail|less|more|sed|tr|cut|sort|uniq|column|ts|fold|fmt|nl|wc|tac|rev|xcpretty|xcbeautify|tap-[\w-]+"
    r"|[\w-]+-sarif|sarif-fmt|pino-pretty|ansi2html|aha|iconv|go-junit-report|junit2html|cargo2junit|gotestfmt|gotest-color)\Z"
)


def hidden(workflow: Workflow) -> Iterator[Unseen]:
    """Such gates, where the end of the pipe only shows or keeps what it reads."""
    for job in workflow.jobs:
        for step in job.steps:
            if step.run and step.shell.posix and _PIPE.search(step.run.text):
                for one in _of(step):
                    deciding = one.one.deciding
                    if deciding and all(map(only_shows, deciding)):
                        yield one


def advice(step: Step) -> str:
    if step.given or stated_shell(step):
        return "write `set -o pipefail` before it, or run it without the pipe"
    return "write `shell: bash` at the step or under `defaults.run`: only then GitHub's bash has pipefail"


def _of(step: Step) -> Iterator[Unseen]:
    given = options(step)
    may_pass = given and (not given.pipefail or "set +" in step.code)
    if given and may_pass and step.script:
        yield from unseen(step, step.script, given, PIPE)
    for _, inner in scripts_within(step):
        yield from unseen(step, inner.script, inner.options, PIPE)


def only_shows(command: Command) -> bool:
    """Whether it ends well whatever it reads."""
    name = command.name or ""
    words = [word.text for word in command.words]
    if name == "grep":
        return "-v" in words and "-q" not in words
    if name == "jq":
        return "-e" not in words and "--exit-status" not in words
    if name == "go-junit-report" and "-set-exit-code" in words:
        return False
    return _PASSES_ON.match(name) is not None or command_use(command).family in (DIAGNOSTIC, SAY)
