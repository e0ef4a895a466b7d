"""Credentials that nobody ever had, built when a test runs: a scanner that reads this repository finds none.

A page writes `«GitHub token»`, `«private key»`, `«private key on one line»` or `«password»` where its files have one; `filled` puts them in.
"""

import json
import re
import sys
from base64 import b64encode, urlsafe_b64encode
from importlib import import_module
from random import Random
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits, printable
from typing import Any
from zlib import crc32

from prodlint.secrets.formats import BASE_62, FORMATS, LITTLE_ENDIAN, Format
from prodlint.secrets.values import made_up

ALPHANUMERIC = ascii_letters + digits
BASE_62_DIGITS = digits + ascii_uppercase + ascii_lowercase


def filled(text: str) -> str:
    """The text with each `«kind»` replaced by a credential of that kind, the same each time."""
    return re.sub(r"«([^»\n]+)»", lambda match: sample(match[1]), text)


def sample(kind: str, seed: int = 7) -> str:
    """A credential of a kind that the tables name, a private key, or a password of 20 characters."""
    random = Random(f"{kind}{seed}")
    if kind.startswith("private key"):
        key = private_key(random)
        return key if kind == "private key" else key.replace("\n", "\\n")
    if kind.startswith("password"):
        return text(random, ALPHANUMERIC, 17) + "a7Q"
    if kind == "AWS secret access key":
        return text(random, ALPHANUMERIC + "/+", 37) + "a7Q"
    if kind == "JSON web token":
        return web_token(random)
    if kind == "Supabase service_role key":
        return web_token(random, role="service_role")
    for form in FORMATS:
        if form.kind == kind:
            return _sealed(_formed(form, random), form)
    raise LookupError(kind)


def text(random: Random, alphabet: str, length: int) -> str:
    return "".join(random.choice(alphabet) for _ in range(length))


def private_key(random: Random, kind: str = "") -> str:
    body = b64encode(random.randbytes(600)).decode()
    lines = [body[at : at + 64] for at in range(0, len(body), 64)]
    return "\n".join(
        [f"-----BEGIN {kind}PRIVATE KEY-----", *lines, f"-----END {kind}PRIVATE KEY-----"]
    )


def web_token(random: Random, **claims: Any) -> str:
    parts = [
        {"alg": "HS256", "typ": "JWT"},
        {"iss": "app", "uid": text(random, digits, 12), **claims},
    ]
    encoded = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, text(random, ALPHANUMERIC, 43)])


def matching(pattern: str, group: int, random: Random) -> str:
    """What a group of a pattern finds, or all of it without such a group, with the checksum that a provider wants."""
    found = _written(random, pattern, group)
    for form in FORMATS:
        if form.checksum and found.startswith(form.literals):
            return _sealed(found, form)
    return found


def _formed(form: Format, random: Random) -> str:
    """One of the form's tokens; the few are passed over that happen to look like a filler."""
    while True:
        before, body = _written(random, form.head), _written(random, form.body)
        literal = random.choice(form.literals)
        if not made_up(before + literal + body, 0 if before else len(literal)):
            return before + literal + body


def _sealed(token: str, form: Format) -> str:
    """With the checksum that its form asks for."""
    if form.checksum == LITTLE_ENDIAN:
        body = token.rpartition("_")[0]
        return f"{body}_{crc32(body.encode()).to_bytes(4, 'little').hex()}"
    if form.checksum != BASE_62 or len(token) != 40:
        return token
    number, end = crc32(token[4:34].encode()), ""
    while number:
        number, digit = divmod(number, 62)
        end = BASE_62_DIGITS[digit] + end
    return token[:34] + end.rjust(6, "0")


def _written(random: Random, pattern: str, group: int = 0) -> str:
    """A text that a pattern matches, or what one of its groups does, when there is one of that number."""
    parser = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")
    groups: dict[int, str] = {}

    def one(operation: Any, argument: Any) -> str:
        name = str(operation)
        if name == "LITERAL":
            return chr(argument)
        if name == "ANY":
            return "."  # nobody means another one
        if name == "IN":
            chars = {char for item in argument for char in _chars(*item)}
            negated = str(argument[0][0]) == "NEGATE"
            return random.choice(sorted(set(printable) - chars if negated else chars))
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, item = argument
            return "".join(many(item) for _ in range(min(most, least + 4) if least > 1 else least))
        if name == "SUBPATTERN":
            part = many(argument[3])
            groups.setdefault(argument[0] or 0, part)
            return part
        if name == "BRANCH":
            return many(random.choice(argument[1]))
        assert name.startswith(("ASSERT", "AT")), name
        return ""

    def many(items: Any) -> str:
        return "".join(one(*item) for item in items)

    whole = many(parser.parse(pattern))
    return groups.get(group, whole)


def _chars(operation: Any, argument: Any) -> str:
    name = str(operation)
    if name == "NEGATE":
        return ""
    if name == "RANGE":
        return "".join(map(chr, range(argument[0], argument[1] + 1)))
    if name == "CATEGORY":
        return digits if "DIGIT" in str(argument) else ALPHANUMERIC + "_"
    return chr(argument)
