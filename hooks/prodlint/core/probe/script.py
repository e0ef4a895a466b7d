"""How a shell script of a health check ends: its commands one after the other, with what connects them."""

import re
from collections.abc import Sequence

from prodlint.core import shell
from prodlint.core.ending import PASSING, WILD, Ending, Locate, connects, settled
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.probe import Reading

# What ends well when nothing comes in: the fault of a missing program before the pipe is lost.
_SWALLOWERS = "awk cat cut head jq sed sort tail tee tr true wc xargs :"
_STOPPED = (Ending.STOPS_WELL, Ending.STOPS_BADLY, Ending.STOPS)


def ending_of(reading: "Reading", text: str, locate: Locate, depth: int) -> Ending:
    try:
        script = shell.parse(text)
    except shell.ShellError:
        return Ending.OPEN
    return _Walk(reading, locate, depth).list(script)


class _Walk:
    """Walks a parsed script."""

    def __init__(self, reading: "Reading", locate: Locate, depth: int) -> None:
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
                inner = _Walk(self.reading, self.locate, self.depth)
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
        self.may_stop_badly |= name is None or name in WILD.split()
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


def _redirected(ending: Ending, redirects: Sequence[shell.Redirect]) -> Ending:
    return Ending.OPEN if ending is Ending.PASSES and connects(redirects) else ending
