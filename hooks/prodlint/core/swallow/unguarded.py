"""Commands whose failure a shell passes over: what follows `;` decides without errexit, the end of a pipe without pipefail."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from prodlint.core.shell import (
    AndOr,
    Case,
    Command,
    Group,
    If,
    Loop,
    Node,
    Pipeline,
    Script,
    Subshell,
)
from prodlint.core.swallow import Options
from prodlint.typed import NamedTuple

# What passes over the failure: the next command of the list, or the last one of the pipe.
SEQUENCE, PIPE = "sequence", "pipe"
_MAX_DECIDING = 40
_EXITS = ("exit", "return")


class Unguarded(NamedTuple):
    """Commands that may fail unseen. `start` and `end` are those of the `;` or the `|`, or of the command before a newline.

    `deciding` are the commands of the same list whose failure counts.
    """

    start: int
    end: int
    kind: str
    commands: list[Command]
    deciding: list[Command]


def unguarded(script: Script, text: str, options: Options) -> Iterator[Unguarded]:
    """Every such place, in the order of the text. `text` is what was parsed."""
    states = [options]
    for item in script.items:
        states.append(_after(item, states[-1]))
    last = len(script.items) - 1
    counting = [at for at in range(last + 1) if states[at + 1].errexit or at == last]
    for index, item in enumerate(script.items):
        state = states[index + 1]
        asked = text[item.end : script.items[index + 1].end] if index < last else ""
        for pipeline in item.pipelines:
            yield from () if "PIPESTATUS" in asked else _piped(pipeline, state)
            for node in pipeline.commands:
                for condition in _conditions(node):
                    yield from unguarded(condition, text, state._replace(errexit=False))
                for body in _bodies(node):
                    yield from unguarded(body, text, state)
        if index == last or state.errexit or item.terminator == "&":
            continue
        if _settled(item, script.items[index + 1], text):
            continue
        lost = list(_ends(item))
        following = islice(counting, bisect_right(counting, index), None)
        deciding = [
            one for at in islice(following, _MAX_DECIDING) for one in _ends(script.items[at])
        ]
        start, end = item.terminator_start, item.terminator_start + 1
        if item.terminator != ";" and lost:
            start, end = lost[-1].start, lost[-1].end
        yield Unguarded(start, end, SEQUENCE, lost, deciding)


def _after(item: AndOr, options: Options) -> Options:
    only = item.pipelines[0].commands[0]
    if isinstance(only, Command) and only.name == "set":
        return options.after([word.text for word in only.words[1:]])
    return options


def _piped(pipeline: Pipeline, options: Options) -> Iterator[Unguarded]:
    if options.pipefail:
        return
    deciding = list(_of(pipeline.commands[-1]))
    for at, node in zip(pipeline.pipes, pipeline.commands, strict=False):
        yield Unguarded(at, at + 1, PIPE, list(_of(node)), deciding)


def _settled(first: AndOr, after: AndOr, text: str) -> bool:
    """Whether the failure of the first is dealt with: it leaves, or its status is asked for."""
    if any(pipeline.connector == "||" for pipeline in first.pipelines):
        return True
    last = first.pipelines[-1].commands[-1]
    leaves = isinstance(last, Command) and last.name in _EXITS
    asked = text[after.start : after.end]
    return leaves or "$?" in asked or "PIPESTATUS" in asked


def _ends(item: AndOr) -> Iterator[Command]:
    """The commands whose failure makes a list fail, as far as the list shows."""
    for pipeline in item.pipelines:
        yield from _of(pipeline.commands[-1])


def _of(node: Node) -> Iterator[Command]:
    if isinstance(node, Command):
        if node.words:
            yield node
    else:
        for body in _bodies(node):
            yield from _ends(body.items[-1]) if body.items else ()


def _conditions(node: Node) -> Iterator[Script]:
    """The lists whose status decides what a compound command runs; a failure in them stops no shell."""
    if isinstance(node, If):
        yield from (branch.condition for branch in node.branches)
    elif isinstance(node, Loop) and node.condition:
        yield node.condition


def _bodies(node: Node) -> Iterator[Script]:
    """The lists in a compound command that are run as part of it."""
    if isinstance(node, (Group, Subshell, Loop)):
        yield node.body
    elif isinstance(node, If):
        yield from (branch.body for branch in node.branches)
        if node.otherwise:
            yield node.otherwise
    elif isinstance(node, Case):
        yield from (clause.body for clause in node.clauses)
