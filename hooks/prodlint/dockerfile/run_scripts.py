"""The shell scripts of RUN instructions: their text, where it stands, and which failures end them."""

import posixpath
from collections.abc import Iterator
from functools import partial

from prodlint.core.ending import Locate
from prodlint.core.swallow import Options
from prodlint.dockerfile import programs
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.packages import place, scripts
from prodlint.dockerfile.stage import Stage
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.source import Span

# Without SHELL, docker runs a RUN by `/bin/sh -c`, and a here-document as well.
_DEFAULT = ["/bin/sh", "-c"]


class RunScript(NamedTuple):
    """`locate` makes a place in the source of two offsets into `text`."""

    text: str
    options: Options
    locate: Locate


def run_scripts(stage: Stage) -> Iterator[RunScript]:
    """Those of a stage's own instructions, in order; none that is not for a shell of Unix."""
    inherited = stage.parent.last("SHELL") if stage.parent else None
    shell = (inherited.json if inherited else None) or _DEFAULT
    for one in stage.instructions:
        if one.keyword == "SHELL":
            shell = one.json or _DEFAULT
        elif one.keyword == "RUN":
            yield from _listed(one, one.json) if one.json is not None else _written(one, shell)


def _listed(one: Instruction, words: list[str]) -> Iterator[RunScript]:
    """`RUN ["sh", "-c", "…"]`"""
    if len(words) < 3 or not _is_shell(words[0]):
        return
    *options, text = words[1:3] if words[1] == "-c" else words[1:]
    if not any(option[:1] == "-" and option.endswith("c") for option in options):
        return
    at = one.value.find(f'"{text}"')
    locate = partial(_in_value, one, at + 1) if at >= 0 else lambda start, end: one.value_span
    yield RunScript(text, Options().after(options), locate)


def _written(one: Instruction, shell: list[str]) -> Iterator[RunScript]:
    for text, start in scripts(one):
        words = shell if start is None else _reader(one, text) or shell
        if _is_shell(words[0]):
            yield RunScript(text, Options().after(words[1:]), partial(place, one, start=start))


def _reader(one: Instruction, body: str) -> list[str]:
    """The command that a here-document is given to, by its first line or by that of the RUN; empty for the SHELL."""
    told = (one.script or "").split("<<")[0].split()
    if told or not body.startswith("#!"):
        return told
    words = body[2:].split("\n", 1)[0].split()
    return words[1:] if words and posixpath.basename(words[0]) == "env" else words


def _is_shell(word: str) -> bool:
    return programs.is_in(word, programs.SHELLS) and not word.endswith("fish")


def _in_value(one: Instruction, before: int, start: int, end: int) -> "Span":
    return one.at(before + start, before + end)
