"""The formats of values: which texts each of them takes."""

import re
from collections.abc import Callable

from prodlint.env.values import (
    is_dsn,
    is_email,
    is_host,
    is_ipv4,
    is_ipv6,
    is_port,
    is_uri,
    is_url,
)
from prodlint.typed import Any

_AMOUNT = r"(\d{1,15}(?:\.\d{1,9})?)"
_SECONDS = {
    "ms": 0.001,
    "milliseconds": 0.001,
    "s": 1,
    "sec": 1,
    "secs": 1,
    "second": 1,
    "seconds": 1,
    "m": 60,
    "min": 60,
    "mins": 60,
    "minute": 60,
    "minutes": 60,
    "h": 3600,
    "hr": 3600,
    "hrs": 3600,
    "hour": 3600,
    "hours": 3600,
    "d": 86400,
    "day": 86400,
    "days": 86400,
    "w": 604800,
    "week": 604800,
    "weeks": 604800,
    "y": 31557600,
    "year": 31557600,
    "years": 31557600,
}
_ISO = r"P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?"
_POWERS = {"": 0, "b": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_SEMVER = (
    r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
    r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)
_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_TIMEZONE = r"(?:UTC|GMT|Z|[A-Z][A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2})"
_TIME = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
_PEM = r"-----BEGIN ([A-Z0-9 ]{1,40})-----(?:\s|\\[rn])[A-Za-z0-9+/=\s\\:,-]+-----END ([A-Z0-9 ]{1,40})-----\s*(?:\\[rn])*"
_LOG_LEVEL = (
    r"(?i:all|trace|verbose|debug|info|information|notice|warn|warning|error|err|critical|crit|fatal|panic|alert"
    r"|emergency|emerg|silent|off|none)"
)
_AWS_REGION = r"(?:us-gov|us-isob?|eu-isoe|eusc|[a-z]{2})-(?:central|(?:north|south)?(?:east|west)|north|south)-[1-9]"
_NAMED_TIMES = (
    *("yearly", "annually", "monthly", "weekly"),
    *("daily", "midnight", "hourly", "reboot"),
)
# Minute, hour, day, month, weekday: the least and the most, and the names that stand for numbers.
_FIELDS = (
    (0, 59, ""),
    (0, 23, ""),
    (1, 31, ""),
    (1, 12, "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"),
    (0, 7, "sun|mon|tue|wed|thu|fri|sat"),
)


def seconds(text: str) -> float | None:
    """How long `15m`, `1h30m`, `2 days` or `PT15M` lasts; a number alone has no unit, on which programs differ."""
    text = text.strip()
    if len(text) > 60:
        return None
    if text.startswith("P"):
        found = re.fullmatch(_ISO, text)
        if not found or not any(found.groups()):
            return None
        return sum(
            int(part or 0) * size
            for part, size in zip(found.groups(), (604800, 86400, 3600, 60, 1), strict=True)
        )
    parts = re.findall(rf"{_AMOUNT}\s?([A-Za-z]+)\s?", text)
    if not parts or "".join(f"{a}{u}" for a, u in parts) != re.sub(r"\s", "", text):
        return None
    if any(unit.lower() not in _SECONDS for _, unit in parts):
        return None
    return sum(float(amount) * _SECONDS[unit.lower()] for amount, unit in parts)


def size(text: str) -> float | None:
    """How many bytes `10MB`, `512k`, `1GiB` or `1048576` are; a K is 1024, as most programs that read such texts have it."""
    found = re.fullmatch(rf"{_AMOUNT}\s?([kmgtp]?)(?:i?b)?", text, re.IGNORECASE)
    return float(found[1]) * 1024 ** _POWERS[found[2].lower()] if found else None


def is_cron(text: str) -> bool:
    """Five fields, or six with seconds before them, or `@daily` and its like."""
    if text.startswith("@"):
        return text[1:] in _NAMED_TIMES
    fields = text.split()
    if len(fields) == 6 and not _is_field(fields.pop(0), 0, 59, ""):
        return False
    return len(fields) == 5 and all(
        _is_field(field, *bounds) for field, bounds in zip(fields, _FIELDS, strict=True)
    )


def _is_field(field: str, least: int, most: int, names: str) -> bool:
    value = rf"\d{{1,2}}|{names}" if names else r"\d{1,2}"
    for item in field.split(","):
        found = re.fullmatch(
            rf"(?:\*|\?|({value})(?:-({value}))?)(?:/(\d{{1,3}}))?", item, re.IGNORECASE
        )
        if not found or found[3] == "0":
            return False
        numbers = [int(part) for part in found.groups()[:2] if part and part.isdigit()]
        if any(not least <= number <= most for number in numbers) or numbers != sorted(numbers):
            return False
    return True


def is_json(text: str) -> bool:
    import json

    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def is_ip(text: str) -> bool:
    return is_ipv6(text) if ":" in text else is_ipv4(text)


def is_cidr(text: str) -> bool:
    address, slash, length = text.partition("/")
    if not slash or not re.fullmatch(r"\d{1,3}", length) or not is_ip(address):
        return False
    return int(length) <= (128 if ":" in address else 32)


def is_base64(text: str) -> bool:
    return len(text) % 4 == 0 and re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", text) is not None


def is_jwt(text: str) -> bool:
    """Three parts of base64url, of which the first two are JSON objects."""
    parts = text.split(".")
    if len(parts) != 3 or not all(re.fullmatch(r"[\w-]+", part, re.ASCII) for part in parts):
        return False
    from base64 import urlsafe_b64decode

    for part in parts[:2]:
        try:
            decoded = urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
        except ValueError:
            return False
        if not decoded.startswith("{") or not is_json(decoded):
            return False
    return True


def is_pem(text: str) -> bool:
    """A key or certificate, over several lines or with `\\n` between them."""
    found = re.fullmatch(_PEM, text.strip())
    return found is not None and found[1] == found[2]


def is_date(text: str) -> bool:
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text, re.ASCII)
    if not found:
        return False
    from datetime import date

    try:
        date(*map(int, found.groups()))
    except ValueError:
        return False
    return True


