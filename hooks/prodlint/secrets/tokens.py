"""Tokens in any text, found by their form."""

import re
from collections.abc import Iterator
from functools import cache

from prodlint.core.lazy import lazy
from prodlint.secrets.values import looks_random, made_up
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.secrets.formats import Format

_RUN = lazy(r"[A-Za-z0-9][A-Za-z0-9_.-]{19,}")
_NAMES_AWS = r"(?:secret_?access_?key|aws_?secret(?:_?key)?)[\"']?[ \t]{0,8}[:=][ \t]{0,8}[\"']?"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# More parts of a head than this are never without a number of repetitions.
_ONCE = 8
LIVE, TEST = "live", "test"


class Found(NamedTuple):
    """A token at a place of the text, what it is, and whether it is LIVE or a key for TEST."""

    start: int
    end: int
    kind: str
    tier: str = LIVE


def tokens(text: str) -> list[Found]:
    """Every token of a known form that is not one of documentation, in the order of the text and apart."""
    found: list[Found] = []
    for token in sorted([*_in_runs(text), *_anywhere(text), *_aws_secrets(text)]):
        if not found or token.start >= found[-1].end:
            found.append(token)
    return found


@cache
def _in_front() -> "dict[str, list[tuple[str, Format]]]":
    """The literals that begin a run, by their first two characters."""
    from prodlint.secrets.formats import FORMATS, WEB_TOKEN

    forms: dict[str, list[tuple[str, Format]]] = {}
    for form in (*FORMATS, WEB_TOKEN):
        if not form.anywhere and not form.head:
            for literal in form.literals:
                forms.setdefault(literal[:2], []).append((literal, form))
    return forms


@cache
def _inside() -> "list[tuple[str, Format]]":
    """The literals that stand anywhere, those of tokens that begin with something else too."""
    from prodlint.secrets.formats import FORMATS

    return [
        (literal, form)
        for form in FORMATS
        if form.anywhere or form.head
        for literal in form.literals
    ]


def _in_runs(text: str) -> Iterator[Found]:
    """Tokens that begin a long run of letters and digits: to look at those is the fastest way to see every prefix."""
    forms, done = _in_front(), 0
    for run in _RUN.finditer(text):
        start = run.start()
        if start < done:
            continue
        for literal, form in forms.get(text[start : start + 2], ()):
            if text.startswith(literal, start):
                found = _token(text, start, start, literal, form)
                if found:
                    done = found.end
                    yield found
                    break


def _anywhere(text: str) -> Iterator[Found]:
    for literal, form in _inside():
        at = text.find(literal)
        while at >= 0:
            start = _head(text, at, form) if form.head else at
            apart = not literal[0].isalnum() or not text[max(0, at - 1) : at].isalnum()
            found = None
            if start >= 0 and (apart or form.head):
                found = _token(text, start, at, literal, form)
                if found:
                    yield found
            at = text.find(literal, found.end if found else at + len(literal))


def _head(text: str, at: int, form: "Format") -> int:
    """Where what stands before the literal begins, -1 when it is something else."""
    before, width = _before(form.head)
    found = before.search(text, max(0, at - width), at)
    return found.start() if found else -1


@cache
def _before(head: str) -> tuple[re.Pattern[str], int]:
    """The expression for a head at the end of a text, and how many characters it can need at most."""
    repeated = sum(map(int, re.findall(r"(\d+)\}", head)))
    return re.compile(rf"(?<![\w+/-])(?:{head})$"), repeated + _ONCE


def _token(text: str, start: int, at: int, literal: str, form: "Format") -> Found | None:
    """The token with its literal at `at`, when it can have been given out."""
    match = _compiled(form.body + r"(?![A-Za-z0-9])").match(text, at + len(literal))
    if match is None:
        return None
    if literal.endswith(("/", "=")):
        start = match.start()
    token = text[start : match.end()]
    if form.literals == ("eyJ",):
        kind = _signed(token, form.detector)
        return Found(start, match.end(), kind) if kind else None
    prefix = 0 if form.head else match.start() - start
    # A name that people write may have any length.
    if "," in form.body and not _mixed(token[prefix:]):
        return None
    if made_up(token, prefix) or not _genuine(token, form):
        return None
    return Found(start, match.end(), form.kind, form.tier)


def _mixed(text: str) -> bool:
    """Whether digits or both cases stand in it, as in no name that people write."""
    return any(map(str.isdigit, text)) or not (text.islower() or text.isupper())


def _genuine(token: str, form: "Format") -> bool:
    """Whether its checksum is right and the detector of detect-secrets, when there is one, knows it too."""
    if form.checksum and not _checks(token, form.checksum):
        return False
    if not form.detector:
        return True
    from prodlint.secrets.detectors import detected

    return any(token.startswith(value) for value in detected(form.detector, token))


def _checks(token: str, checksum: str) -> bool:
    """Whether the CRC-32 at the end is right. GitHub and npm write it into tokens of 40 characters only."""
    from zlib import crc32

    if checksum == "little-endian":
        body, _, end = token.rpartition("_")
        return crc32(body.encode()).to_bytes(4, "little").hex() == end
    if len(token) != 40:
        return True
    number, digits = crc32(token[4:34].encode()), ""
    while number:
        number, digit = divmod(number, 62)
        digits = _DIGITS[digit] + digits
    return token[34:] == digits.rjust(6, "0")


def _signed(token: str, detector: str) -> str:
    """What a JSON web token is, empty when it opens nothing: for browsers, or of a demonstration."""
    from prodlint.secrets.detectors import detected

    parts = token.split(".")
    if not detected(detector, ".".join(parts[:2])):
        return ""
    import json
    from base64 import urlsafe_b64decode

    claims = json.loads(urlsafe_b64decode(parts[1] + "=="))
    if not isinstance(claims, dict):
        return ""
    told = " ".join(str(claims.get(name)) for name in ("role", "iss", "name", "sub")).lower()
    if re.search(r"\banon\b|demo|example|john doe|1234567890|\btest", told):
        return ""
    return "Supabase service_role key" if claims.get("role") == "service_role" else "JSON web token"


def _aws_secrets(text: str) -> Iterator[Found]:
    """The secret half of an AWS key has no form of its own: 40 characters behind its name."""
    if "ecret" not in text and "ECRET" not in text:
        return
    for name in _compiled(_NAMES_AWS).finditer(text.replace("\u0130", "I").lower()):
        match = _compiled(r"[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])").match(text, name.end())
        if match and looks_random(match[0]) and not match[0].islower() and not made_up(match[0]):
            yield Found(match.start(), match.end(), "AWS secret access key")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
