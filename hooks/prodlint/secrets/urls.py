"""Passwords in URLs: `scheme://user:password@host`, also without a user."""

import re
from collections.abc import Iterator

from prodlint.typed import NamedTuple

_AUTHORITY = r"://(?:(?:\$\{[^{}\s]{0,80}\}|[^\s:/?#@\"'<>{}]){0,100}):(?P<password>[^\s/?#\"'<>]{1,200})@(?P<host>[^\s/\"'<>@]*)"
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]{1,30}$"


class Login(NamedTuple):
    """A password in a URL, `start` to `end` of the text; `url` is where the URL begins."""

    start: int
    end: int
    url: int
    scheme: str
    host: str


def logins(text: str) -> Iterator[Login]:
    if "://" not in text:
        return
    for found in re.finditer(_AUTHORITY, text):
        scheme = re.compile(_SCHEME).search(text, max(0, found.start() - 32), found.start())
        # In `reverse:https://host:443@8443` the port is no password.
        if scheme and not found["host"].isdigit():
            start, end = found.span("password")
            yield Login(start, end, scheme.start(), scheme[0].lower(), found["host"])
