"""Whether SIGTERM reaches the program of a container, or ends at the shell that started it."""

import posixpath
import re

from prodlint.core.builds import Build
from prodlint.core.lazy import lazy
from prodlint.dockerfile.instruction import Instruction
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.dockerfile.process import Shipped

# dash starts the last command of `sh -c` below itself like any other (seen with 0.5.12, which Debian 12 has); the ash of
# busybox and bash replace themselves by it (seen with 1.35 and 5.2; docker/docs#23124), unless it is part of a pipeline.
_DASH = ("debian", "buildpack")
_REPLACING = ("alpine", "busybox", "redhat")
# A script that holds one of these minds its signals; a program of these names is none that serves.
_MINDED = ("exec", "trap", "wait")
_NO_SERVER = ("tail", "sleep", "service", "true", "cd", "source", ".", "env")
_RELINKED = lazy(r"\bln\b[^;&|\n]*/bin/sh\b|dpkg-reconfigure\s[^;&|\n]*dash")


class Detached(NamedTuple):
    """The instruction whose shell stays above the program, the program's name, and its words where no shell is needed."""

    instruction: Instruction
    program: str
    words: list[str]


def detached(image: "Shipped") -> Detached | None:
    """None also when nobody can tell."""
    stage = image.stage
    found = _script(stage.entrypoint, stage.command)
    system = stage.base.system if stage.base is not None else ""
    if found is None or system not in (*_DASH, *_REPLACING):
        return None
    one, script, shell = found
    if not shell:
        chosen = stage.last("SHELL")
        shell = chosen.json[0] if chosen is not None and chosen.json else "sh"
    shell = posixpath.basename(shell)
    if shell not in ("sh", "dash", "bash") or any(
        _RELINKED.search(run.value) for run in stage.reversed("RUN")
    ):
        return None
    forks = shell == "dash" or (shell == "sh" and system in _DASH)
    if image.builds and all(_replaced(build) for build in image.builds):
        return None
    return _left_running(one, script, forks)


def _script(
    entrypoint: Instruction | None, command: Instruction | None
) -> tuple[Instruction, str, str] | None:
    """What a shell is given to run when a container starts, and the shell when the JSON form names one."""
    if entrypoint is not None and entrypoint.json is None:
        return (entrypoint, entrypoint.arguments, "") if entrypoint.arguments.strip() else None
    starter = entrypoint.json or [] if entrypoint is not None else []
    names = [posixpath.basename(word) for word in starter]
    if names[:1] == ["tini"]:
        if any(re.fullmatch(r"-\w*g\w*", word) for word in starter):
            return None
        names = [name for name in names[1:] if name != "--"]
        starter = starter[len(starter) - len(names) :]
    if starter and entrypoint is not None:
        return _given(entrypoint, starter)
    if command is None or not command.arguments.strip():
        return None
    return (
        (command, command.arguments, "") if command.json is None else _given(command, command.json)
    )


def _given(one: Instruction, words: list[str]) -> tuple[Instruction, str, str] | None:
    """`["sh", "-c", "…"]`"""
    return (one, words[2], words[0]) if len(words) >= 3 and words[1] == "-c" else None


def _left_running(one: Instruction, script: str, forks: bool) -> Detached | None:
    from prodlint.core.shell import Command, ShellError, parse, walk

    try:
        tree = parse(script)
    except ShellError:
        return None
    every = list(walk(tree))
    if not tree.items or any(command.name in _MINDED for command in every):
        return None
    if any(item.terminator == "&" for item in tree.items):
        return None
    pipeline = tree.items[-1].pipelines[-1]
    node = pipeline.commands[0]
    if not isinstance(node, Command) or pipeline.connector == "||":
        return None
    if not forks and len(pipeline.commands) == 1:
        return None
    name = posixpath.basename(node.name or "")
    if not name or name in _NO_SERVER:
        return None
    alone = len(every) == 1 and not node.assignments and not node.redirects
    words = [word.value for word in node.words if word.value is not None]
    return Detached(one, name, words if alone and len(words) == len(node.words) else [])


def _replaced(build: Build) -> bool:
    """Whether a compose service starts something else than the image says."""
    from prodlint.core import yaml

    for root in yaml.load(build.span.source).documents:
        service = yaml.find(yaml.find(root, "services"), build.service)
        if any(yaml.find(service, key) is not None for key in ("command", "entrypoint")):
            return True
    return False
