"""Shell scripts (POSIX sh and bash) as commands and connectors, with their places.

`parse` gives a Script: and-or lists of pipelines of commands. Aliases are not expanded and nothing is evaluated.
"""

from collections.abc import Iterator

from prodlint.core.lazy import lazy
from prodlint.core.shell import text as shell_text
from prodlint.core.shell.nodes import (
    AndOr,
    Arithmetic,
    Branch,
    Case,
    Clause,
    Command,
    Coproc,
    Function,
    Group,
    Heredoc,
    If,
    Loop,
    Node,
    Pipeline,
    Redirect,
    Script,
    ShellError,
    Subshell,
    Test,
    Word,
)
from prodlint.core.shell.text import mask
from prodlint.core.shell.words import ASSIGNMENT, Reader, new
from prodlint.typed import Any, TypeVar

__all__ = [
    "AndOr",
    "Arithmetic",
    "Branch",
    "Case",
    "Clause",
    "Command",
    "Coproc",
    "Function",
    "Group",
    "Heredoc",
    "If",
    "Loop",
    "Node",
    "Pipeline",
    "Redirect",
    "Script",
    "ShellError",
    "Subshell",
    "Test",
    "Word",
    "find",
    "mask",
    "parse",
    "readable",
    "walk",
]

_CLOSERS = frozenset(("then", "do", "done", "fi", "elif", "else", "esac", "}"))
_KEYWORDS = _CLOSERS.union(
    ("if", "for", "select", "while", "until", "case", "function", "coproc", "{", "[[")
)
_PREFIX = lazy(rf"(?:(!)|time(?:[ \t]+-p)?(?![ \t]+-))(?=[ \t\r\n;&|(]|\Z){shell_text.BLANK}")
_PARAMETERS = lazy(rf"{shell_text.BLANK}\({shell_text.BLANK}\)")
_COPROC_NAME = r"[ \t]+[A-Za-z_]\w*(?=[ \t]+(?:[({]|(?:if|for|select|while|until|case)[ \t]))"
_TEST_OPERATOR = lazy(r"&&|\|\||[()]|\d*[<>]")
_Found = TypeVar("_Found")


def parse(text: str, start: int = 0) -> Script:
    """The script in `text` from `start` on; raises ShellError. Takes time that grows linearly with the text."""
    rest = text[start:] if start else text
    return Reader(rest, range(start, len(text) + 1), _script).whole_script()


def readable(text: str) -> tuple[list[AndOr], int, str]:
    """The lists of commands up to the first that cannot be read, and where it begins and why; without one, no reason."""
    reader = Reader(text, range(len(text) + 1), _script)
    items: list[AndOr] = []
    begin = 0
    try:
        reader.gap()
        while item := _and_or(reader):
            items.append(item)
            if not item.terminator:
                break
            reader.gap()
            begin = reader.at
        if reader.at < len(text):
            raise reader.error("unexpected token")
    except ShellError as error:
        return items, begin, error.message
    return items, begin, ""


def find(root: Any, kind: type[_Found], substitutions: bool = True) -> Iterator[_Found]:
    """Every node of a kind in `root`, itself included; a node comes before those in it.

    Without `substitutions`, what is in `$( )`, backticks, `<( )` and `>( )` is left out.
    """
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, kind):
            yield node
        if isinstance(node, (Word, Heredoc)):
            node = node.substitutions if substitutions else ()
        stack.extend([part for part in reversed(node) if part and isinstance(part, (tuple, list))])


def walk(root: Any, substitutions: bool = True) -> Iterator[Command]:
    """Every simple command in `root`, in compound commands too; see `find`."""
    return find(root, Command, substitutions)


def _script(reader: Reader) -> Script:
    reader.deeper()
    start = reader.at
    reader.gap()
    items = []
    while item := _and_or(reader):
        items.append(item)
        if not item.terminator:
            break
        reader.gap()
    reader.depth -= 1
    return Script(reader.where[start], reader.where[reader.at], items)


def _until(reader: Reader, *closers: str) -> tuple[Script, str]:
    """A list that is not empty, and which of `closers` ends it."""
    script = _script(reader)
    if not script.items:
        raise reader.error("a command is missing")
    return script, _expect(reader, *closers)


