"""Deployments in a script that a server runs, whose shell goes on after a failure unless the script says otherwise."""

from collections.abc import Iterator

from prodlint.core.commands.configured import Known
from prodlint.core.commands.families import DEPLOY, INSTALL
from prodlint.core.commands.purpose import Use
from prodlint.core.commands.words import tool
from prodlint.core.lazy import lazy
from prodlint.core.shell import Command, Script, ShellError, mask, parse, walk
from prodlint.core.swallow import Options, Swallow
from prodlint.core.swallow.reader import command_use, swallows
from prodlint.core.swallow.unguarded import SEQUENCE, unguarded
from prodlint.core.yaml import Mapping, Scalar, mapping, text
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.ci.model import Step

ACTION = "appleboy/ssh-action"
# What a deployment is made of besides gates and installs: without it, the old version goes on running.
_FETCHES = lazy(
    r"(?:git (?:\S+ )*?(?:pull|fetch|checkout|reset|clone)|(?:docker|podman)(?:[ -]compose)? (?:\S+ )*?(?:pull|load))\b"
)
_RESTARTS = lazy(
    r"(?:pm2 (?:start|restart|reload)|(?:systemctl|supervisorctl) (?:--\S+ )*(?:re)?(?:start|load)|service \S+ (?:re)?(?:start|load)"
    r"|(?:docker|podman) (?:run .*-d|start|restart)|forever restart)\b"
)
# The last releases that heeded `script_stop`.
_STOPS = lazy(r"v?(?:0(?:\.|\Z)|1\.[01](?:\.|\Z))")
_SETS_ERREXIT = lazy(r"(?m)^\s*set -\w*e")
_COMMIT = lazy(r"[0-9a-f]{40}\Z")


def lost(script: Script, code: str, given: Options, known: Known) -> Iterator[tuple[Use, Command]]:
    """What a script that deploys passes over, though nothing has been deployed without it."""
    if not any(_deploys(command, known) for command in walk(script, False)):
        return
    for one in unguarded(script, code, given):
        needed = (c for c in one.commands if one.kind == SEQUENCE and _is_needed(c, known))
        for command in needed:
            use = command_use(command, known)
            if not any(command_use(after, known).covers(use) for after in one.deciding):
                yield use, command
                break


def is_remote(command: Command) -> bool:
    return any(tool(word.text) == "ssh" for word in command.words[:6])


def stops(action: str, given: Mapping) -> bool:
    """Whether the action itself makes the script stop, or may do so for all that is known of its release."""
    stated = text(given.get("script_stop")) == "true"
    release = action.partition("@")[2]
    return stated and (_STOPS.match(release) or _COMMIT.match(release)) is not None


def parsed(script: Scalar) -> tuple[Script, str] | None:
    code = mask(script.text)
    try:
        return parse(code), code
    except ShellError:
        return None


def swallows_there(step: "Step") -> Iterator[tuple[Scalar, Swallow]]:
    """The failures that a script for ssh-action throws away although its shell would stop at them."""
    settings = mapping(step.node.get("with"))
    script = settings.get("script")
    if not isinstance(script, Scalar) or "||" not in script.text:
        return
    strict = stops(step.setting("uses"), settings) or _SETS_ERREXIT.search(script.text)
    read = parsed(script) if strict else None
    for one in swallows(*read, True, step.known) if read else ():
        yield script, one


def _deploys(command: Command, known: Known) -> bool:
    return _RESTARTS.match(_words(command)) is not None or (
        bool(command.words) and command_use(command, known).family == DEPLOY
    )


def _is_needed(command: Command, known: Known) -> bool:
    use = command_use(command, known)
    return use.gate or use.family == INSTALL or _FETCHES.match(_words(command)) is not None


def _words(command: Command) -> str:
    return " ".join(word.text for word in command.words).removeprefix("sudo ")
