"""Credentials in base 64, as `data:` of a Kubernetes Secret holds them: that hides nothing."""

import re
from collections.abc import Iterator

from prodlint.secrets.values import PLACEHOLDER, RANDOM, looks_random, strength

_ENTRY = r"(?m)^[ \t]+[\"']?(?P<name>[A-Za-z_.][\w.-]{0,80})[\"']?:[ \t]+[\"']?(?P<value>[A-Za-z0-9+/]{8,4000}={0,2})[\"']?[ \t]*(?:[ \t]#.*)?\r?$"
_OTHER = r"(?i)user|name$|host|port|database|^db$|\.crt$|^ca|email|region|bucket|url$|uri$|endpoint"
_SHORTEST_TOKEN = 20


def encoded(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, str]]:
    """Each entry of a Secret's `data` that is a credential: name, place, and the strength of what is encoded."""
    for entry in re.compile(_ENTRY).finditer(text, start, end):
        how = _strength(entry["name"], entry["value"])
        if how and how != PLACEHOLDER:
            yield entry["name"], *entry.span("value"), how


def _strength(name: str, value: str) -> str:
    from base64 import b64decode

    try:
        data = b64decode(value, validate=True)
    except ValueError:
        return ""
    if b"-----BEGIN " in data and b"PRIVATE KEY" in data:
        return RANDOM
    try:
        text = data.decode().strip()
    except UnicodeDecodeError:
        return RANDOM if len(data) >= 16 and not re.search(_OTHER, name) else ""
    from prodlint.secrets.tokens import tokens

    if len(text) >= _SHORTEST_TOKEN and tokens(text):
        return RANDOM
    if re.search(_OTHER, name) or not text.isprintable():
        return ""
    how = strength(text, name)
    return how if how != RANDOM or looks_random(text) else ""