def _expect(reader: Reader, *tokens: str) -> str:
    word = reader.word()
    token = word.raw if word else reader.text[reader.at : reader.at + 1]
    if token not in tokens:
        at = reader.at - len(token) if word else reader.at
        raise reader.error(f"expected {' or '.join(tokens)}", at)
    if not word:
        reader.at += 1
    return token


def _and_or(reader: Reader) -> AndOr | None:
    pipeline = _pipeline(reader, "", reader.at)
    if not pipeline:
        return None
    pipelines = [pipeline]
    while reader.found in ("&&", "||"):
        connector, at = reader.found, reader.at
        reader.at += 2
        reader.gap()
        pipeline = _pipeline(reader, connector, at)
        if not pipeline:
            raise reader.error("a command is missing")
        pipelines.append(pipeline)
    terminator, at = reader.found, reader.where[reader.at]
    if terminator in (";", "&"):
        reader.at += 1
    elif terminator != "\n":
        terminator = ""
    return new(AndOr, (pipelines[0].start, pipeline.end, pipelines, terminator, at))


def _pipeline(reader: Reader, connector: str, at: int) -> Pipeline | None:
    begin, negated, pipes = reader.at, False, []
    while reader.text[reader.at : reader.at + 1] in "!t" and (
        prefix := _PREFIX.match(reader.text, reader.at)
    ):
        reader.at = prefix.end()
        negated ^= prefix[1] is not None
    prefixed = reader.at > begin
    command = _command(reader)
    if not command:
        if not prefixed:
            return None
        command = Command(reader.where[reader.at], reader.where[reader.at], (), (), ())
    start = reader.where[begin] if prefixed else command.start
    commands = [command]
    while reader.operator() in ("|", "|&"):
        pipes.append(reader.where[reader.at])
        reader.at += len(reader.found)
        reader.gap()
        command = _required_command(reader)
        commands.append(command)
    connector_start = reader.where[at] if connector else start
    pipeline = (start, command.end, connector, connector_start, negated, commands, pipes or ())
    return new(Pipeline, pipeline)


def _required_command(reader: Reader) -> Node:
    command = _command(reader)
    if not command:
        raise reader.error("a command is missing")
    return command


def _command(reader: Reader) -> Node | None:
    """The command at the place, or None where none begins: before a closing bracket or keyword, for one."""
    begin = end = reader.at
    word = reader.word()
    if word:
        if word.raw in _KEYWORDS:
            if word.raw in _CLOSERS:
                reader.at = begin
                return None
            return _compound(reader, word)
    elif reader.starts("("):
        return _parenthesized(reader)
    assignments: list[Word] = []
    words: list[Word] = []
    redirects: list[Redirect] = []
    while True:
        if word:
            if words:
                words.append(word)
            else:
                if "[" in word.raw:
                    word = reader.subscripted(word)
                assigns = "=" in word.raw and ASSIGNMENT.match(word.raw)
                (assignments if assigns else words).append(word)
        elif not reader.redirect(redirects):
            break
        end = reader.at
        word = reader.word()
    if end == begin:
        return None
    if len(words) == 1 and reader.starts("(") and _PARAMETERS.match(reader.text, reader.at):
        return _function(reader, reader.where[begin], words[0])
    start, last = reader.where[begin], reader.where[end]
    return new(Command, (start, last, assignments or (), words, redirects or ()))


def _compound(reader: Reader, keyword: Word) -> Node:
    match keyword.raw:
        case "if":
            return _if(reader, keyword.start)
        case "case":
            return _case(reader, keyword.start)
        case "[[":
            return _test(reader, keyword.start)
        case "{":
            body, _ = _until(reader, "}")
            redirects = reader.redirects()
            return Group(keyword.start, reader.where[reader.at], body, redirects)
        case "function":
            return _function(reader, keyword.start, reader.required_word())
        case "coproc":
            if name := lazy(_COPROC_NAME).match(reader.text, reader.at):
                reader.at = name.end()
            reader.operator()
            reader.deeper()
            command = _required_command(reader)
            reader.depth -= 1
            return Coproc(keyword.start, command.end, command)
        case _:
            return _loop(reader, keyword)


