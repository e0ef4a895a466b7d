"""Words of an instruction as BuildKit splits them, with their places."""

from prodlint.core.lazy import lazy
from prodlint.dockerfile.lexer import SPACES
from prodlint.typed import NamedTuple

_BLANKS = lazy(r"[\t\v\f\r ]+")
_WORD = lazy(r"[^\t\n\v\f\r ]+")


class Word(NamedTuple):
    """Text between blanks, with its offsets in the text that was split."""

    start: int
    end: int
    text: str


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
