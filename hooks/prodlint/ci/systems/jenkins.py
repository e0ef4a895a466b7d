"""Jenkinsfiles: what `sh` runs, stage by stage.

Sources: jenkins.io, "Pipeline: Nodes and Processes" (`sh` uses the system's shell with `-xe`, or what a first line `#!` names,
which then has only the options that stand there) and "Pipeline: Basic Steps" (`catchError`, `warnError`). What `post` holds
is for reports and clean-up.
"""

import re
from collections.abc import Iterator

from prodlint.ci.systems.given import ERREXIT, OTHER, GivenJob, GivenStep, System, stated_shell
from prodlint.ci.systems.groovy import LINE, SIGN, STRING, WORD, Literal, Token, tokens
from prodlint.ci.terms import Advice, Shell, Switch
from prodlint.core.finding import Fault
from prodlint.core.project import Project
from prodlint.core.source import Source

MAX_NESTING = 100

_ADVICE = Advice(
    "`post`:\npost {\n    always {\n        sh '{}'\n    }\n}",
    "`post`:\npost {\n    failure {\n        sh '{}'\n    }\n}",
    "a stage of its own, under `catchError(buildResult: 'UNSTABLE')`",
)
_GREEN = re.compile(r"""buildResult\s*:\s*(?:['"]SUCCESS['"]|null\b)""")
_QUIET = frozenset(("echo", "println", "print", "getMessage", "toString", "message"))
# Steps that make a build unstable when the report of a test run holds failures.
_REPORTERS = ("junit", "xunit", "nunit", "testNG", "cucumber")
_OPENS = {")": "(", "]": "[", "}": "{"}
_STATUS = "returnStatus: true, which nobody asks for"


