"""A command's words: its name in the table, its operands, its options."""

from functools import cache

from prodlint.core.commands import wrappers
from prodlint.core.lazy import lazy
from prodlint.typed import NamedTuple

_PYTHON = lazy(r"(?:python|pypy|py)[\d.]*")
_PINNED = lazy(r"(?<=.)@[\w.^~*-]+$")


class Call(NamedTuple):
    """A command: its name in the table, its operands with their indexes in the words, its options without values."""

    words: list[str]
    name: str
    operands: list[str]
    places: list[int]
    flags: set[str]


def read(words: list[str]) -> Call:
    """`words` are without quotes, expansions as written."""
    name, *operands = tool(words[0]).split()
    places = [0] * len(operands)
    flags: set[str] = set()
    values = _values(name, operands)
    at = 1
    while at < len(words):
        word = words[at]
        if word == "--":
            for rest in words[at + 1 :]:
                flags.update(_flags(rest))
            break
        if word.startswith(("--target=", "--targets=")):
            targets = word.partition("=")[2].split(",")
            operands += targets
            places += [at] * len(targets)
        elif len(word) > 1 and word[0] == "-":
            flags.update(_flags(word))
            at += 1 if word in values else 0
        elif not (at == 1 and word[:1] == "+"):  # cargo +nightly
            operands.append(word)
            places.append(at)
            if len(operands) < 3:
                values |= _values(name, operands)
        at += 1
    return Call(words, name, operands, places, flags)


def tool(word: str) -> str:
    """The name that a command has in the table."""
    word = _PINNED.sub("", word)
    base = word.rpartition("/")[2].removesuffix(".exe").removesuffix(".cmd")
    if _PYTHON.fullmatch(base):
        return "python"
    return wrappers.ALIASES.get(word) or wrappers.ALIASES.get(base) or base.strip() or "/"


def _values(name: str, verbs: list[str]) -> frozenset[str]:
    return option_set(wrappers.VALUES.get(" ".join((name, *verbs)), ""))


@cache
def option_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _flags(word: str) -> list[str]:
    """An option without its value; of `-abc` also each letter."""
    flag = word.partition("=")[0]
    if flag.startswith("--"):
        return [flag]
    return [flag, *(f"-{letter}" for letter in flag[1:9])] if flag.startswith("-") else []
