"""Names and their values in text of any syntax: YAML maps and lists, Dockerfile ENV and ARG, shell, `${NAME:-default}`."""

import re
from collections.abc import Iterator

from prodlint.core.lazy import lazy
from prodlint.secrets.values import looks_random
from prodlint.typed import NamedTuple

_STEM = lazy(r"pass|pwd|_pw|secret|token|key|credential|salt")
_PAIR = lazy(
    r"(?<![\w.$])(?P<name>[A-Za-z_][\w.-]{0,80})"
    r"(?:\\?[\"']?[ \t]{0,8}(?P<sign>=>|:=|=|:[ \t]{0,4}\w[\w\[\] |]{0,30}=(?=[ \t]{0,4}[\"'])|:)(?:[ \t]{1,40}|(?<==)|(?=[\"'$\\])))"
)
_LEGACY = lazy(r"[ \t]*ENV[ \t]+(?P<name>[A-Za-z_]\w{0,80})(?P<sign>[ \t]+)(?=[^\s=])", re.I)
_NAME_LINE = lazy(
    r"[ \t]*(?:-[ \t]+)?name:[ \t]*[\"']?(?P<name>[A-Za-z_][\w.-]{0,80})[\"']?[ \t]*\r?\n"
    r"(?:[ \t]{0,80}#[^\n]{0,200}\n){0,3}"
    r"(?P<sign>[ \t]*value:[ \t]*)"
)
_DEFAULT = lazy(r"\$\{(?P<name>[A-Za-z_]\w{0,80}):?-")
_FIRST = lazy(r"[ \t]*(?:-[ \t]+)?[\"']?")
_FLOW = lazy(r"[ \t]*(?:-[ \t]+)?[\w.-]*:?[ \t]*\{")
_COMMENT = lazy(r"[ \t]#")
# `//registry.npmjs.org/:_authToken=…` is a setting of npm.
_COMMENTED = lazy(r"[ \t]{0,200}(?!//[^\s=]{1,200}:_\w)(?:#!?|//|;|--)+[ \t]{0,20}")
_QUOTED = lazy(r"[^\"\\]*(?:\\.[^\"\\]*)*")
_EMBEDDED = lazy(r":[ \t]{0,4}\\\"(?P<value>[^\"\\]{8,200})\\\"")
_WORD_END = lazy(r"[\s;&|,)}\"'`]|$")
_INSTRUCTION = lazy(r"[ \t]*(?:ENV|ARG)[ \t]", re.I)
_LONGEST = 800

_CREDENTIAL = lazy(
    r"(?:^|[_.-])(?:pass|pwd|pw|passphrase)\d*$"
    r"|(?:password|passwd|secret|token|credentials?"
    r"|(?:api|secret|access|private|encryption|signing|master|app|jwt|auth|session)[_.-]?key)"
    r"(?:[_-]?(?:\d+|base|default|value|plain))?$"
)
# What only a random value makes a credential.
_KEY = lazy(
    r"(?:^|[_.-])(?:[a-z]+[_-])?salt$|(?:vault|hmac|crypto?|service|account|license|storage|webhook|shared|consumer|client|certificate)[_-]?key$"
)
# `STEAM_KEY`, as in env files.
_UPPER_KEY = lazy(r"[A-Z0-9]_KEY$")
_NO_CREDENTIAL = lazy(
    r"pull[_-]?secrets?$"
    r"|no_?passw|^(?:allow|no|disable|enable|use|require|skip|reset|generate|show|random|existing)[_-]"
    r"|public[_-]?(?:key|token)|(?:existing|password|token)[_-]?(?:secret|(?:secret[_-]?)?key)$"
    r"|^(?:id|csrf|max|next|page|next_?page|continuation)[_-]?token$|[_-]random[_-]|publishable|site[_-]?key|cache[_-]key"
    r"|(?:gpg|pgp|pub|repo|primary|foreign|partition|sort|search|vapid)_?key$|^salt$"
)
_READS = lazy(r"env|ENV|config\(")
_READ = lazy(
    r"(?:environ\.get|getenv|ENV\.fetch|env(?:\.str)?|config|process\.env)[(.\[][ \t]{0,4}[\"']?(?P<name>[A-Za-z_]\w{0,80})[\"']?[\])]?"
    r"(?P<sign>[ \t]{0,4}(?:,|\|\||\?\?|or\b)[ \t]{0,4}(?:default[ \t]{0,2}=[ \t]{0,2})?)(?=[\"'`])"
)


