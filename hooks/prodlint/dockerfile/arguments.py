"""Flags and the JSON form of arguments."""

import json

from prodlint.dockerfile.lexer import SPACES
from prodlint.typed import NamedTuple


class Flag(NamedTuple):
    """`--name=value`; offsets count from the begin of the instruction's value."""

    start: int
    end: int
    name: str
    value: str


def read_flags(value: str, escape: str) -> tuple[list[Flag], int]:
    """The flags that stand before the arguments, and where the arguments begin."""
    flags: list[Flag] = []
    at, size = 0, len(value)
    while True:
        while at < size and value[at] in SPACES:
            at += 1
        if not value.startswith("--", at):
            return flags, at
        start, chars, quote = at, [], ""
        while at < size and (quote or value[at] not in SPACES):
            char = value[at]
            at += 1
            if char == escape:
                if at == size:
                    break
                chars.append(value[at])
                at += 1
            elif char == quote:
                quote = ""
            elif not quote and char in "'\"":
                quote = char
            else:
                chars.append(char)
        text = "".join(chars)
        if text == "--":
            while at < size and value[at] in SPACES:
                at += 1
            return flags, at
        name, _, given = text[2:].partition("=")
        flags.append(Flag(start, at, name, given))


def without_flags(value: str, escape: str) -> str:
    return value[read_flags(value, escape)[1] :] if value.startswith("--") else value


class NotStrings(ValueError):
    """A JSON list that holds something else than strings, which BuildKit refuses."""


def json_list(text: str) -> list[str] | None:
    """The items of a JSON list; None when it is no JSON, which makes it the shell form; raises NotStrings."""
    if not text.startswith("["):
        return None
    try:
        items = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    if not all(isinstance(item, str) for item in items):
        raise NotStrings
    return [item.encode("utf-8", "replace").decode() for item in items]


def _no_constant(name: str) -> None:
    raise ValueError(name)