def is_date_time(text: str) -> bool:
    day, rest = text[:10], text[11:]
    return is_date(day) and text[10:11] in ("T", "t") and re.fullmatch(_TIME, rest) is not None


def is_path(text: str) -> bool:
    return "://" not in text and re.search(r"[\0\r\n]", text) is None


def _text(fits: Callable[[str], Any]) -> Callable[[Any], bool]:
    return lambda value: not isinstance(value, str) or bool(fits(value))


def _like(pattern: str) -> Callable[[Any], bool]:
    return _text(lambda text: re.fullmatch(pattern, text, re.ASCII))


FORMATS: dict[str, Callable[[Any], bool]] = {
    "url": _text(is_url),
    "port": is_port,
    "host": _text(is_host),
    "email": _text(is_email),
    "dsn": _text(is_dsn),
    "ip": _text(is_ip),
    "cidr": _text(is_cidr),
    "duration": _text(lambda text: seconds(text) is not None),
    "bytes": _text(lambda text: size(text) is not None),
    "csv": _text(bool),
    "json": _text(is_json),
    "base64": _text(is_base64),
    "base64url": _like(r"[\w-]+={0,2}"),
    "hex": _like(r"(?:[0-9a-fA-F]{2})+"),
    "jwt": _text(is_jwt),
    "pem": _text(is_pem),
    "uuid": _like(_UUID),
    "semver": _like(_SEMVER),
    "cron": _text(is_cron),
    "timezone": _like(_TIMEZONE),
    "date": _text(is_date),
    "date-time": _text(is_date_time),
    "path": _text(is_path),
    "loglevel": _like(_LOG_LEVEL),
    "aws-region": _like(_AWS_REGION),
    "uri": _text(is_uri),
    "hostname": _text(is_host),
    "ipv4": _text(is_ipv4),
    "ipv6": _text(is_ipv6),
}
# Those that mean the same in every JSON Schema; `duration`, say, is another one there.
STANDARD = (
    "url",
    "port",
    "host",
    "dsn",
    "email",
    "uuid",
    "date",
    "date-time",
    "uri",
    "hostname",
    "ipv4",
    "ipv6",
)
# What the bounds of a format are compared by.
MEASURES: dict[str, Callable[[str], float | None]] = {"duration": seconds, "bytes": size}