class Pair(NamedTuple):
    """A name and the place of its value; `variable` is set when that is the default of `${variable:-…}`."""

    name: str
    start: int
    end: int
    variable: str = ""
    commented: bool = False


def names_a_credential(name: str) -> bool:
    """Whether a name says password, secret, token or key; a salt or a key of another kind counts when its value is random."""
    low = lowered(name)
    named = _CREDENTIAL.search(low) or _is_key(name) or re.search("[a-z](?:Pass|Pwd)$", name)
    return bool(named) and _NO_CREDENTIAL.search(low) is None


def names_only_a_key(name: str) -> bool:
    return _is_key(name) and _CREDENTIAL.search(lowered(name)) is None


def _is_key(name: str) -> bool:
    return bool(_KEY.search(lowered(name)) or _UPPER_KEY.search(name))


def lowered(text: str) -> str:
    """Lower case at the same offsets: İ is the only character that would become two."""
    return text.replace("\u0130", "I").lower()


def pairs(text: str, dockerfile: bool = False) -> Iterator[Pair]:
    """Every literal that is named like a credential, in the order of the lines; those of comments are marked.

    In a Dockerfile only what ENV and ARG set lasts; RUN often needs a filler to build with.
    """
    low, at = lowered(text), 0
    above = (0, _INSTRUCTION.match(text) is not None)
    while stem := _STEM.search(low, at):
        start = text.rfind("\n", at, stem.start()) + 1 or at
        end = text.find("\n", stem.end())
        at = end = len(text) if end < 0 else end
        if dockerfile:
            above = (start, _sets_variables(text, start, *above))
            if not above[1]:
                continue
        comment = _COMMENTED.match(text, start, end)
        if comment:
            found = _values(text, comment.end(), end)
            yield from (pair._replace(commented=True) for pair in found)
        else:
            end = _comment(text, start, end)
            yield from _defaults(text, start, end)
            yield from _values(text, start, end)
            yield from _fallbacks(text, start, end)


def _fallbacks(text: str, start: int, end: int) -> Iterator[Pair]:
    """The second argument of `os.environ.get(name, "…")`, the right side of `process.env.NAME || "…"`."""
    if not _READS.search(text, start, end):
        return
    for read in _READ.finditer(text, start, end):
        if names_a_credential(read["name"]):
            first = read.end() + 1
            yield Pair(read["name"], first, _until(text, text[first - 1], first, end))


def _sets_variables(text: str, start: int, known: int, answer: bool) -> bool:
    """Whether a line of a Dockerfile belongs to ENV or ARG; `answer` is that of the line at `known`, above it.

    An instruction goes on behind a backslash, over comments and empty lines.
    """
    while start > known:
        above, content = start, ""
        while above > known and (not content or content[0] == "#"):
            below, above = above, text.rfind("\n", 0, above - 1) + 1
            content = text[above:below].strip()
        if content[:1] not in ("", "#") and content[-1] != "\\":
            return _INSTRUCTION.match(text, start) is not None
        start = above
    return answer


def _comment(text: str, start: int, end: int) -> int:
    """Where the comment at the end of a line begins; a `#` within quotes begins none."""
    for found in _COMMENT.finditer(text, start, end):
        before = text[start : found.start()]
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            return found.start()
        if found.start() - start > _LONGEST:
            break
    return end


