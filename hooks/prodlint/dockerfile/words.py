"""Words of an instruction as BuildKit reads them: quotes, escapes, `$name` and `${name:-default}`."""

import re
from collections.abc import Callable
from typing import NamedTuple

# What Go's unicode.IsSpace takes for a space; Python's str.strip() would take more.
SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
MAX_LENGTH = 65_536
_BLANKS = re.compile(r"[\t\v\f\r ]+")
_WORD = re.compile(r"[^\t\n\v\f\r ]+")

Lookup = Callable[[str], "str | None"]


class BadWord(ValueError):
    """Quotes or braces that do not fit together."""


class Unresolved(Exception):
    """A variable whose value only the build knows."""


class Word(NamedTuple):
    """Text between blanks, with its offsets in the text that was split."""

    start: int
    end: int
    text: str


def unset(name: str) -> str | None:
    """The variables of a build that has none."""
    return None


def split_blanks(text: str) -> list[Word]:
    """Words between blanks, quotes not regarded."""
    words, at = [], 0
    for blank in _BLANKS.finditer(text):
        words.append(Word(at, blank.start(), text[at : blank.start()]))
        at = blank.end()
    words.append(Word(at, len(text), text[at:]))
    return words if text else []


def split_quoted(text: str, escape: str) -> list[Word]:
    """Words between blanks outside quotes; `text` keeps the quotes."""
    if "'" not in text and '"' not in text and escape not in text and text.isascii():
        return [Word(word.start(), word.end(), word.group()) for word in _WORD.finditer(text)]
    words: list[Word] = []
    chars: list[str] = []
    start, quote, blank_word = -1, "", False
    at, size = 0, len(text)
    while at < size:
        char = text[at]
        if start < 0:
            if char in SPACES:
                at += 1
                continue
            start = at
        if not quote and char in SPACES:
            if chars or blank_word:
                words.append(Word(start, at, "".join(chars)))
            chars, start, blank_word = [], -1, False
            at += 1
            continue
        if char == escape and quote != "'":
            if at + 1 == size:
                at += 1
                continue
            chars.append(char)
            at += 1
            char = text[at]
        elif quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote, blank_word = char, True
        chars.append(char)
        at += 1
    if start >= 0 and (chars or blank_word):
        words.append(Word(start, size, "".join(chars)))
    return words


def expand(text: str, lookup: Lookup, escape: str = "\\") -> str:
    """A word without its quotes, variables replaced; raises BadWord and Unresolved."""
    if not any(char in text for char in ("$", "'", '"', escape)):
        return text
    from prodlint.dockerfile.lexer import Lexer

    return "".join(Lexer(text, lookup, escape).until(""))


def raw_words(text: str) -> list[str]:
    """Words of a whole instruction with quotes, escapes and unset variables as written; raises BadWord."""
    from prodlint.dockerfile.lexer import Lexer

    return Lexer(text, unset, "\\", raw=True).finished()


def plain_words(text: str) -> list[str]:
    """Words without their quotes, unset variables as written; raises BadWord."""
    from prodlint.dockerfile.lexer import Lexer

    return Lexer(text, unset, "\\", keep=True).finished()
