"""Tokens in any text, found by their form."""

import re
from collections.abc import Iterator
from functools import cache

from prodlint.core.typed import NamedTuple
from prodlint.secrets.detectors import detected
from prodlint.secrets.formats import DETECTED, FORMATS, LINKS
from prodlint.secrets.values import looks_random, made_up

_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{19,}")
_NAMES_AWS = r"(?:secret_?access_?key|aws_?secret(?:_?key)?)[\"']?[ \t]{0,8}[:=][ \t]{0,8}[\"']?"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Found(NamedTuple):
    """A token at a place of the text, and what it is."""

    start: int
    end: int
    kind: str


class _Form(NamedTuple):
    """What begins with `prefix`: `body` is the rest, or `detector` knows it from `shortest` to `longest` characters."""

    prefix: str
    kind: str
    body: str = ""
    shortest: int = 0
    longest: int = 0
    detector: str = ""


def tokens(text: str) -> list[Found]:
    """Every token of a known form that is not one of documentation, in the order of the text."""
    return sorted([*_in_runs(text), *_behind_links(text), *_aws_secrets(text)])


@cache
def _forms() -> dict[str, list[_Form]]:
    """The forms by their first two characters."""
    forms: dict[str, list[_Form]] = {}
    for form in (
        *(_Form(*row) for row in FORMATS),
        *(_Form(row[0], row[1], "", *row[2:]) for row in DETECTED),
    ):
        forms.setdefault(form.prefix[:2], []).append(form)
    return forms


def _in_runs(text: str) -> Iterator[Found]:
    """Tokens that begin a long run of letters and digits: to look at those is the fastest way to see every prefix."""
    forms, done = _forms(), 0
    for run in _RUN.finditer(text):
        start = run.start()
        if start < done:
            continue
        for form in forms.get(text[start : start + 2], ()):
            if text.startswith(form.prefix, start):
                end = _end(text, start, run.end(), form)
                if end and not made_up(text[start:end], len(form.prefix)):
                    done = end
                    yield Found(start, end, form.kind)
                    break


def _end(text: str, start: int, run_end: int, form: _Form) -> int:
    """Where a token of this form ends, 0 when it is none."""
    if form.body:
        match = _compiled(re.escape(form.prefix) + form.body + r"(?![A-Za-z0-9])").match(
            text, start
        )
        return match.end() if match and _genuine(match[0]) else 0
    token = text[start : min(run_end, start + form.longest + 2)].rstrip(".")
    if not form.shortest <= len(token) <= form.longest:
        return 0
    if form.shortest < form.longest and not any(map(str.isdigit, token)):
        return 0
    if form.prefix == "eyJ":
        return start + len(token) if _signed(token, form.detector) else 0
    if not _genuine(token):
        return 0
    seen = any(token.startswith(value) for value in detected(form.detector, token))
    return start + len(token) if seen else 0


def _genuine(token: str) -> bool:
    """Whether a token can have been given out.

    AWS writes keys in base 32; GitHub and npm end their tokens of 40 characters with a checksum in base 62.
    """
    if token.startswith(("AKIA", "ASIA")):
        return re.fullmatch(r"[A-Z2-7]+", token) is not None
    if len(token) != 40 or not token.startswith(("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "npm_")):
        return True
    from zlib import crc32

    number, digits = crc32(token[4:34].encode()), ""
    while number:
        number, digit = divmod(number, 62)
        digits = _DIGITS[digit] + digits
    return token[34:] == digits.rjust(6, "0")


def _signed(token: str, detector: str) -> bool:
    """Whether it is a JSON web token that opens something: not one for browsers, not one of a demonstration."""
    parts = token.split(".")
    if len(parts) != 3 or not parts[2] or not detected(detector, ".".join(parts[:2])):
        return False
    import json
    from base64 import urlsafe_b64decode

    claims = json.loads(urlsafe_b64decode(parts[1] + "=="))
    if not isinstance(claims, dict):
        return False
    told = (
        f"{claims.get('role')} {claims.get('iss')} {claims.get('name')} {claims.get('sub')}".lower()
    )
    return re.search(r"\banon\b|demo|example|john doe|1234567890|\btest", told) is None


def _behind_links(text: str) -> Iterator[Found]:
    for literal, kind, body in LINKS:
        at = text.find(literal)
        while at >= 0:
            at += len(literal)
            match = _compiled(body).match(text, at)
            start = at if literal.endswith(("/", "=")) else at - len(literal)
            if match and not made_up(text[start : match.end()], at - start):
                yield Found(start, match.end(), kind)
            at = text.find(literal, match.end() if match else at)


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