def _defaults(text: str, start: int, end: int) -> Iterator[Pair]:
    if text.find("${", start, end) < 0:
        return
    holder = _PAIR.search(text, start, end)
    for found in _DEFAULT.finditer(text, start, end):
        if names_a_credential(found["name"]):
            first, close = _default(text, found, end)
            name = holder["name"] if holder and holder.end() <= found.start() else ""
            if close > first:
                yield Pair(name, first, close, found["name"])


def _values(text: str, start: int, end: int) -> Iterator[Pair]:
    below = _NAME_LINE.match(text, start)
    if below and names_a_credential(below["name"]):
        line_end = text.find("\n", below.end())
        end = _comment(text, below.end(), len(text) if line_end < 0 else line_end)
        yield from _literal(text, below, _value(text, below, start, end))
        return
    at = start
    while pair := _PAIR.search(text, at, end) or (at == start and _LEGACY.match(text, at, end)):
        at = pair.end()
        if names_a_credential(pair["name"]):
            value = _value(text, pair, start, end)
            at = max(at, value[1])
            yield from _literal(text, pair, value)


def _literal(text: str, pair: re.Match[str], value: tuple[int, int]) -> Iterator[Pair]:
    """The value, or the default that is all of it; a variable named like a credential has said so itself."""
    start, end = value
    default = _DEFAULT.match(text, start, end)
    if text.startswith('{\\"', start):
        yield from _embedded(text, pair["name"], start, end)
    elif default is None:
        yield Pair(pair["name"], start, end)
    elif not names_a_credential(default["name"]):
        first, close = _default(text, default, end)
        if first < close and not text[close:end].strip("}"):
            yield Pair(pair["name"], first, close, default["name"])


def _embedded(text: str, name: str, start: int, end: int) -> Iterator[Pair]:
    """What a generator made in an object that stands as JSON in a string, as headers of recorded requests do."""
    for inner in _EMBEDDED.finditer(text, start, end):
        if looks_random(inner["value"]):
            yield Pair(name, *inner.span("value"))


def _default(text: str, reference: re.Match[str], end: int) -> tuple[int, int]:
    """Where the default of a reference stands, or that of the last one in `${A:-${B:-…}}`; empty when it is no literal."""
    start = reference.end()
    while (inner := _DEFAULT.match(text, start, end)) and not names_a_credential(inner["name"]):
        start = inner.end()
    close = text.find("}", start, min(end, start + _LONGEST))
    return (start, start) if close < 0 or "${" in text[start:close] else (start, close)


def _value(text: str, pair: re.Match[str], line: int, end: int) -> tuple[int, int]:
    """Where the value stands, without its quotes, empty when there is none; `line` is where its line begins."""
    start = pair.end()
    if text.startswith('\\"', start):
        return start + 2, _until(text, "\\", start + 2, end)
    if start < end and text[start] in "\"'":
        return start + 1, _until(text, text[start], start + 1, end)
    quote = text[pair.start() - 1] if pair.start() > line else ""
    assigned = pair["sign"] != ":"
    if assigned and quote and quote in "\"'":
        return start, _until(text, quote, start, end)
    before = _FIRST.match(text, line, end)
    if (before and before.end() >= pair.start("name")) or pair["sign"].strip() == "value:":
        return start, min(end, start + _LONGEST)
    if not assigned and not _FLOW.match(text, line, pair.start()):
        return start, start
    stop = _WORD_END.search(text, start, min(end, start + _LONGEST))
    return start, stop.start() if stop else end


def _until(text: str, quote: str, start: int, end: int) -> int:
    last = min(end, start + _LONGEST)
    if quote == '"' and (value := _QUOTED.match(text, start, last)):
        return value.end() if text.startswith(quote, value.end()) else start
    close = text.find(quote, start, last)
    return close if close >= 0 else start
