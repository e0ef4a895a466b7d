"""What a system's reader makes of a file: jobs and steps, without the system's own keys."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from prodlint.ci.terms import Advice, Shell, Switch
from prodlint.core.finding import Fault
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.core.yaml import Node, Scalar, load, sequence
from prodlint.typed import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from prodlint.ci.systems.groovy import Literal

MAX_PARTS = 2000
STRICT = Shell(True, True, True)
ERREXIT = Shell(True, True)
LOOSE = Shell(True, False)
OTHER = Shell(False, True)

_PLAIN_SHELL = r"(?:\S*/)?(?:env\s+)?(?:ba|da|z|k|a)?sh(?=\s|$)"


class GivenStep(NamedTuple):
    """A step. `switch` lets it fail without a sign; `gate` is what it checks or deploys without a script.

    `reports`: it turns the run red, or unstable, when the report of a test run holds failures.
    """

    name: str
    run: "Text | None"
    shell: Shell
    switch: Switch | None = None
    alias: Span | None = None
    gate: str = ""
    reports: bool = False


class GivenJob(NamedTuple):
    """A job; `label` is what messages call it, if not "job `name`"."""

    name: str
    steps: list[GivenStep]
    switch: Switch | None = None
    label: str = ""


class System(NamedTuple):
    """`read` gives the jobs of a file and what is wrong with it. `mask` hides templates in a script, and keeps its length."""

    read: Callable[[Source, Project], tuple[list[GivenJob], list[Fault]]]
    mask: Callable[[str], str]
    advice: Advice


class Joined:
    """Texts that one shell runs one after the other, each on lines of its own."""

    def __init__(self, parts: Sequence[Scalar]) -> None:
        self.parts = parts
        self.text = "\n".join(part.text for part in parts)
        self._starts = [0, *accumulate(len(part.text) + 1 for part in parts)]

    def at(self, start: int, end: int) -> Span:
        """The place of the characters, of those in the first text if they are of several."""
        index = min(bisect_right(self._starts, start), len(self.parts)) - 1
        begin = self._starts[index]
        return self.parts[index].at(start - begin, end - begin)


if TYPE_CHECKING:
    # A script, and the place of each of its characters.
    Text: TypeAlias = Scalar | Joined | Literal


def joined(nodes: Sequence[Node]) -> "Text | None":
    parts = [node for node in nodes[:MAX_PARTS] if isinstance(node, Scalar)]
    return parts[0] if len(parts) == 1 else Joined(parts) if parts else None


def commands(node: Node | None) -> list[Scalar]:
    """The commands of a text or a list of texts, which may hold further lists."""
    found: list[Scalar] = []
    stack = [node]
    while stack and len(found) < MAX_PARTS:
        one = stack.pop()
        if isinstance(one, Scalar):
            found.append(one)
        stack += reversed(sequence(one))
    return found


def is_true(node: Node | None) -> bool:
    """Whether a setting is switched on, by any of the words that YAML 1.1 has for that."""
    return (
        isinstance(node, Scalar) and node.text.lower() in ("true", "yes", "on") and not node.style
    )


def documents(source: Source) -> tuple[list[Node], list[Fault]]:
    """The documents of a YAML file and its faults; a template of such a file has neither."""
    found = load(source)
    return ([], []) if found.template else (found.documents, found.faults)


def stated_shell(stated: str) -> Shell:
    """The shell of a command line such as `/bin/bash -eo pipefail`; one without options has none of them."""
    if not re.match(_PLAIN_SHELL, stated):
        return OTHER
    options = [word for word in stated.split()[1:] if word[:1] == "-"]
    errexit = "errexit" in stated or any(re.match(r"-[a-zA-Z]*e", one) for one in options)
    return Shell(True, errexit, "pipefail" in stated)


def masked(pattern: str) -> Callable[[str], str]:
    """Replaces what a pattern finds by as many `_`; line breaks stay."""

    def mask(text: str) -> str:
        return re.sub(pattern, lambda found: re.sub(r"[^\n]", "_", found[0]), text)

    return mask
