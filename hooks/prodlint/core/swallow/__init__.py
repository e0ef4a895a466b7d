"""What it is for a shell to go on as if nothing had happened, although a command failed."""

from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prodlint.core.shell import Command

# What is run after a failure always ends well, mostly does (logs, clean-up), or cannot be said to.
ALWAYS, MOSTLY, UNSURE = "always", "mostly", "unsure"
# How a failure is lost: by what follows `||`; by the next command; by an `if` without a branch that fails; by
# `cd … || exit 0`, which leaves before the rest; by `&`, of which nobody asks how it ended.
OR, NEXT, IF, LEAVE, BACKGROUND = "or", "next", "if", "leave", "background"


class Swallow(NamedTuple):
    """A place where the failure of each of `commands` is lost.

    `start` and `end` are those of the text that swallows it, such as `|| true`; `shown` is that in short. `outcome` is
    ALWAYS or MOSTLY. `fails`: the script ends in failure anyway. `scanned`: the script cannot be read, only its line.
    """

    start: int
    end: int
    kind: str
    shown: str
    commands: list["Command"]
    outcome: str
    fails: bool = False
    scanned: bool = False


class Options(NamedTuple):
    """Which failures besides that of the last command end a script."""

    errexit: bool = False
    pipefail: bool = False

    def after(self, words: "Sequence[str]") -> "Options":
        """What the words behind `set`, or behind the name of a shell, make of them."""
        errexit, pipefail = self
        for word, following in zip(words, [*words[1:], ""], strict=False):
            if word[:1] not in ("-", "+") or word[1:2] in ("", "-"):
                continue
            named = following if word.endswith("o") else ""
            if "e" in word or named == "errexit":
                errexit = word[0] == "-"
            if named == "pipefail":
                pipefail = word[0] == "-"
        return Options(errexit, pipefail)
