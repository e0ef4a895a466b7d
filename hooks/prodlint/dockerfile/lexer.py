"""Quotes, escapes and variables of a word, as BuildKit's shell lexer reads them (frontend/dockerfile/shell/lex.go)."""

from collections.abc import Callable

from prodlint.core.lazy import lazy

# What Go's unicode.IsSpace takes for a space; Python's str.strip() would take more.
SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
MAX_LENGTH = 65_536
MAX_DEPTH = 40
_NAME = lazy(r"[0-9]+|[@*#?\-$!]|\w+")
_PLAIN = lazy(r"[^\\`$'\"\s}/]+")

Lookup = Callable[[str], "str | None"]


class BadWord(ValueError):
    """Quotes or braces that do not fit together."""


class Unresolved(Exception):
    """A variable whose value only the build knows."""


def unset(name: str) -> str | None:
    """The variables of a build that has none."""
    return None


def expand(text: str, lookup: Lookup, escape: str = "\\") -> str:
    """A word without its quotes, variables replaced; raises BadWord and Unresolved."""
    if not any(char in text for char in ("$", "'", '"', escape)):
        return text
    return "".join(Lexer(text, lookup, escape).until(""))


def raw_words(text: str) -> list[str]:
    """Words of a whole instruction with quotes, escapes and unset variables as written; raises BadWord."""
    return Lexer(text, unset, "\\", raw=True).finished()


def plain_words(text: str) -> list[str]:
    """Words without their quotes, unset variables as written; raises BadWord."""
    return Lexer(text, unset, "\\", keep=True).finished()


class Lexer:
    """`raw` keeps quotes and escapes, `keep` variables that are unset (raw implies it)."""

    def __init__(
        self, text: str, lookup: Lookup, escape: str, raw: bool = False, keep: bool = False
    ) -> None:
        self.text = text
        self.lookup = lookup
        self.escape = escape
        self.raw = raw
        self.keep = keep or raw
        self.at = 0
        self.depth = 0
        self.length = 0
        self.words: list[str] = []
        self.word: list[str] = []

    def finished(self) -> list[str]:
        """The words of the whole text."""
        self.until("")
        self.end_word()
        return self.words

    def end_word(self) -> None:
        if self.word:
            self.words.append("".join(self.word))
            self.word = []

    def add(self, text: str, splits: bool) -> None:
        """Text of the word at hand; outside quotes blanks end it."""
        if self.depth:
            return
        if not splits or not any(char in SPACES for char in text):
            if text:
                self.word.append(text)
            return
        for char in text:
            if char in SPACES:
                self.end_word()
            else:
                self.word.append(char)

    def until(self, stop: str, raw_escapes: bool | None = None) -> list[str]:
        """Everything up to `stop`, which is passed over."""
        raw_escapes = self.raw if raw_escapes is None else raw_escapes
        result: list[str] = []
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == stop:
                self.at += 1
                return result
            if char in "'\"$":
                piece = self.dollar() if char == "$" else self.quoted(char)
                self.add(piece, splits=char == "$")
            elif char == self.escape:
                self.at += 1
                piece = char if raw_escapes else ""
                if self.at < len(self.text):
                    piece += self.text[self.at]
                    self.at += 1
                self.add(piece, splits=False)
            else:
                plain = _PLAIN.match(self.text, self.at)
                piece = plain.group() if plain else char
                self.at += len(piece)
                self.add(piece, splits=True)
            result.append(piece)
        if stop:
            raise BadWord(f"no {stop} to end it")
        return result

    def quoted(self, quote: str) -> str:
        start = self.at
        self.at += 1
        if quote == "'":
            end = self.text.find("'", self.at)
            if end < 0:
                raise BadWord("no ' to end it")
            self.at = end + 1
            return self.text[start : end + 1] if self.raw else self.text[start + 1 : end]
        result = [quote] if self.raw else []
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "$":
                result.append(self.dollar())
                continue
            self.at += 1
            if char == quote:
                return "".join([*result, quote] if self.raw else result)
            following = self.text[self.at : self.at + 1]
            if char == self.escape:
                if self.raw:
                    result.append(char)
                if not following:
                    break
                if following in ('"', "$", self.escape):
                    char = following
                    self.at += 1
            result.append(char)
        raise BadWord('no " to end it')

    def dollar(self) -> str:
        start = self.at
        self.at += 1
        if self.text[self.at : self.at + 1] != "{":
            name = self.name()
            return self.value(name, "$" + name) if name else "$"
        self.at += 1
        if self.text[self.at : self.at + 1] in ("", "{", "}", ":"):
            raise BadWord("no name between ${ and }")
        name = self.name()
        operator = self.text[self.at : self.at + 1]
        self.at += 1
        if operator == "}":
            return self.value(name, self.text[start : self.at])
        empty_is_unset = operator == ":"
        if empty_is_unset:
            operator = self.text[self.at : self.at + 1]
            self.at += 1
        if operator not in ("+", "-", "?", "#", "%", "/") or (empty_is_unset and operator == "/"):
            raise BadWord("a modifier that does not exist")
        return self.modified(start, name, operator, empty_is_unset)

    def modified(self, start: int, name: str, operator: str, empty_is_unset: bool) -> str:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise BadWord("braces too deep")
        if operator == "/":
            self.at += self.text[self.at : self.at + 1] == "/"
            self.until("/", raw_escapes=True)
        word = "".join(self.until("}", raw_escapes=operator in "#%/" or None))
        self.depth -= 1
        found = self.lookup(name)
        if found is None and self.keep:
            return self.text[start : self.at]
        missing = found is None or (empty_is_unset and found == "")
        if operator == "-":
            return word if missing else found or ""
        if operator == "+":
            return "" if missing else word
        if missing or operator != "?":
            raise Unresolved
        return found or ""

    def value(self, name: str, written: str) -> str:
        found = self.lookup(name)
        if found is not None:
            self.length += len(found)
            if self.length > MAX_LENGTH:
                raise Unresolved
            return found
        if self.keep:
            return written
        raise Unresolved

    def name(self) -> str:
        match = _NAME.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match.group()