class _Block:
    """An open bracket: of a block, the word before it, its first string and its arguments.

    `head`, `title` and `arguments` are those of what was read last in it.
    """

    def __init__(
        self, sign: str, at: int, above: "_Block | None", first_token: int, first_step: int
    ) -> None:
        self.sign = sign
        self.at = at
        self.above = above
        self.name = above.head if above else ""
        self.called = above.title if above else ""
        self.given = above.arguments if above else ""
        self.place = above.head_place if above else (0, 0)
        self.head: str = ""
        self.head_place: tuple[int, int] = (0, 0)
        self.title: str = ""
        self.arguments: str = ""
        self.first_token = first_token
        self.first_step = first_step


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.tokens = list(tokens(source))
        self.block = _Block("", 0, None, 0, 0)
        self.steps: list[tuple[str, GivenStep]] = []
        self.tried: tuple[int, int] = (0, 0)

    def read(self) -> None:
        for index, token in enumerate(self.tokens):
            if token.kind == WORD:
                if token.text == "sh":
                    self.shell(index)
                self.block.head, self.block.title, self.block.arguments = token.text, "", ""
                self.block.head_place = token.start, token.end
            elif token.literal:
                outer = self.block.above if self.block.sign == "(" else None
                for one in (self.block, outer):
                    if one and not one.title:
                        one.title = token.literal.text
            elif token.text in ("(", "[", "{"):
                self.block = _Block(token.text, token.end, self.block, index + 1, len(self.steps))
            elif token.text in _OPENS:
                self.close(token, index)

    def close(self, token: Token, index: int) -> None:
        block = self.block
        if block.above is None or block.sign != _OPENS[token.text]:
            return
        self.block = block.above
        inside = self.source.text[block.at : token.start]
        if block.sign == "(":
            self.block.arguments = inside
        elif block.sign == "{" and block.name == "try":
            self.tried = block.first_step, len(self.steps)
        elif block.sign == "{" and block.name == "catch":
            if self.is_quiet(block, index):
                place = self.source.span(*block.place)
                self.tolerate(Switch(place, "catch", "throw it again, or call `error`"))
            self.tried = (0, 0)

    def is_quiet(self, block: _Block, index: int) -> bool:
        """Whether a `catch` only says something."""
        known = _QUIET.union(re.findall(r"\w+", block.given)) - {"error"}
        return all(
            token.kind in (LINE, STRING) or token.text in (known if token.kind == WORD else ".()+;")
            for token in self.tokens[block.first_token : index]
        )

    def tolerate(self, switch: Switch) -> None:
        for index in range(*self.tried):
            name, step = self.steps[index]
            self.steps[index] = name, step._replace(switch=step.switch or switch)

    def blocks(self) -> Iterator[_Block]:
        """The blocks around the place, the innermost first."""
        block: _Block | None = self.block
        for _ in range(MAX_NESTING):
            if block is None:
                break
            if block.sign == "{":
                yield block
            block = block.above

    def shell(self, index: int) -> None:
        """A call of `sh`, unless it cannot be understood, or comes after the outcome is known."""
        around = list(self.blocks())
        if any(one.name in ("post", "catch", "finally") for one in around):
            return
        call = self.call(index + 1)
        script = _script(call)
        if script is None:
            return
        switch = None
        if status := next((one for one in call if one.text == "returnStatus"), None):
            if not self.is_statement(index, call):
                return
            place = self.source.span(status.start, status.end)
            switch = Switch(place, _STATUS, "drop it, or read what it returns")
        elif green := next((one for one in around if _is_green(one)), None):
            place = self.source.span(*green.place)
            switch = Switch(place, "catchError", "drop it, or write `buildResult: 'FAILURE'`")
        stage = next((one.called for one in around if one.name == "stage"), "")
        self.steps.append((stage, GivenStep(stage, script, _shell(script.text), switch)))

    def call(self, at: int) -> list[Token]:
        """The arguments of a call: what is in its brackets, or else the rest of the line."""
        depth = 0
        found: list[Token] = []
        for token in self.tokens[at : at + 60]:
            if token.kind == LINE and not depth and (not found or found[-1].text != ","):
                break
            if token.kind == SIGN and token.text in "([{":
                depth += 1
            elif token.kind == SIGN and token.text in ")]}":
                depth -= 1
                if depth < 0:
                    break
            if token.kind != LINE:
                found.append(token)
        return found

    def is_statement(self, index: int, call: list[Token]) -> bool:
        """Whether nothing is done with what the call returns."""
        before = self.tokens[index - 1] if index else None
        begins = before is None or before.kind == LINE or before.text in ("{", ";")
        inside = next((one.name for one in self.blocks()), "")
        read = any(one.kind == SIGN and one.text in "=!?<>" for one in call)
        return begins and not read and inside in ("steps", "script", "stage")


def _script(call: list[Token]) -> Literal | None:
    """The string that is run, if that is all there is to it."""
    inner = call[1:-1] if call and call[0].text == "(" and call[-1].text == ")" else call
    for index, token in enumerate(inner):
        named = index >= 2 and inner[index - 2].text == "script" and inner[index - 1].text == ":"
        if token.kind == STRING and (index == 0 or named):
            after = inner[index + 1].text if index + 1 < len(inner) else ","
            return token.literal if after in (",", ".", ")", "}", ";") else None
    return None


def _is_green(block: _Block) -> bool:
    return block.name == "catchError" and _GREEN.search(block.given) is not None


def _shell(script: str) -> Shell:
    return stated_shell(script[2:].partition("\n")[0].strip()) if script[:2] == "#!" else ERREXIT


def _read(source: Source, project: Project) -> tuple[list[GivenJob], list[Fault]]:
    reader = _Reader(source)
    reader.read()
    stages: dict[str, list[GivenStep]] = {}
    for stage, step in reader.steps:
        stages.setdefault(stage, []).append(step)
    if any(token.kind == WORD and token.text in _REPORTERS for token in reader.tokens):
        for steps in stages.values():
            steps.append(GivenStep("", None, OTHER, reports=True))
    return [
        GivenJob(stage, steps, None, f"stage `{stage}`" if stage else "the pipeline")
        for stage, steps in stages.items()
    ], []


JENKINS = System(_read, str, _ADVICE)
