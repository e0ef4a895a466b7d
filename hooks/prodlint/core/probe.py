"""How the command of a health check ends: well or badly whatever happens, or as the service answers."""

import re
from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from prodlint.core import shell
from prodlint.core.finding import Related
from prodlint.core.source import Span

Locate = Callable[[int, int], Span]

_MAX_NESTED = 1  # scripts of `sh -c` inside scripts
_MAX_TEST = 4_000
_SHELLS = frozenset(("sh", "ash", "bash", "dash", "zsh", "ksh"))
_FOLDERS = ("/bin/", "/usr/bin/", "/usr/local/bin/", "/sbin/", "/usr/sbin/")
PASSING = ("true", ":", "echo", "printf")
# Where output may go without a fault.
STREAMS = (
    "/dev/null",
    "/dev/stdout",
    "/dev/stderr",
    "/proc/1/fd/1",
    "/proc/1/fd/2",
    "1",
    "2",
    "-",
)
# What may end the script or the container, or does what nobody can tell.
_WILD = "exec eval source . trap kill killall pkill reboot shutdown poweroff s6-svc supervisorctl"
# What ends well when nothing comes in: the fault of a missing program before the pipe is lost.
_SWALLOWERS = "awk cat cut head jq sed sort tail tee tr true wc xargs :"


class Ending(Enum):
    """How a command ends: well, badly, or nobody can say; or it ends the whole script so.

    PASSES and FAILS are said only of what ends so whatever the service answers.
    """

    PASSES = "passes"
    FAILS = "fails"
    OPEN = "open"
    STOPS_WELL = "stops well"
    STOPS_BADLY = "stops badly"
    STOPS = "stops"


_STOPPED = (Ending.STOPS_WELL, Ending.STOPS_BADLY, Ending.STOPS)


class Call(NamedTuple):
    """A program that a test runs: where the service takes it in, and the text itself, which may stand elsewhere.

    `words` are its name and its arguments, None where expanded.
    """

    name: str
    span: Span
    written: Span
    words: list[str | None]

    @property
    def places(self) -> list[Related]:
        """Where its text stands, when the service takes it in elsewhere."""
        return [Related(self.written, "is the test")] if self.written != self.span else []


class Reading:
    """One reading of a test with a set of programs missing; remembers the first that makes it fail.

    `shell` are the words of the shell that runs it, where that is known.
    """

    def __init__(
        self, lacks: Callable[[str], bool], via: Span | None, shell: Sequence[str] = ()
    ) -> None:
        self.lacks = lacks
        self.via = via
        self.culprit: Call | None = None
        self.stops_at_failure = any(re.match(r"-\w*e", word) for word in shell)
        self.pipefail = "pipefail" in shell

    def argv(self, words: list[str | None], places: list[Span], depth: int = 0) -> Ending:
        words, places = _unwrapped(words, places)
        name = _program(words[0]) if words else None
        if name is None:
            return Ending.OPEN
        if self.lacks(name):
            self.culprit = self.culprit or Call(name, self.via or places[0], places[0], words)
            return Ending.FAILS
        if name in PASSING or name == "false":
            return Ending.FAILS if name == "false" else Ending.PASSES
        if name not in _SHELLS or not re.fullmatch(r"-\w*c", "".join(filter(None, words[1:2]))):
            return Ending.OPEN
        nested = words[2] if len(words) > 2 else None
        if nested is None:
            return Ending.OPEN
        ending = settled(self.script(nested, lambda start, end: places[2], depth + 1))
        return Ending.OPEN if ending is Ending.PASSES and "e" in (words[1] or "") else ending

    def script(self, text: str, locate: Locate, depth: int = 0) -> Ending:
        if depth > _MAX_NESTED or len(text) > _MAX_TEST:
            return Ending.OPEN
        self.pipefail |= "pipefail" in text
        try:
            script = shell.parse(text)
        except shell.ShellError:
            return Ending.OPEN
        return _Script(self, locate, depth).list(script)


