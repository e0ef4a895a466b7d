"""Reads a script for the places where it goes on as if nothing had happened, although a command failed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice

from prodlint.core.commands.configured import TABLE, Known
from prodlint.core.commands.families import CLEANUP, DIAGNOSTIC, SAY
from prodlint.core.commands.purpose import Use, use
from prodlint.core.shell import (
    AndOr,
    Arithmetic,
    Case,
    Command,
    Coproc,
    Function,
    Group,
    If,
    Loop,
    Node,
    Pipeline,
    Redirect,
    Script,
    ShellError,
    Subshell,
    find,
    parse,
    walk,
)
from prodlint.core.shell.nested import nested
from prodlint.core.swallow import (
    ALWAYS,
    BACKGROUND,
    IF,
    LEAVE,
    MOSTLY,
    NEXT,
    OR,
    UNSURE,
    Options,
    Swallow,
)

_TRUE = frozenset(("true", ":", "/bin/true", "/usr/bin/true"))
_LEAVES = frozenset(("exit", "return", "break", "continue"))
_RECORDS = frozenset(
    ("touch", "export", "declare", "local", "readonly", "let", "set", "trap", "read")
)
_TO_FILE = frozenset((">", ">>", ">|", "&>", "&>>"))
# What is started in the background to stay there.
_LASTING = frozenset(
    ("up", "start", "serve", "server", "dev", "preview", "watch", "--watch", "--watchAll", "-w")
)
_WAITS = re.compile(r"\bwait[ \t]+[^\s;&|)#]")
_DEFINES = re.compile(r"\([ \t]*\)|\bfunction\b")
_MAX_AFTER = 40
_MAX_NESTED = 50
_SWALLOWING_LINE = re.compile(
    r"([^|&;\n]+)(\|\|[ \t]*(?:true\b|:(?=\s|;|\Z)|exit 0\b|echo\b|printf\b))"
)


def swallows(script: Script, text: str, errexit: bool, known: Known = TABLE) -> list[Swallow]:
    """Every such place in a script. `errexit`: the shell is started with `-e`."""
    reader = _Reader(script, text, errexit, known)
    reader.commands(script, False)
    return reader.found


def scan(text: str, known: Known = TABLE) -> Iterator[Swallow]:
    """What can be found line by line in a script that cannot be read as a whole."""
    start = 0
    for line in text.splitlines(keepends=True):
        if "||" in line:
            try:
                found = swallows(parse(line), line, True, known)
            except ShellError:
                found = list(_scan_line(line))
            for one in found:
                yield one._replace(start=start + one.start, end=start + one.end, scanned=True)
        start += len(line)


def _scan_line(line: str) -> Iterator[Swallow]:
    for match in _SWALLOWING_LINE.finditer(line):
        try:
            commands = list(walk(parse(match[1]), False))
        except ShellError:
            continue
        shown = " ".join(match[2].split())
        named = [command for command in commands if command.words]
        yield Swallow(match.start(2), match.end(2), OR, shown, named[-1:], ALWAYS)


def command_use(command: Command, known: Known = TABLE) -> Use:
    words = tuple(word.text for word in command.words)
    return _use(words, known) if words else Use("", "")


@lru_cache(1024)
def _use(words: tuple[str, ...], known: Known) -> Use:
    return use(list(words), known)


class _Reader:
    def __init__(self, script: Script, text: str, errexit: bool, known: Known) -> None:
        self.text = text
        self.known = known
        self.errexit = errexit
        defined = find(script, Function, False) if _DEFINES.search(text) else ()
        self.functions = {one.name.text: one.body for one in defined}
        self.found: list[Swallow] = []
        self.nested_scripts = 0
        self.lost: set[int] = set()  # the starts of the commands whose failure is lost already

    def commands(self, script: Script, fails: bool) -> None:
        """Read a list of commands; `fails`: what stands after it fails."""
        after = [fails]
        for item in reversed(script.items):
            after.append(after[-1] or (len(item.pipelines) == 1 and _fails(item.pipelines[0])))
        after.reverse()
        for index, item in enumerate(script.items):
            before = len(self.found)
            self.and_or(item, after[index + 1])
            if len(self.found) > before and _leaves_folder(item):
                left = self.found[-1]
                rest = islice(walk(script.items[index + 1 : index + _MAX_AFTER], False), _MAX_AFTER)
                if left.start == item.pipelines[1].connector_start:
                    commands = [*left.commands, *rest]
                    self.found[-1] = left._replace(kind=LEAVE, commands=commands)
            self.next_command(item, script.items[index + 1 : index + 2])
            if item.terminator == "&":
                self.background(item)

    def and_or(self, item: AndOr, fails: bool) -> None:
        for pipeline in item.pipelines:
            for node in pipeline.commands:
                self.node(node, fails)
        begin = 0
        failing = [index for index, one in enumerate(item.pipelines) if _fails(one)]
        last_or = max(failing, default=0)
        last_and = max((at for at in failing if item.pipelines[at].connector == "&&"), default=0)
        for index, pipeline in enumerate(item.pipelines):
            if pipeline.connector != "||" or index <= last_and:
                continue
            outcome = self.outcome(pipeline)
            if outcome == UNSURE or (outcome == MOSTLY and index < last_or):
                continue
            left = item.pipelines[begin:index]
            if not any(_has(one, _LEAVES) for one in left):
                start, end = pipeline.connector_start, pipeline.end
                end = start + 2 if "\n" in self.text[start:end] else end
                self.add(Swallow(start, end, OR, _shown(pipeline), [], outcome, fails), left)
            begin = index + 1

    def node(self, node: Node, fails: bool) -> None:
        if isinstance(node, (Group, Subshell, Loop)):
            errexit = self.errexit
            self.commands(node.body, fails)
            if isinstance(node, Subshell):
                self.errexit = errexit
        elif isinstance(node, If):
            for branch in node.branches:
                self.commands(branch.body, fails)
            if node.otherwise:
                self.commands(node.otherwise, fails)
            self.conditional(node, fails)
        elif isinstance(node, Case):
            for clause in node.clauses:
                self.commands(clause.body, fails)
        elif isinstance(node, (Function, Coproc)):
            self.node(node.body, False)
        elif isinstance(node, Command) and node.words:
            self.nested(node, fails)

    @cached_property
    def waits(self) -> bool:
        """Whether it keeps a process of the background, or waits for one."""
        return "$!" in self.text or _WAITS.search(self.text) is not None

    def nested(self, command: Command, fails: bool) -> None:
        """What a shell of its own is given to run."""
        if not command.redirects and all(word.raw[:1] not in "'\"" for word in command.words):
            return
        inner = nested(command, self.text) if self.nested_scripts < _MAX_NESTED else None
        if inner:
            self.nested_scripts += 1
            reader = _Reader(inner.script, self.text, inner.options.errexit, self.known)
            reader.nested_scripts = _MAX_NESTED
            reader.commands(inner.script, fails)
            whole = command_use(command, self.known)
            for one in reader.found:
                # The command that is given the script is lost with what it is run for.
                lost = any(command_use(inside, self.known) == whole for inside in one.commands)
                self.found.append(one._replace(commands=[*one.commands, *[command] * lost]))

    def background(self, item: AndOr) -> None:
        """`gate &`, when nothing in the script asks how it ended: `wait` alone does not."""
        words = [word.text for one in walk(item.pipelines, False) for word in one.words]
        if self.waits or not _LASTING.isdisjoint(words):
            return
        start = item.terminator_start
        self.add(Swallow(start, start + 1, BACKGROUND, "&", [], ALWAYS), item.pipelines)

    def next_command(self, item: AndOr, following: Sequence[AndOr]) -> None:
        """`gate; true` and `gate; exit 0`, which a shell reaches only without errexit."""
        only = item.pipelines[0].commands[0]
        if isinstance(only, Command) and only.name == "set":
            words = [word.text for word in only.words[1:]]
            self.errexit = Options(self.errexit).after(words).errexit
        if self.errexit or not following or len(item.pipelines) > 1 or item.terminator == "&":
            return
        after = following[0].pipelines[0].commands[0]
        if len(following[0].pipelines) == 1 and isinstance(after, Command) and _succeeds(after):
            shown = self.text[after.start : after.end]
            self.add(Swallow(after.start, after.end, NEXT, shown, [], ALWAYS), item.pipelines)

    def conditional(self, node: If, fails: bool) -> None:
        """`if gate; then … fi` of which no branch fails or keeps the result."""
        branch = node.branches[0]
        if fails or any(len(one.condition.items) > 1 for one in node.branches):
            return
        if len(node.branches) > 1:
            self.chain(node)
            return
        tested = branch.condition.items[0].pipelines
        if any(one.connector == "||" or one.negated for one in tested[1:]):
            return
        if len(tested) > 1 and tested[0].negated:
            return
        branches = [branch.body, node.otherwise]
        failed, passed = branches if tested[0].negated else reversed(branches)
        if not failed and not self.is_quiet(passed):
            return
        if self.is_quiet(failed) and not (passed and _decides(passed)):
            self.add(Swallow(node.start, node.start + 2, IF, "if", [], ALWAYS), tested)

    def chain(self, node: If) -> None:
        """`if gate; then … elif gate; then … fi` in which nothing follows from a failure of them all."""
        tested = [one for branch in node.branches for one in branch.condition.items[0].pipelines]
        bodies = [*(branch.body for branch in node.branches), node.otherwise]
        plain = len(tested) == len(node.branches) and not any(one.negated for one in tested)
        if plain and all(self.is_quiet(body) and not (body and _decides(body)) for body in bodies):
            self.add(Swallow(node.start, node.start + 2, IF, "if", [], ALWAYS), tested)

    def add(self, swallow: Swallow, lost: Iterable[Pipeline]) -> None:
        commands = [
            command
            for pipeline in lost
            for command in walk(pipeline.commands, False)
            if command.words and command.start not in self.lost
        ]
        if commands:
            self.lost.update(command.start for command in commands)
            self.found.append(swallow._replace(commands=commands))

    def outcome(self, pipeline: Pipeline, nesting: int = 0) -> str:
        """How commands end that are run after a failure."""
        outcomes = [self.node_outcome(node, nesting) for node in pipeline.commands]
        if pipeline.negated or UNSURE in outcomes:
            return UNSURE
        return outcomes[-1]

    def node_outcome(self, node: Node, nesting: int) -> str:
        if isinstance(node, Command):
            return self.command_outcome(node, nesting)
        if isinstance(node, (Group, Subshell)) and not self.is_record(node):
            return self.list_outcome(node.body, nesting)
        return UNSURE

    def list_outcome(self, script: Script, nesting: int) -> str:
        last = script.items[-1].pipelines
        outcome = self.outcome(last[-1], nesting)
        if len(last) > 1 and (last[-1].connector == "&&" or outcome == MOSTLY):
            return UNSURE
        return outcome

    def command_outcome(self, command: Command, nesting: int) -> str:
        if _records(command):
            return UNSURE
        if _succeeds(command):
            return ALWAYS
        name = command.words[0].text
        if name in self.functions and nesting < 3:
            body = self.functions[name]
            return UNSURE if self.is_record(body) else self.node_outcome(body, nesting + 1)
        family = command_use(command, self.known).family
        if family == SAY or name == "tee":
            return ALWAYS
        return MOSTLY if family in (CLEANUP, DIAGNOSTIC) else UNSURE

    def is_record(self, node: Node) -> bool:
        """Whether something in it fails, leaves or keeps what happened."""
        text = self.text[node.start : node.end]
        return (
            "$?" in text
            or "PIPESTATUS" in text
            or any(True for _ in find(node, Arithmetic, False))
            or (isinstance(node, (Group, Subshell)) and _writes(node.redirects))
            or any(map(_records, walk(node, False)))
        )

    def is_quiet(self, script: Script | None) -> bool:
        """Whether it only says something, shows something or cleans up."""
        return script is None or (
            all(self.command_outcome(command, 0) != UNSURE for command in walk(script, False))
            and not any(True for _ in find(script, Arithmetic, False))
        )


def _succeeds(command: Command) -> bool:
    """Whether it does nothing, and does that well."""
    words = [word.text for word in command.words]
    return bool(words) and (words[0] in _TRUE or words in (["exit", "0"], ["return", "0"]))


def _records(command: Command) -> bool:
    """Whether it fails, leaves, or keeps in a variable or a file that there was a failure."""
    if not command.words:
        return True
    name = command.words[0].text
    if name in _LEAVES or name == "false" or name in _RECORDS:
        return not _succeeds(command)
    if name == "tee" and any(_is_file(word.text) for word in command.words[1:]):
        return True
    return _writes(command.redirects)


def _writes(redirects: Sequence[Redirect]) -> bool:
    return any(one.operator in _TO_FILE and _is_file(one.target.text) for one in redirects)


def _is_file(name: str) -> bool:
    """Whether it is a file that can be read later; a summary is only shown."""
    return not name.startswith(("-", "/dev/", "$GITHUB_STEP_SUMMARY", "${GITHUB_STEP_SUMMARY"))


def _decides(script: Script) -> bool:
    """Whether it keeps that all went well, or leaves because of it."""
    return any(_records(one) or one.name in _LEAVES for one in walk(script, False))


def _fails(pipeline: Pipeline) -> bool:
    """Whether it is `exit 1` or the like."""
    only = pipeline.commands[0]
    if len(pipeline.commands) > 1 or not isinstance(only, Command) or not only.words:
        return False
    name, *arguments = [word.text for word in only.words]
    status = arguments[0] if arguments else "0"
    return name == "false" or (name in ("exit", "return") and status.isdigit() and status != "0")


def _has(pipeline: Pipeline, names: frozenset[str]) -> bool:
    return any(isinstance(one, Command) and one.name in names for one in pipeline.commands)


def _leaves_folder(item: AndOr) -> bool:
    """Whether it is `cd … || exit 0`."""
    if len(item.pipelines) != 2:
        return False
    first, last = (pipeline.commands[0] for pipeline in item.pipelines)
    if not isinstance(first, Command) or first.name not in ("cd", "pushd"):
        return False
    if isinstance(last, (Group, Subshell)):
        last = last.body.items[-1].pipelines[-1].commands[-1]
    return isinstance(last, Command) and last.name == "exit"


def _shown(pipeline: Pipeline) -> str:
    """`|| true`, `|| echo …`"""
    node = pipeline.commands[0]
    if isinstance(node, Group):
        return "|| { … }"
    if not isinstance(node, Command):
        return "|| ( … )"
    words = [word.text for word in node.words]
    if _succeeds(node):
        return f"|| {' '.join(words)}"
    found = use(words)
    whole = found.family != SAY and found.label.startswith(words[0])
    return f"|| {found.label}" if whole or len(words) == 1 else f"|| {words[0]} …"
