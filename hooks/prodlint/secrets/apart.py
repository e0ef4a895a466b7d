"""Names that stand apart from their values: objects with a name and a value in JSON, users in SQL."""

import re
from collections.abc import Iterator

from prodlint.core.lazy import lazy
from prodlint.secrets.pairs import Pair, names_a_credential

# As in task definitions of ECS, parameters of CloudFormation, recorded requests of Postman.
_OBJECT = lazy(
    r"\"(?:[Nn]ame|(?:Parameter)?[Kk]ey)\"[ \t]{0,4}:[ \t]{0,4}\"(?P<name>[A-Za-z_][\w.-]{0,80})\"[ \t]{0,4},\s{0,80}"
    r"\"(?:Parameter)?[Vv]alue\"[ \t]{0,4}:[ \t]{0,4}\"(?P<value>[^\"\\\n]{1,800})\""
)
_USER = lazy(
    r"\b(?:(?:CREATE|ALTER)[ \t]{1,8}(?:USER|ROLE)\b[^;\n]{1,200}?\bPASSWORD"
    r"|IDENTIFIED[ \t]{1,8}(?:WITH[ \t]{1,8}[\"'`]?\w{1,40}[\"'`]?[ \t]{1,8})?BY)[ \t]{1,8}(?:PASSWORD[ \t]{1,8})?"
    r"'(?P<value>[^'\n]{1,200})'",
    re.I,
)
_NEAR = 200


def apart(text: str) -> Iterator[Pair]:
    if 'alue"' in text:
        for found in _OBJECT.finditer(text):
            if names_a_credential(found["name"]):
                yield _pair(text, found["name"], found)
    if any(word in text for word in ("PASSWORD", "password", "IDENTIFIED", "identified")):
        for found in _USER.finditer(text):
            yield _pair(text, "PASSWORD", found)


def _pair(text: str, name: str, found: re.Match[str]) -> Pair:
    line = text.rfind("\n", max(0, found.start() - _NEAR), found.start()) + 1
    commented = text[line : found.start()].lstrip().startswith(("#", "//", ";", "--"))
    return Pair(name, *found.span("value"), commented=commented)
