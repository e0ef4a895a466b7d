"""Regular expressions of a schema, run in time linear in the length of a value.

`re` backtracks: on `(a+)+$` it takes for ever, and no look at an expression finds every such case. So they are run as
automata, which follow all ways at once. That allows all of `re` but look-behind, back-references, atomic groups,
possessive repeats and inline flags other than a leading `(?i)`. `$` is the end of the text alone, as in ECMA-262, which
JSON Schema refers to.
"""

import re
import warnings

from prodlint.typed import NamedTuple

MAX_SIZE = 2000
MAX_DEPTH = 50
_CHAR, _SPLIT, _JUMP, _ASSERT, _LOOK, _END = range(6)
_REPEAT = re.compile(r"[*+?]|\{(?=[\d,])(\d{1,5})?(,)?(\d{1,5})?\}")
_GROUP = re.compile(r"\((?:\?(?:([=!])|:|P?<(?![=!])\w+>))?")
_ESCAPE = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[dDwWsSnrtfva]|0(?!\d)|[^\w])", re.DOTALL
)
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


class BadPattern(Exception):
    """An expression that cannot be run; the text says why, in a few words."""


class Unsupported(BadPattern):
    """An expression that other tools may be able to run."""


class TooMuch(Exception):
    """The steps that one file may take are used up."""


class _Code(NamedTuple):
    """An instruction; jumps are relative to it."""

    kind: int
    first: int = 0
    second: int = 0
    test: "re.Pattern[str] | None" = None
    inner: "tuple[_Code, ...]" = ()


_Program = tuple[_Code, ...]


class Pattern:
    """An expression; `search` says whether it matches somewhere in a text."""

    def __init__(self, text: str) -> None:
        parser = _Parser(text)
        self._program: _Program = (*parser.choice(0), _Code(_END))
        if parser.at < len(text):
            raise BadPattern("a `)` that closes nothing")

    def search(self, text: str, steps: list[int]) -> bool:
        """`steps` holds the steps that are left; raises TooMuch when there are none."""
        return _run(self._program, text, 0, steps, None)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.flags = re.IGNORECASE if text.startswith("(?i)") else re.RegexFlag(0)
        self.at = 4 if self.flags else 0

    def choice(self, depth: int) -> _Program:
        if depth > MAX_DEPTH:
            raise BadPattern("groups nested too deep")
        ways = [self.sequence(depth)]
        while self.text.startswith("|", self.at):
            self.at += 1
            ways.append(self.sequence(depth))
        program = ways.pop()
        while ways:
            way = ways.pop()
            program = (
                _Code(_SPLIT, 1, len(way) + 2),
                *way,
                _Code(_JUMP, len(program) + 1),
                *program,
            )
        return program

    def sequence(self, depth: int) -> _Program:
        program: list[_Code] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            item = self.item(depth)
            found = _REPEAT.match(self.text, self.at)
            if found:
                item = _repeated(item, *self.times(found))
            program += item
            if len(program) > MAX_SIZE:
                raise BadPattern("too large")
        return tuple(program)

    def times(self, found: re.Match[str]) -> tuple[int, int | None]:
        self.at = found.end()
        following = self.text[self.at : self.at + 1]
        if following == "+":
            raise Unsupported("a possessive repeat is not supported")
        if following == "?":
            self.at += 1  # lazy or not, it matches the same texts
        if _REPEAT.match(self.text, self.at):
            raise BadPattern("a repeat of a repeat")
        if found[0] in "*+?":
            return int(found[0] == "+"), 1 if found[0] == "?" else None
        least = int(found[1] or 0)
        most = least if not found[2] else int(found[3]) if found[3] else None
        if most is not None and most < least:
            raise BadPattern(f"{found[0]} has its bounds the wrong way round")
        return least, most

    def item(self, depth: int) -> _Program:
        text, char = self.text, self.text[self.at]
        if char == "(":
            return self.group(depth)
        if char in "^$":
            self.at += 1
            return (_Code(_ASSERT, ord(char)),)
        if char == "[":
            found = _CLASS.match(text, self.at)
            if not found:
                raise BadPattern("a `[` that is never closed")
        elif char == "\\":
            if text[self.at + 1 : self.at + 2] in tuple("bBAZ"):
                self.at += 2
                return (
                    _Code(
                        _ASSERT, ord({"A": "^", "Z": "$"}.get(text[self.at - 1], text[self.at - 1]))
                    ),
                )
            found = _ESCAPE.match(text, self.at)
            if not found:
                raise Unsupported(f"the escape {text[self.at : self.at + 2]} is not supported")
        elif _REPEAT.match(text, self.at):
            raise BadPattern(f"{char} repeats nothing")
        else:
            self.at += 1
            return self.character("." if char == "." else re.escape(char))
        self.at = found.end()
        return self.character(found[0])

    def character(self, text: str) -> _Program:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return (_Code(_CHAR, test=re.compile(text, self.flags)),)
            except re.error as error:
                raise BadPattern(error.msg) from None

    def group(self, depth: int) -> _Program:
        found = _GROUP.match(self.text, self.at)
        assert found is not None
        if self.text.startswith("?", found.end()):
            raise Unsupported(f"the group {self.text[self.at : self.at + 4]} is not supported")
        self.at = found.end()
        inner = self.choice(depth + 1)
        if not self.text.startswith(")", self.at):
            raise BadPattern("a `(` that is never closed")
        self.at += 1
        if found[1]:
            return (_Code(_LOOK, int(found[1] == "!"), inner=(*inner, _Code(_END))),)
        return inner