class _Script:
    """Walks a parsed script."""

    def __init__(self, reading: Reading, locate: Locate, depth: int) -> None:
        self.reading = reading
        self.locate = locate
        self.depth = depth
        self.stops_at_failure = reading.stops_at_failure
        self.may_stop_well = False
        self.may_stop_badly = False

    def list(self, script: shell.Script) -> Ending:
        ending = Ending.PASSES
        for item in script.items:
            ending = Ending.PASSES if item.terminator == "&" else self.and_or(item)
            if ending is Ending.FAILS and self.stops_at_failure:
                ending = Ending.STOPS_BADLY
            if ending in _STOPPED:
                break
            self.may_stop_badly |= ending is Ending.OPEN and self.stops_at_failure
        fails = ending in (Ending.FAILS, Ending.STOPS_BADLY)
        passes = ending in (Ending.PASSES, Ending.STOPS_WELL)
        unsure = (fails and self.may_stop_well) or (passes and self.may_stop_badly)
        return Ending.OPEN if unsure else ending

    def and_or(self, item: shell.AndOr) -> Ending:
        ending = self.pipeline(item.pipelines[0])
        for pipeline in item.pipelines[1:]:
            if ending in _STOPPED:
                break
            both = pipeline.connector == "&&"
            if ending is (Ending.FAILS if both else Ending.PASSES):
                continue
            following = self.pipeline(pipeline)
            if ending is not Ending.OPEN:
                ending = following
                continue
            self.may_stop_well |= following in (Ending.STOPS_WELL, Ending.STOPS)
            self.may_stop_badly |= following in (Ending.STOPS_BADLY, Ending.STOPS)
            if both and following in (Ending.FAILS, Ending.STOPS_BADLY):
                ending = Ending.FAILS
            elif not both and following in (Ending.PASSES, Ending.STOPS_WELL):
                ending = Ending.PASSES
        return ending

    def pipeline(self, pipeline: shell.Pipeline) -> Ending:
        *feeders, final = pipeline.commands
        ending = self.command(final)
        if feeders:
            ending = settled(ending)
            fed = [self.command(feeder) for feeder in feeders]
            reads = isinstance(final, shell.Command) and final.name not in _SWALLOWERS.split()
            if Ending.FAILS in fed and reads and ending is Ending.OPEN:
                ending = Ending.FAILS
            if ending is Ending.PASSES and self.reading.pipefail:
                ending = Ending.OPEN
        if pipeline.negated:
            flipped = {Ending.FAILS: Ending.PASSES, Ending.PASSES: Ending.FAILS}
            ending = flipped.get(ending, ending)
        return ending

    def command(self, command: shell.Node) -> Ending:
        match command:
            case shell.Command():
                return self.simple(command)
            case shell.Group():
                return _redirected(self.list(command.body), command.redirects)
            case shell.Subshell():
                inner = _Script(self.reading, self.locate, self.depth)
                inner.stops_at_failure = self.stops_at_failure
                return _redirected(settled(inner.list(command.body)), command.redirects)
            case shell.If():
                return self.branches(command)
            case _:
                self.may_stop_well = self.may_stop_badly = True
                return Ending.OPEN

    def branches(self, command: shell.If) -> Ending:
        for branch in command.branches:
            ending = self.list(branch.condition)
            if ending is Ending.PASSES:
                return self.list(branch.body)
            if ending is not Ending.FAILS:
                self.may_stop_well = self.may_stop_badly = True
                return ending
        return self.list(command.otherwise) if command.otherwise else Ending.PASSES

    def simple(self, command: shell.Command) -> Ending:
        name, args = command.name, command.args
        if not command.words:
            inside = [self.substituted(word) for word in command.assignments]
            if connects(command.redirects):
                return Ending.OPEN
            return inside[-1] if inside else Ending.PASSES
        if name in PASSING:
            return Ending.OPEN if connects(command.redirects) else Ending.PASSES
        if name == "false":
            return Ending.FAILS
        if name in ("exit", "return"):
            if not args or args[0] is None:
                return Ending.STOPS
            return Ending.STOPS_WELL if args[0] == "0" else Ending.STOPS_BADLY
        if name == "set":
            self.stops_at_failure |= any(
                word is None or word == "errexit" or re.match(r"-\w*e", word) for word in args
            )
            return Ending.PASSES
        self.may_stop_badly |= name is None or name in _WILD.split()
        if name in ("[", "test"):
            compares = not {"-z", "!=", "-ne", "!", "-o", "-lt"}.intersection(args)
            fails = any(self.substituted(word) is Ending.FAILS for word in command.words)
            return Ending.FAILS if compares and fails else Ending.OPEN
        places = [self.locate(word.start, word.end) for word in command.words]
        return self.reading.argv([name, *args], places, self.depth)

    def substituted(self, word: shell.Word) -> Ending:
        """How the last command in `$( )` ends."""
        endings = [settled(self.list(script)) for script in word.substitutions]
        return endings[-1] if endings else Ending.PASSES


def connects(redirects: Sequence[shell.Redirect]) -> bool:
    """Whether one opens a file that may not be there, or a connection, as bash does for /dev/tcp."""
    return any(
        not one.operator.startswith("<<") and one.target.value not in STREAMS for one in redirects
    )


def _redirected(ending: Ending, redirects: Sequence[shell.Redirect]) -> Ending:
    return Ending.OPEN if ending is Ending.PASSES and connects(redirects) else ending


def settled(ending: Ending) -> Ending:
    """How a subshell or a whole script ends."""
    inside = {
        Ending.STOPS_WELL: Ending.PASSES,
        Ending.STOPS_BADLY: Ending.FAILS,
        Ending.STOPS: Ending.OPEN,
    }
    return inside.get(ending, ending)


def _program(word: str | None) -> str | None:
    """The name of a program of the system; a path elsewhere is the image's own business."""
    folder, slash, name = (word or "").rpartition("/")
    return (name or None) if not slash or f"{folder}/" in _FOLDERS else None


def _unwrapped(words: list[str | None], places: list[Span]) -> tuple[list[str | None], list[Span]]:
    """The command that `exec`, `env` or `timeout` runs."""
    at = 0
    while at < len(words):
        match _program(words[at]):
            case "exec" | "nohup" | "nice":
                at += 1
            case "command":
                at = len(words) if (words[at + 1 : at + 2] or ["-"])[0] == "-v" else at + 1
            case "env":
                at += 1
                while at < len(words) and re.match(r"-|\w+=", words[at] or ""):
                    at += 1
            case "timeout":
                at += 1
                duration = 1
                while at < len(words) and (words[at] or "").startswith("-"):
                    duration = 0 if words[at] == "-t" else duration
                    at += 2 if words[at] in ("-s", "-k", "-t") else 1
                at += duration
            case _:
                break
    return words[at:], places[at:]
