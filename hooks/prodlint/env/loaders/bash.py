"""bash, as `set -a; . ./.env`: a script, of which the assignments are followed and nothing is run."""

import re

from prodlint.core import shell
from prodlint.core.shell.nodes import AndOr, Command, Pipeline, Word
from prodlint.env.loaders import Reading, Trouble
from prodlint.env.loaders.bash_words import SET_BY_BASH, Failed, expanded
from prodlint.env.loaders.scope import Scope, Unknown

_ASSIGNMENT = re.compile(r"(?P<name>[A-Za-z_]\w*)(?P<op>\+?=|\[)", re.ASCII)
_EXPORTS = ("export", "readonly", "declare", "typeset")
_CHANGES = (
    *(
        "exit",
        "return",
        "exec",
        "source",
        ".",
        "set",
        "unset",
        "eval",
        "shopt",
        "shift",
        "read",
        "alias",
        "trap",
    ),
    *(
        "mapfile",
        "readarray",
        "printf",
        "let",
        "enable",
        "builtin",
        "command",
        "local",
        "getopts",
        "wait",
        "cd",
    ),
)
_READ_ONLY = ("UID", "EUID", "PPID", "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO")
_QUOTING = frozenset("\\$'\"`")
_RETURN = "\ue00d"  # a carriage return is a character like others to bash, but not to our parser


class _Script(Exception):
    """What follows depends on what a command does."""


class _Stopped(Exception):
    """The shell gives up."""


def read(text: str) -> Reading:
    text = text.replace("\r", _RETURN)
    if (len(text) - len(text.rstrip("\\"))) % 2:
        text += "\\"  # at the end of a file it stands for itself
    items, begin, why = shell.readable(text)
    if why == "nested too deeply":
        return Reading({}, set(), complete=False)
    if why:
        while items and items[-1].terminator != "\n":
            items.pop()  # bash reads a whole line before it runs any of it
    followed = _Followed(text)
    complete, refused = True, None
    try:
        for item in items:
            followed.list(item)
        if why:
            refused = Trouble(
                followed.line(begin),
                "a character that means something to a shell stands outside of quotes",
            )
    except _Script:
        complete = False
    except _Stopped:
        refused = Trouble(followed.at, "a variable that `${…?…}` requires is not set")
    scope = followed.scope
    values = {
        name: value.replace(_RETURN, "\r") if value else value
        for name, value in scope.values.items()
    }
    return Reading(values, scope.unsure, refused, tuple(followed.commands), complete)


class _Followed:
    """What a script has set so far, and the lines that did something else. `at` is the line of the current command."""

    def __init__(self, text: str) -> None:
        self.scope = Scope()
        self.commands: list[Trouble] = []
        self.at = 1
        self._text = text
        self._passed = 0

    def line(self, offset: int) -> int:
        """The line of a place; places come in order."""
        self.at += self._text.count("\n", self._passed, offset)
        self._passed = max(self._passed, offset)
        return self.at

    def trouble(self, why: str) -> None:
        self.commands.append(Trouble(self.at, why))

    def list(self, item: AndOr) -> None:
        self.line(item.start)
        if item.terminator == "&":
            self.trouble("`&` sends what stands before it to the background: nothing of it is set")
            return
        succeeded = True
        for pipeline in item.pipelines:
            if pipeline.connector and (pipeline.connector == "&&") != succeeded:
                continue
            succeeded = self.pipeline(pipeline) != pipeline.negated

    def pipeline(self, pipeline: Pipeline) -> bool:
        """Whether it succeeds."""
        if len(pipeline.commands) > 1:
            self.trouble("`|` begins another command: nothing of what stands before it is set")
            return False
        command = pipeline.commands[0]
        if not isinstance(command, Command):
            raise _Script
        if command.redirects:
            self.trouble("`<` or `>` opens a file")
        return self.command(command)

    def command(self, command: Command) -> bool:
        if not command.words:
            return not [word for word in command.assignments if not self.assign(word)]
        if command.name in _EXPORTS:
            return not [word for word in command.words[1:] if not self.declare(word)]
        if command.name in _CHANGES or command.name is None:
            raise _Script
        if command.name in (":", "true"):
            return True
        what = "the words behind the value are run as a command, and the variable is not set"
        self.trouble(what if command.assignments else "the line is run as a command")
        return False

    def declare(self, word: Word) -> bool:
        found = _ASSIGNMENT.match(word.raw)
        if found is None and not _QUOTING.isdisjoint(word.raw.partition("=")[0]):
            raise _Script
        if found is None and "=" in word.raw:
            self.trouble("the name is none that bash takes: the variable is not set")
            return False
        return self.assign(word) if found else True

    def assign(self, word: Word) -> bool:
        found = _ASSIGNMENT.match(word.raw)
        assert found is not None
        name, raw = found["name"], word.raw[found.end() :]
        if name in _READ_ONLY:
            self.trouble("this variable is read-only: it keeps the value that bash gives it")
            return False
        if found["op"] == "[" or raw.startswith("("):
            self.scope.values.pop(name, None)  # arrays are not exported
            self.trouble("`(` makes it an array, which is not exported")
            return True
        try:
            before = self.scope.get(name) or "" if found["op"] == "+=" else ""
            value = before + expanded(raw, self.scope)
            if name in SET_BY_BASH:
                raise Unknown
            self.scope.set(name, value)
        except Unknown:
            self.scope.set_unknown(name)
        except Failed as failed:
            if failed.stops:
                raise _Stopped from None
            self.trouble("`${…}` holds what bash cannot replace: the variable is not set")
            return False
        return True