def _repeated(item: _Program, least: int, most: int | None) -> _Program:
    size = len(item)
    if (size + 1) * max(least, most or 0, 1) > MAX_SIZE:
        raise BadPattern("too large")
    if most is None:
        return item * least + (_Code(_SPLIT, 1, size + 2), *item, _Code(_JUMP, -size - 1))
    return item * least + (_Code(_SPLIT, 1, size + 1), *item) * (most - least)


def _run(
    program: _Program,
    text: str,
    start: int,
    steps: list[int],
    looked: dict[tuple[int, int], bool] | None,
) -> bool:
    """Whether the program matches; `looked` has the answers of look-aheads, and inside of one the start is fixed."""
    anchored, looked = looked is not None, {} if looked is None else looked
    anchored = anchored or (program[0].kind == _ASSERT and program[0].first == ord("^"))
    waiting: list[int] = []
    for at in range(start, len(text) + 1):
        if not anchored or at == start:
            waiting.append(0)
        elif not waiting:
            return False
        states: set[int] = set()
        while waiting:
            state = waiting.pop()
            if state in states:
                continue
            states.add(state)
            code = program[state]
            if code.kind == _END:
                return True
            if code.kind == _SPLIT:
                waiting += state + code.first, state + code.second
            elif code.kind == _JUMP:
                waiting.append(state + code.first)
            elif code.kind == _ASSERT:
                if _holds(chr(code.first), text, at):
                    waiting.append(state + 1)
            elif code.kind == _LOOK:
                key = (id(code), at)
                if key not in looked:
                    looked[key] = _run(code.inner, text, at, steps, looked)
                if looked[key] != bool(code.first):
                    waiting.append(state + 1)
        steps[0] -= len(states) + 1
        if steps[0] < 0:
            raise TooMuch
        if at < len(text):
            waiting = [
                state + 1
                for state in states
                if (test := program[state].test) and test.match(text, at)
            ]
    return False


def _holds(assertion: str, text: str, at: int) -> bool:
    if assertion == "^":
        return at == 0
    if assertion == "$":
        return at == len(text)
    before = at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_")
    after = at < len(text) and (text[at].isalnum() or text[at] == "_")
    return (before != after) == (assertion == "b")
