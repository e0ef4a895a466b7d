"""The lexical side of shell scripts: where words, quotes and brackets end, and what a quoted text says."""

import re
from collections.abc import Sequence

from prodlint.core.lazy import lazy

# `\` at the end of a line continues it, at the end of the text too. A `\r` there is a blank: CRLF files are read.
CONTINUED = r"\\(?:\r?\n|\Z)"
BLANK = rf"[ \t]*(?:(?:{CONTINUED}|\r(?=\n|\Z))[ \t]*)*"
COMMENT = r"(?:#[^\n]*)?"

# No repetition below can be split in two ways: what fails is given up in linear time.
_PLAIN = r"""[^ \t\r\n;&|<>()'"\\$`]*"""
_SINGLE = r"'[^']*'"
ANSI = r"\$'[^'\\]*(?:\\[\s\S][^'\\]*)*'"
_DOUBLE = r'"[^"\\$`]*(?:(?:\\[\s\S]|\$(?:\$|(?![({\[$])))[^"\\$`]*)*"'
_DOLLAR = r"""\$(?:\$|(?![({\['"$]))"""
_PIECES = rf"{_PLAIN}(?:(?:{_DOUBLE}|{_SINGLE}|{_DOLLAR}|\\[^\r\n]|{ANSI}){_PLAIN})*"

# A word, up to its first expansion that has brackets.
TOKEN = lazy(rf"[ \t]*(?!#)({_PIECES})")
PIECES = lazy(_PIECES)
BLANKS = lazy(BLANK + COMMENT)
BACKTICKS = lazy(r"`[^`\\]*(?:\\[\s\S][^`\\]*)*`")
CONTINUATION = lazy(f"(?:{CONTINUED})+")
FD = r"(?:\d+|\{[A-Za-z_]\w*\})"
NOT_A_WORD = lazy(rf"[;&|()\n]|\Z|{FD}?[<>](?!\()")
WORD_ENDS = " \t\n;&|)"

# What may be skipped between a bracket or quote and the character that closes it ("": the body of a heredoc).
INSIDE = {
    '"': lazy(r'[^"\\$`]*(?:\\[\s\S][^"\\$`]*)*'),
    "}": lazy(r"""[^}'"\\$`]*(?:\\[\s\S][^}'"\\$`]*)*"""),
    ")": lazy(r"""[^()'"\\$`]*(?:\\[\s\S][^()'"\\$`]*)*"""),
    "]": lazy(r"""[^\[\]'"\\$`]*(?:\\[\s\S][^\[\]'"\\$`]*)*"""),
    "": lazy(r"[^\\$`]*(?:\\[\s\S][^\\$`]*)*"),
}
OPENS = {")": "(", "]": "["}

_QUOTING = lazy(r"""['"\\$`]""")
_NAME = r"\$(?:\w+|[?#@*!$-])?"
_UNQUOTED = lazy(rf"""[^'"\\$]+|{_SINGLE}|{ANSI}|\\(?:\r\n|[\s\S])?|{_NAME}|[\s\S]""")
_DOUBLE_QUOTED = lazy(rf"""[^"\\$]+|\\(?:\r\n|[\s\S])|{_NAME}|[\s\S]""")

# These are compiled when they are first used: most scripts need none of them.
_EXPRESSION_PART = r"'[^']*'|\}\}"
_BRACKET = rf"\\[\s\S]|\$\$|{ANSI}|\$?[({{]|[)}}'\"`]"
_ANSI_ESCAPE = r"\\(x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8}|[0-7]{1,3}|[\s\S])"
_ANSI_NAMED = dict(zip("abeEfnrtv", "\a\b\x1b\x1b\f\n\r\t\v", strict=True))
_BACKTICK_ESCAPE = r"\\[$`\\]"
_QUOTED_BACKTICK_ESCAPE = r'\\[$`\\"]'


def mask(text: str) -> str:
    """The text with GitHub's `${{ … }}` replaced by as many `_`; newlines stay, and so does every offset."""
    pieces: list[str] = []
    done = 0
    while (start := text.find("${{", done)) >= 0:
        for part in lazy(_EXPRESSION_PART).finditer(text, start):
            if part[0] == "}}":
                break
        else:
            break
        pieces += text[done:start], re.sub(r"[^\n]", "_", text[start : part.end()])
        done = part.end()
    return "".join([*pieces, text[done:]])