def _parenthesized(reader: Reader) -> Subshell | Arithmetic:
    start = reader.where[reader.at]
    if reader.starts("((") and reader.is_arithmetic(reader.at):
        expression = reader.arithmetic()
        redirects = reader.redirects()
        return Arithmetic(start, reader.where[reader.at], expression, redirects)
    reader.at += 1
    body, _ = _until(reader, ")")
    redirects = reader.redirects()
    return Subshell(start, reader.where[reader.at], body, redirects)


def _if(reader: Reader, start: int) -> If:
    branches, otherwise, closer = [], None, "elif"
    while closer == "elif":
        condition, _ = _until(reader, "then")
        body, closer = _until(reader, "elif", "else", "fi")
        branches.append(Branch(condition.start, body.end, condition, body))
    if closer == "else":
        otherwise, _ = _until(reader, "fi")
    redirects = reader.redirects()
    return If(start, reader.where[reader.at], branches, otherwise, redirects)


def _loop(reader: Reader, keyword: Word) -> Loop:
    variable = items = condition = None
    if keyword.raw in ("while", "until"):
        condition, opener = _until(reader, "do")
    else:
        variable = reader.word()
        if variable:
            items = _loop_items(reader)
        elif reader.starts("(("):
            items = [reader.arithmetic()]
        else:
            raise reader.error("a word is missing")
        if reader.operator() == ";":
            reader.at += 1
        reader.gap()
        opener = _expect(reader, "do", "{")
    body, _ = _until(reader, "done" if opener == "do" else "}")
    redirects = reader.redirects()
    end = reader.where[reader.at]
    return Loop(keyword.start, end, keyword.raw, variable, items, condition, body, redirects)


def _loop_items(reader: Reader) -> list[Word] | None:
    reader.gap()
    before = reader.at
    word = reader.word()
    if not word or word.raw != "in":
        reader.at = before
        return None
    items = []
    while word := reader.word():
        items.append(word)
    return items


def _case(reader: Reader, start: int) -> Case:
    subject = reader.required_word()
    reader.gap()
    _expect(reader, "in")
    clauses = []
    while clause := _clause(reader):
        clauses.append(clause)
    redirects = reader.redirects()
    return Case(start, reader.where[reader.at], subject, clauses, redirects)


def _clause(reader: Reader) -> Clause | None:
    """The next clause of a `case`, or None behind its `esac`."""
    reader.gap()
    start = reader.at
    bracket = reader.starts("(")
    reader.at += bracket
    patterns = [reader.required_word()]
    if patterns[0].raw == "esac" and not bracket:
        return None
    while reader.operator() == "|":
        reader.at += 1
        patterns.append(reader.required_word())
    _expect(reader, ")")
    body = _script(reader)
    terminator = reader.operator()
    if terminator in (";;", ";&", ";;&"):
        reader.at += len(terminator)
    else:
        at = reader.at
        _expect(reader, "esac")
        reader.at, terminator = at, ""
    return Clause(reader.where[start], reader.where[reader.at], patterns, body, terminator)


def _test(reader: Reader, start: int) -> Test:
    words: list[Word] = []
    while True:
        reader.gap()
        word = reader.word()
        if not word:
            operator = _TEST_OPERATOR.match(reader.text, reader.at)
            if not operator:
                raise reader.error("expected ]]")
            word = Word(reader.where[reader.at], reader.where[operator.end()], operator[0])
            reader.at = operator.end()
        elif word.raw == "]]":
            break
        words.append(word)
        if word.raw == "=~":
            reader.gap()
            regex = reader.long_word(reader.at, regex=True)
            if not regex:
                raise reader.error("a word is missing")
            words.append(regex)
    redirects = reader.redirects()
    return Test(start, reader.where[reader.at], words, redirects)


def _function(reader: Reader, start: int, name: Word) -> Function:
    if parameters := _PARAMETERS.match(reader.text, reader.at):
        reader.at = parameters.end()
    reader.gap()
    reader.deeper()
    body = _command(reader)
    reader.depth -= 1
    if not body or isinstance(body, Command):
        raise reader.error("a compound command is missing")
    return Function(start, body.end, name, body)
