"""What the steps of every CI have: a shell, and perhaps a key that lets them fail."""

import re

from prodlint.core.source import Span
from prodlint.core.yaml import Mapping, Scalar
from prodlint.typed import NamedTuple

STEP_SWITCH = "drop it, or give the step an id and let a later one decide by `steps.<id>.outcome`"
JOB_SWITCH = "drop it; a job that is only advice may be red as long as no other needs it"

_SWITCH = "continue-on-error"
_SHELLS = ("bash", "sh")
_POSIX_SHELL = r"(?:^|[\s/])(?:wsl-)?(?:ba|da|z|k|a)?sh\b|\bmsys2\b|\balpine\b|\$\{\{"
_PLAIN_SHELL = r"(?:[\w/]*/)?(?:ba|da|z|k)?sh\s"


class Shell(NamedTuple):
    """How a script is run. `posix` is false for PowerShell, cmd, Python and the like."""

    posix: bool
    errexit: bool
    pipefail: bool = False


class Switch(NamedTuple):
    """A key that lets a step or a job fail without a sign: where it is, its name, and what to do `instead`."""

    span: Span
    name: str
    instead: str


class Advice(NamedTuple):
    """Where to write what runs in any case, what runs only after a failure, and what may fail.

    Lines to copy follow behind `:\\n`; `{}` in them is the command.
    """

    always: str
    failure: str
    optional: str


ADVICE = Advice(
    "a step of its own:\n- if: always()\n  run: {}",
    "a step of its own:\n- if: failure()\n  run: {}",
    "a step of its own with `continue-on-error: true`",
)


def written(advice: str, command: str) -> str:
    """The advice for a command, with the lines only if the command is known in full."""
    return advice.partition(":\n")[0] if "…" in command else advice.replace("{}", command)


def github_switch(node: Mapping, instead: str) -> Switch | None:
    found = node.get(_SWITCH)
    true = isinstance(found, Scalar) and found.value is True
    return Switch(found.place, _SWITCH, instead) if found and true else None


def github_shell(stated: str) -> Shell:
    """The shell that `shell:` names; sources: github/docs 18933 and 27583 for `pipefail`, which only `bash` brings."""
    if stated in _SHELLS:
        return Shell(True, True, stated == "bash")
    options = [word for word in stated.split()[1:] if word[0] in "-+"]
    loose = re.match(_PLAIN_SHELL, stated) and "errexit" not in stated
    errexit = not loose or any(re.match(r"-[A-Za-z]*e", word) for word in options)
    return Shell(re.search(_POSIX_SHELL, stated) is not None, errexit, "pipefail" in stated)
