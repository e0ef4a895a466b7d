"""Credentials that nobody ever had, built when a test runs: a scanner that reads this repository finds none.

A page writes `«GitHub token»`, `«private key»`, `«private key on one line»` or `«password»` where its files have one; `filled` puts them in.
"""

import json
import re
import sys
from base64 import b64encode, urlsafe_b64encode
from importlib import import_module
from random import Random
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits
from typing import Any
from zlib import crc32

from prodlint.secrets.formats import DETECTED, FORMATS, LINKS

ALPHANUMERIC = ascii_letters + digits
BASE_62 = digits + ascii_uppercase + ascii_lowercase


def filled(text: str) -> str:
    """The text with each `«kind»` replaced by a credential of that kind, the same each time."""
    return re.sub(r"«([^»\n]+)»", lambda match: sample(match[1]), text)


def sample(kind: str, seed: int = 7) -> str:
    """A credential of a kind that the tables name, a private key, or a password of 20 characters."""
    random = Random(f"{kind}{seed}")
    if kind.startswith("private key"):
        key = private_key(random)
        return key if kind == "private key" else key.replace("\n", "\\n")
    if kind == "password":
        return text(random, ALPHANUMERIC, 17) + "a7Q"
    if kind == "AWS secret access key":
        return text(random, ALPHANUMERIC + "/+", 37) + "a7Q"
    for prefix, name, body in FORMATS:
        if name == kind:
            return _checked(_written(random, re.escape(prefix) + body))
    for literal, name, body in LINKS:
        if name == kind:
            return literal + _written(random, body)
    for prefix, name, _, _, _ in DETECTED:
        if name == kind:
            return _checked(prefix + _BODIES.get(prefix, _plain)(random))
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


def _plain(random: Random) -> str:
    return text(random, ALPHANUMERIC, 36)


_BODIES: dict[str, Any] = {
    "AKIA": lambda random: text(random, ascii_uppercase + "234567", 16),
    "ASIA": lambda random: text(random, ascii_uppercase + "234567", 16),
    "glpat-": lambda random: text(random, ALPHANUMERIC, 20),
    "glimt-": lambda random: text(random, ALPHANUMERIC, 25),
    "glptt-": lambda random: text(random, ALPHANUMERIC, 40),
    "glagent-": lambda random: text(random, ALPHANUMERIC, 50),
    "gloas-": lambda random: text(random, ALPHANUMERIC, 64),
    "sk-": lambda random: (
        text(random, ALPHANUMERIC, 20) + "T3Blbk" + "FJ" + text(random, ALPHANUMERIC, 20)
    ),
    "xoxb-": lambda random: (
        f"{text(random, digits, 12)}-{text(random, digits, 12)}-{text(random, ALPHANUMERIC, 24)}"
    ),
    "xoxp-": lambda random: (
        f"{text(random, digits, 12)}-{text(random, digits, 12)}-{text(random, ALPHANUMERIC, 32)}"
    ),
    "xoxa-": lambda random: f"{text(random, digits, 12)}-{text(random, ALPHANUMERIC, 32)}",
    "SG.": lambda random: f"{text(random, ALPHANUMERIC, 22)}.{text(random, ALPHANUMERIC, 43)}",
    "pypi-AgE": lambda random: "IcHlwaS5vcmc" + text(random, ALPHANUMERIC, 80),
    "sq0csp-": lambda random: text(random, ALPHANUMERIC, 43),
    "SK": lambda random: text(random, "0123456789abcdef", 32),
    "eyJ": lambda random: web_token(random)[3:],
}


def _checked(token: str) -> str:
    """With the checksum of GitHub and npm."""
    if len(token) != 40 or not re.match(r"gh[a-z]_|npm_", token):
        return token
    number, end = crc32(token[4:34].encode()), ""
    while number:
        number, digit = divmod(number, 62)
        end = BASE_62[digit] + end
    return token[:34] + end.rjust(6, "0")


def _written(random: Random, pattern: str) -> str:
    """A text that a pattern matches."""
    parser = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse")

    def one(operation: Any, argument: Any) -> str:
        name = str(operation)
        if name == "LITERAL":
            return chr(argument)
        if name == "IN":
            return random.choice([char for item in argument for char in _chars(*item)])
        if name == "MAX_REPEAT":
            least, most, item = argument
            return "".join(many(item) for _ in range(min(most, least + 4) if least else 0))
        if name == "SUBPATTERN":
            return many(argument[3])
        if name == "BRANCH":
            return many(random.choice(argument[1]))
        assert name.startswith("ASSERT"), name
        return ""

    def many(items: Any) -> str:
        return "".join(one(*item) for item in items)

    return many(parser.parse(pattern))


def _chars(operation: Any, argument: Any) -> str:
    name = str(operation)
    if name == "RANGE":
        return "".join(map(chr, range(argument[0], argument[1] + 1)))
    if name == "CATEGORY":
        return digits if "DIGIT" in str(argument) else ALPHANUMERIC + "_"
    return chr(argument)
