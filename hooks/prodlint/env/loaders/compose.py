"""docker compose, for `env_file` and `.env`: Go's own grammar, references in all but single quotes; one fault refuses all."""

import re
from collections.abc import Callable

from prodlint.env.loaders import Reading, Trouble
from prodlint.env.loaders.scope import MAX_REFERENCES, Scope, Unknown

_SPACE = "\t\v\f\r \x85\xa0"
_ANY_SPACE = f"\n{_SPACE}\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_BLANKS = re.compile(f"[{_SPACE}]*")
_ANY_BLANKS = re.compile(f"[{_ANY_SPACE}]*")
_LINE = re.compile(r"[^\n]*")
_EXPORT = re.compile(rf"export(?=[\t\n\f\r ])[{_SPACE}]*")
_KEY = re.compile(rf"(?P<key>[\w.\-\[\]{_SPACE}]*)(?P<end>[=:\n])?")
_QUOTED = {
    "'": re.compile(r"'([^'\\]*(?:\\.[^'\\]*)*)'", re.DOTALL),
    '"': re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL),
}
_PAIR = re.compile(r"\\(.)", re.DOTALL)
_ESCAPE = re.compile(r'\\([abcfnrtv$"\\]|0\d{0,3})', re.ASCII)
_LETTERS = dict(zip('abfnrtv"\\$', '\a\b\f\n\r\t\v"\\\0', strict=True))
_REFERENCE = re.compile(
    r"\$(?:\$|(?P<name>[_a-z][_a-z0-9]*)|\{(?P<braced>[_a-z][_a-z0-9]*)(?P<op>:?[-+?]|\})|\{)",
    re.IGNORECASE | re.ASCII,
)
_MAX_DEPTH = 20


class _Refused(Exception):
    """The file is refused; the text says why."""


def read(text: str) -> Reading:
    text = text.removeprefix("\ufeff")
    scope, at = Scope(), 0
    while True:
        at = _end(_ANY_BLANKS, text, at)
        if at >= len(text):
            return Reading(scope.values, scope.unsure)
        if text[at] == "#":
            at = _end(_LINE, text, at)
            continue
        try:
            at = _statement(text, at, scope)
        except _Refused as why:
            return Reading({}, set(), Trouble(text.count("\n", 0, at) + 1, str(why)))


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _statement(text: str, at: int, scope: Scope) -> int:
    """Read one assignment; returns where the next one may begin."""
    at = _end(_EXPORT, text, at)
    if at >= len(text):
        raise _Refused("nothing follows `export`")
    head = _KEY.match(text, at)
    assert head is not None
    name, at = head["key"].rstrip(_ANY_SPACE), head.end()
    if head["end"] is None:
        if at < len(text):
            raise _Refused("a name holds a character other than letters, digits and `_.-`")
        name, at = (
            "",
            head.start(),
        )  # the last word of a file without a line end is a value without a name
    if " " in name:
        raise _Refused("a name holds a blank")
    at = _end(_BLANKS, text, at)
    if head["end"] == "\n":
        return at  # taken from the environment
    value, at = _value(text, at, scope)
    if value is None:
        scope.set_unknown(name)
    else:
        scope.set(name, value)
    return at


def _value(text: str, at: int, scope: Scope) -> tuple[str | None, int]:
    quote = text[at : at + 1]
    if quote not in _QUOTED:
        end = _end(_LINE, text, at)
        value = text[at:end].partition(" #")[0].rstrip(_ANY_SPACE)
        return _expanded(value, scope), end + 1
    quoted = _QUOTED[quote].match(text, at)
    if quoted is None:
        raise _Refused("a quote is never closed")
    value = _PAIR.sub(lambda pair: quote if pair[1] == quote else pair[0], quoted[1])
    if quote == '"':
        return _expanded(_ESCAPE.sub(_unescaped, value), scope), quoted.end()
    return value, quoted.end()


def _unescaped(found: re.Match[str]) -> str:
    what = found[1]
    if what == "$":
        return "$$"
    if what[0] == "0":
        digits = what[1:]
        if re.fullmatch(r"[0-3][0-7]{2}", digits):
            return chr(int(digits, 8))
        return f"\\{digits}"
    return _LETTERS.get(what, found[0])


def _expanded(value: str, scope: Scope) -> str | None:
    """A value with its references replaced; None when it is unknown. Raises _Refused."""
    if "$" not in value:
        return value
    if value.count("$") > MAX_REFERENCES:
        return None
    try:
        return _substituted(value, scope, _MAX_DEPTH)
    except Unknown:
        return None


def _substituted(value: str, scope: Scope, depth: int) -> str:
    if depth == 0:
        raise Unknown
    parts, at = [], 0
    while found := _REFERENCE.search(value, at):
        parts.append(value[at : found.start()])
        replacement, at = _replaced(value, found, scope, depth)
        parts.append(replacement)
    return "".join([*parts, value[at:]])


def _replaced(value: str, found: re.Match[str], scope: Scope, depth: int) -> tuple[str, int]:
    if found[0] == "$$":
        return "$", found.end()
    if found["name"]:
        return scope.get(found["name"]) or "", found.end()
    if not found["braced"]:
        raise _Refused("`${` is not followed by a reference")
    if found["op"] == "}":
        return scope.get(found["braced"]) or "", found.end()
    last = value.rfind("}", found.end(), _end(_LINE, value, found.end()))
    if last < 0:
        raise _Refused("`${` is never closed")
    close = _closing(value, found.start(), last + 1)
    word = value[found.end() : close]
    return _OPERATORS[found["op"][-1]](found, word, scope, depth), close + 1


def _closing(value: str, start: int, end: int) -> int:
    """Where compose ends a reference; it skips the character behind each `{`."""
    depth, at = 0, start
    while at < end:
        if value[at] == "}":
            depth -= 1
            if depth == 0:
                return at
        elif value[at] == "{":
            depth += 1
            at += 1
        at += 1
    return end - 1


def _is_set(found: re.Match[str], scope: Scope) -> bool:
    given = scope.get(found["braced"])
    return given is not None and (found["op"][0] != ":" or given != "")


def _or_default(found: re.Match[str], word: str, scope: Scope, depth: int) -> str:
    if _is_set(found, scope):
        return scope.get(found["braced"]) or ""
    return _substituted(word, scope, depth - 1)


def _alternative(found: re.Match[str], word: str, scope: Scope, depth: int) -> str:
    return (
        _substituted(word, scope, depth - 1)
        if _is_set(found, scope)
        else scope.get(found["braced"]) or ""
    )


def _required(found: re.Match[str], word: str, scope: Scope, depth: int) -> str:
    if not _is_set(found, scope):
        raise _Refused("a variable that `${…?…}` requires is not set in the file")
    return scope.get(found["braced"]) or ""


_OPERATORS: dict[str, Callable[[re.Match[str], str, Scope, int], str]] = {
    "-": _or_default,
    "+": _alternative,
    "?": _required,
}
