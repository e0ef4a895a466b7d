"""Credentials without an assignment: options of commands, headers, logins of .netrc and registries, Terraform variables."""

import re
from collections.abc import Iterator
from functools import cache

from prodlint.secrets.pairs import names_a_credential
from prodlint.typed import NamedTuple

_NEXT = r"(?:[ \t]{1,8}|[\"'],[ \t]{0,8}(?=[\"']))"
_WORD = r"(?:\"(?P<double>[^\"\n]{1,200})\"|'(?P<single>[^'\n]{1,200})'|(?P<bare>[^\s\"'|;&<>()`,\\-][^\s\"'|;&<>)`]{0,200}))"
_VARIABLE = r"\bvariable[ \t]{1,8}\"(?P<name>[\w-]{1,80})\"[ \t]{0,8}\{[^{}]{0,400}?\bdefault[ \t]{0,20}=[ \t]{0,20}\"(?P<double>[^\"\n]{1,200})\""
_LONG = rf"(?<![\w-])--(?P<name>[a-z][\w-]{{0,40}}){_NEXT}{_WORD}"
_SHORT = rf"(?<=[\s\"'])-(?P<letter>[apu]|-user)(?P<gap>{_NEXT}?){_WORD}"
# The clients whose option is a password, or a user with one; a space behind theirs, `attached` ones take for a database.
_CLIENT = (
    r"\b(?:(?P<a>redis-cli)|(?P<p>sshpass|(?:docker|podman|helm registry|skopeo|crane|az acr|oc) login)|(?P<u>curl)"
    r"|(?P<attached>(?:mysql|mariadb)\w*))\b"
)
_COMMAND_END = r"[|;&]|(?<!\\)\n"
_PIPED = r"\becho[ \t]{1,4}(?:-n[ \t]{1,4})?[\"']?(?P<bare>[^\s\"'$|]{4,200})[\"']?[ \t]{0,4}\|[^|\n]{0,200}--password-stdin"
_HEADER = (
    r"[Aa]uthorization\\?[\"']?(?:,\s{0,80}\"value\")?[ \t]{0,8}[:=,]?[ \t]{0,8}\\?[\"']?"
    r"(?P<scheme>[Bb]asic|[Bb]earer|[Tt]oken|[Aa]pi[Kk]ey)[ \t]{1,4}(?P<bare>[\w+/.~=-]{6,400})"
)
_NGINX = rf"(?m)^[ \t]{{0,40}}(?:(?:proxy|grpc)_set_header|(?:fastcgi|uwsgi)_param|set)[ \t]{{1,40}}\$?(?P<name>[A-Za-z][\w-]{{0,60}})[ \t]{{1,40}}{_WORD}"
# A name and a value on a line, as redis.conf has them.
_DIRECTIVE = rf"(?m)^[ \t]{{0,40}}(?P<name>[A-Za-z][\w.-]{{0,60}})[ \t]{{1,40}}(?![=:]){_WORD}[ \t]*;?[ \t]*\r?$"
_NETRC = r"(?:^|\s)password[ \t]{1,8}(?P<bare>\S{1,200})"
_LOGIN = r"\blogin[ \t]{1,8}[^\s\"']{1,80}[ \t]{1,8}password[ \t]{1,8}(?P<bare>[^\s\"'\\]{1,200})"
_AUTH = r"(?<![A-Za-z])_?auth\\?[\"']?[ \t]{0,4}[:=][ \t]{0,4}\\?[\"']?(?P<bare>[A-Za-z0-9+/]{8,400}={0,2})(?![\w+/])"
_REDIS = ("requirepass", "masterauth")
_COMMAND = 300
_LONGEST = 250


class Argument(NamedTuple):
    """A credential at a place of the text; `value` is the credential itself where the text has it in base 64."""

    name: str
    start: int
    end: int
    value: str
    commented: bool


def arguments(text: str, path: str) -> Iterator[Argument]:
    for name, found in _matches(text, path):
        start, end, value = *_span(found), ""
        if name.startswith("curl "):
            start = text.find(":", start, end) + 1
            if not start:
                continue
        elif found.re is _compiled(_AUTH) or found.groupdict().get("scheme", "").lower() == "basic":
            value = _password(text[start:end])
            if not value:
                continue
        yield Argument(name, start, end, value or text[start:end], _commented(text, start))


def _matches(text: str, path: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Each match with the name that its finding is to have."""
    if "--" in text:
        for found in _compiled(_LONG).finditer(text):
            if names_a_credential(found["name"]) or found["name"] in _REDIS:
                yield f"--{found['name']}", found
    yield from _options(text)
    if "--password-stdin" in text:
        yield from (("--password-stdin", found) for found in _compiled(_PIPED).finditer(text))
    if "uthorization" in text:
        for found in _compiled(_HEADER).finditer(text):
            yield f"Authorization: {found['scheme']}", found
    if "_header" in text or "_param" in text or "set $" in text:
        for found in _compiled(_NGINX).finditer(text):
            if names_a_credential(found["name"].replace("-", "_")):
                yield found["name"], found
    if path.endswith(".conf"):
        for found in _compiled(_DIRECTIVE).finditer(text):
            if names_a_credential(found["name"]) or found["name"] in _REDIS:
                yield found["name"], found
    if "password " in text:
        pattern = _NETRC if path.endswith("netrc") else _LOGIN
        yield from (("password", found) for found in _compiled(pattern).finditer(text))
    if 'variable "' in text:
        for found in _compiled(_VARIABLE).finditer(text):
            if names_a_credential(found["name"]):
                yield found["name"], found
    if "auth" in text:
        yield from (("auth", found) for found in _compiled(_AUTH).finditer(text))


def _options(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The options of each command with a client, of which every character is looked at once."""
    end = 0
    for first in _compiled(_CLIENT).finditer(text):
        if first.start() < end:
            continue
        start, last = first.end(), first.end() + _COMMAND
        stop = _compiled(_COMMAND_END).search(text, start, last)
        end = stop.start() if stop else last
        clients: dict[str, re.Match[str]] = {}
        for client in _compiled(_CLIENT).finditer(text, first.start(), end):
            clients.setdefault(str(client.lastgroup), client)
        for found in _compiled(_SHORT).finditer(text, start, end + _LONGEST):
            if found.start() >= end:
                break
            letter = found["letter"]
            kind = "attached" if letter == "p" and not found["gap"] else ""
            named = clients.get(letter.removeprefix("-")[:1]) or clients.get(kind)
            if named and named.end() <= found.start():
                yield f"{named[0]} -{letter}", found


def _span(found: re.Match[str]) -> tuple[int, int]:
    groups = found.groupdict()
    return found.span(next(name for name in ("double", "single", "bare") if groups.get(name)))


def _password(encoded: str) -> str:
    """The password of `user:password` in base 64, empty when it is something else."""
    from base64 import b64decode

    try:
        login = b64decode(encoded, validate=True).decode()
    except ValueError:
        return ""
    return login.partition(":")[2] if login.isprintable() else ""


def _commented(text: str, offset: int) -> bool:
    line = text.rfind("\n", max(0, offset - _COMMAND), offset) + 1
    return text[line:offset].lstrip().startswith(("#", "//", ";"))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
