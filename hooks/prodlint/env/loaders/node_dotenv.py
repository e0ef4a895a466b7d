r"""The npm package dotenv, from version 15 on: no references, `#` ends what has no quotes, blanks may hold line ends."""

import re

from prodlint.env.loaders import Reading

_S = r"[\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
_BLANK = rf"(?:(?![\n\u2028\u2029]){_S})"
_BLANKS = re.compile(rf"{_S}*")
_KEY = re.compile(rf"(?:export{_S}+)?(?P<key>[A-Za-z0-9_.-]+)(?:{_S}*=|:{_S})")
_LINE = re.compile(r"[^\n\u2028\u2029]*")
_TAIL = re.compile(rf"{_BLANK}*(?:\Z|(?=[\n\u2028\u2029#]))")
_UNQUOTED = re.compile(r"[^#\n]*")
_JS_SPACE = "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_WRAPPED = re.compile(r"^(['\"`])(.*)\1$", re.DOTALL)


def read(text: str) -> Reading:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    values: dict[str, str | None] = {}
    at = 0
    while (at := _end(_BLANKS, text, at)) < len(text):
        head = _KEY.match(text, at)
        if head is None:
            at = _end(_LINE, text, at)
            continue
        value, at = _value(text, head.end())
        values[head["key"]] = value
    return Reading(values, set())


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _value(text: str, start: int) -> tuple[str, int]:
    """The value that begins at `start`, and where reading goes on."""
    begin = _end(_BLANKS, text, start)
    quote = text[begin : begin + 1]
    close = _close(text, begin, quote) if quote in ("'", '"', "`") else -1
    if close >= 0:
        value, at = text[begin + 1 : close], _end(_LINE, text, close + 1)
    else:
        at = _end(_UNQUOTED, text, start)
        value = text[start:at].strip(_JS_SPACE)
        quote = value[:1]
        value = _WRAPPED.sub(r"\2", value)
        at = _end(_LINE, text, at)
    if quote == '"':
        value = value.replace("\\n", "\n").replace("\\r", "\r")
    return value, at


def _close(text: str, begin: int, quote: str) -> int:
    """The quote that ends a value: the last one up to the first without a backslash, with nothing but a comment behind it."""
    found, at = -1, text.find(quote, begin + 1)
    while at >= 0:
        if _TAIL.match(text, at + 1):
            found = at
        if text[at - 1] != "\\":
            break
        at = text.find(quote, at + 1)
    return found