def unquote(raw: str, spans: Sequence[tuple[int, int]]) -> tuple[str, bool]:
    """The text after quote removal, and whether it is literal; expansions (`spans`, and `$name`) stay as they are."""
    if not _QUOTING.search(raw) and not spans:
        return raw, True
    pieces, at, quoted, literal = [], 0, False, not spans
    for start, end in (*spans, (len(raw), len(raw))):
        while at < start:
            match = (_DOUBLE_QUOTED if quoted else _UNQUOTED).match(raw, at, start)
            assert match
            piece, at = match[0], match.end()
            if piece == '"':
                quoted = not quoted
            elif piece[0] == "\\":
                if piece not in ("\\\n", "\\\r\n"):
                    keep = piece == "\\" or (quoted and piece[1] not in '$`"\\')
                    pieces.append(piece if keep else piece[1:])
            elif quoted or piece[0] not in "$'":
                literal = literal and (piece[0] != "$" or piece == "$")
                pieces.append(piece)
            elif piece[0] == "'":
                pieces.append(piece[1:-1])
            elif piece[:2] == "$'":
                pieces.append(re.sub(_ANSI_ESCAPE, _ansi, piece[2:-1]))
            elif piece != "$" or raw[at : at + 1] != '"':
                literal = literal and piece == "$"
                pieces.append(piece)
        pieces.append(raw[start:end])
        at = end
    return "".join(pieces), literal


def _ansi(escape: re.Match[str]) -> str:
    code = escape[1]
    if len(code) == 1 and not code.isdigit():
        return _ANSI_NAMED.get(code, code if code in "\\'\"?" else escape[0])
    value = int(code[1:], 16) if code[0] in "xuU" else int(code, 8)
    return chr(value) if value < 0x110000 else escape[0]


def unescape_backticks(inner: str, quoted: bool) -> tuple[str, list[int]] | None:
    """The script between backticks and the place in `inner` of each place in it; None where nothing is escaped."""
    escape = _QUOTED_BACKTICK_ESCAPE if quoted else _BACKTICK_ESCAPE
    dropped = {match.start() for match in re.finditer(escape, inner)}
    if not dropped:
        return None
    kept = [index for index in range(len(inner)) if index not in dropped]
    return "".join([inner[index] for index in kept]), [0, *[index + 1 for index in kept]]


def pair_parentheses(text: str, at: int, closes: dict[int, int]) -> bool:
    """Find what closes the `(` at `at`, and every parenthesis inside; False when the text ends before."""
    stack: list[tuple[str, int]] = []
    search = lazy(_BRACKET).search
    while match := search(text, at):
        bracket, at = match[0], match.end()
        top, opened = stack[-1] if stack else ("", 0)
        if bracket == '"':
            if top == '"':
                stack.pop()
            else:
                stack.append(('"', at))
        elif bracket == "'" and top != '"':
            at = text.find("'", at) + 1 or len(text)
        elif bracket == "`":
            backticks = BACKTICKS.match(text, at - 1)
            at = backticks.end() if backticks else len(text)
        elif bracket == "$(" or (bracket == "(" and top != '"'):
            stack.append((")", at - 1))
        elif bracket == "${":
            stack.append(("}", at))
        elif bracket == top == ")":
            closes[opened] = at - 1
            stack.pop()
            if not stack:
                return True
        elif bracket == top == "}":
            stack.pop()
        elif bracket[:2] == "$'" and top == '"':
            at = match.start() + 2
    return False


def heredoc_end(
    text: str, at: int, delimiter: str, *, tabs: bool, quoted: bool, nested: bool
) -> tuple[int, int]:
    """Where the body of a heredoc that starts at `at` ends, and where the script goes on.

    `tabs`: of `<<-`; `quoted`: the delimiter was; `nested`: inside `$( )`, where `EOF)` ends a body too.
    """
    size, joined = len(text), False
    while at < size:
        end = text.find("\n", at)
        if end < 0:
            end = size
        line = text[at:end].rstrip("\r")
        if not joined:
            found = line.lstrip("\t") if tabs else line
            if found == delimiter:
                return at, min(end + 1, size)
            if nested and delimiter and found.startswith(delimiter) and ")" in found:
                return at, at + len(line) - len(found) + len(delimiter)
        joined = (
            not quoted and line.endswith("\\") and (len(line) - len(line.rstrip("\\"))) % 2 == 1
        )
        at = end + 1
    return size, size
