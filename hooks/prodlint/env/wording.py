"""What a value must be, and what it is, in words; a secret is never among them."""

import re
from collections.abc import Callable

from prodlint.env.values import as_text
from prodlint.typed import Any

_LONGEST = 60
# As text: most files need none of these.
_CONFIDENTIAL = (
    r"pass(?:w(?:or)?d|phrase|code)?(?![a-z])|pwd|secret|token|credential|(?:^|_|api|access|private|signing|encryption)key"
    r"|(?:^|_)(?:auth|salt|seed|pin|otp|cert|dsn|cookie|pepper|psk|sas|jwt|pat)(?:_|$)|bearer|mnemonic|webhook|signature"
    r"|private|(?:database|db|redis|mongo\w*|postgres\w*|mysql|amqp|rabbitmq|broker|cache|smtp)_?ur[il]|connection"
)
_HARMLESS = (
    r"_(?:expir\w*|ttl|lifetime|duration|timeout|length|len|rounds|cost|min|max|limit|count|size|enabled?|disabled?|required"
    r"|algorithm|alg|type|mode|policy|issuer|audience|name|header|prefix|path|file|dir|host|port|days|hours|minutes|seconds|ms)$"
)
_LONG_RUN = r"[A-Za-z0-9]{20}"

_RANK = ("type", "format", "x-prodlint", "const", "enum", "pattern", "minLength", "maxLength")
_TYPES = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "string": "text",
    "array": "a list",
    "object": "an object",
    "null": "empty",
}
_FORMATS = {
    "url": "a URL (scheme://host)",
    "uri": "a URI (scheme:…)",
    "port": "a port from 1 to 65535",
    "host": "a host name or an IP address, without scheme, port and path",
    "hostname": "a host name",
    "email": "an e-mail address",
    "dsn": "a connection string (scheme://…)",
    "ip": "an IP address",
    "cidr": "a network such as 10.0.0.0/8",
    "duration": "a duration with its unit, such as 30s, 15m or 7d",
    "bytes": "a size such as 10MB or 1048576",
    "csv": "a list",
    "json": "JSON",
    "base64": "base64",
    "base64url": "base64 with - and _",
    "hex": "hexadecimal digits, two for each byte",
    "jwt": "a JSON Web Token",
    "pem": "a key or certificate in PEM (-----BEGIN …)",
    "uuid": "a UUID",
    "semver": "a version such as 1.4.0",
    "cron": "a cron expression such as 0 3 * * *",
    "timezone": "a time zone such as Europe/Paris",
    "date": "a date such as 2026-03-01",
    "date-time": "a time such as 2026-03-01T12:00:00Z",
    "path": "a path of a file or folder",
    "loglevel": "a log level such as info or warn",
    "aws-region": "an AWS region such as eu-central-1",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
}


def is_sensitive(name: str, value: str, declared: bool | None) -> bool:
    """Whether a value must not be shown: it is declared secret, or it or its name looks like one."""
    if declared or re.search(_LONG_RUN, value) or _is_redacted(value):
        return True
    return declared is None and names_secret(name)


def names_secret(name: str) -> bool:
    """Whether the name of a variable is that of a secret."""
    lower = name.lower()
    return not re.search(_HARMLESS, lower) and re.search(_CONFIDENTIAL, lower) is not None


def _is_redacted(value: str) -> bool:
    if not value:
        return False
    from prodlint.core.redact import redact_message  # whose patterns take time

    return redact_message(value) != value


def shown(value: str, sensitive: bool) -> str:
    if sensitive:
        return f"<redacted, {len(value)} characters>"
    text = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
    return f'"{text}"' if "'" in text else f"'{text}'"


def rank(keyword: str) -> int:
    """Which keyword tells most of what is wrong, when a value breaks several: the least."""
    return _RANK.index(keyword) if keyword in _RANK else len(_RANK)


def expected(keyword: str, demand: Any, below: dict[str, Any]) -> str:
    """What a value must be, from a keyword of JSON Schema, what it demands, and the keywords beside it."""
    if keyword == "type" and below.get("format") in _FORMATS:
        keyword, demand = "format", below["format"]
    if keyword == "not" and not demand:
        return "left out"
    wording = _WORDINGS.get(keyword)
    if wording:
        return wording(demand)
    return f"as `{keyword}` in the schema says"


def _listed(values: list[Any]) -> str:
    texts = [as_text(value) for value in values]
    more = f" and {len(texts) - 12} more" if len(texts) > 12 else ""
    return ", ".join(texts[:12]) + more


def _types(demand: Any) -> str:
    return " or ".join(
        _TYPES.get(kind, kind) for kind in ([demand] if isinstance(demand, str) else demand)
    )


_WORDINGS: dict[str, Callable[[Any], str]] = {
    "type": _types,
    "format": lambda name: _FORMATS.get(name, f"a {name}"),
    "const": as_text,
    "enum": lambda values: f"one of {_listed(values)}" if len(values) > 1 else as_text(values[0]),
    "pattern": lambda pattern: f"a match of the pattern {pattern[:_LONGEST]}",
    "minLength": lambda count: f"at least {count} characters long",
    "maxLength": lambda count: f"at most {count} characters long",
    "minimum": lambda bound: f"at least {bound}",
    "maximum": lambda bound: f"at most {bound}",
    "exclusiveMinimum": lambda bound: f"more than {bound}",
    "exclusiveMaximum": lambda bound: f"less than {bound}",
    "multipleOf": lambda number: f"a multiple of {number}",
}


def got(keyword: str, value: str, sensitive: bool) -> str:
    """What a value is, next to what it must be."""
    if keyword in ("minLength", "maxLength"):
        return str(len(value))
    return shown(value, sensitive)


def masked(name: str, value: str) -> str:
    """A part of a value that has a name of its own, such as a parameter of a query."""
    return "…" if is_sensitive(name, value, None) else value[:_LONGEST]
