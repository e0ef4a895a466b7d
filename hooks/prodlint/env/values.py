"""What the text of a value reads as, and which texts the formats take."""

import re
from collections.abc import Collection

from prodlint.core.lazy import lazy
from prodlint.typed import Any

_INTEGER = lazy(r"[+-]?(?:0|[1-9][0-9]*)")
_NUMBER = lazy(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_MAX_DIGITS = 400  # more is no number that a program could hold
_LABELS = r"(?!-)[\w-]{1,63}(?<!-)(?:\.(?!-)[\w-]{1,63}(?<!-))*\.?"
_NUMERIC = r"[0-9.]+"
_URL = r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#\s\\]+)(?:[/?#]\S*)?"
_DSN = r"(?P<scheme>(?:jdbc:)?[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#\s]*)\S*"
_FILE = r"(file|sqlite):(?!//[^/])\S*"
_SCHEME = r"((?:jdbc:)?[A-Za-z][A-Za-z0-9+.-]*)://"
_MAILBOX = r"[^\s@<>(),;:\\\"\[\]]{1,64}"


TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}


def as_text(value: Any) -> str:
    """A value of a schema as it is written in an env file."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def coerce(text: str, kinds: Collection[str]) -> Any:
    """The value that a text stands for; the text itself where it fits none of the kinds (JSON Schema's types).

    `True` and `TRUE` are read as `true`; `1`, `yes` and `on` are not, since programs differ on them. `042`, `0x10`,
    `1_000` and `1e3` are no numbers for the same reason.
    """
    if "string" in kinds:
        return text
    if "boolean" in kinds and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if len(text) <= _MAX_DIGITS:
        if ("integer" in kinds or "number" in kinds) and _INTEGER.fullmatch(text):
            return int(text)
        if "number" in kinds and _NUMBER.fullmatch(text):
            return float(text)
    return None if "null" in kinds and not text else text


def scheme(text: str) -> str | None:
    found = re.match(_SCHEME, text) or re.fullmatch(_FILE, text)
    return found[1].lower() if found else None


def is_host(text: str) -> bool:
    """A host name, a service name such as `my_db`, or an IP address."""
    if text.startswith("[") and text.endswith("]"):
        return is_ipv6(text[1:-1])
    if re.fullmatch(_NUMERIC, text):
        return is_ipv4(text)
    return (
        is_ipv6(text)
        if ":" in text
        else len(text) <= 253 and re.fullmatch(_LABELS, text) is not None
    )


def is_ipv4(text: str) -> bool:
    parts = text.split(".")
    return len(parts) == 4 and all(
        _INTEGER.fullmatch(part) and int(part[:4]) <= 255 for part in parts
    )


def is_ipv6(text: str) -> bool:
    from ipaddress import AddressValueError, IPv6Address

    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True


def is_port(value: Any) -> bool:
    number = coerce(value, ("integer",)) if isinstance(value, str) else value
    return isinstance(number, int) and 1 <= number <= 65535


def is_url(text: str) -> bool:
    """`scheme://host`, with all that may follow; the host may be anything that a resolver takes."""
    found = re.fullmatch(_URL, text)
    return found is not None and _is_authority(found["authority"])


def is_dsn(text: str) -> bool:
    """`scheme://` and something behind it, also a path, a socket or a list of hosts; `file:` and `sqlite:` with a path."""
    if re.fullmatch(_FILE, text):
        return True
    found = re.fullmatch(_DSN, text)
    if found is None or text.endswith("://"):
        return False
    return all(
        _is_authority(part, socket=True)
        for part in found["authority"].rpartition("@")[2].split(",")
    )


def _is_authority(text: str, socket: bool = False) -> bool:
    host = text.rpartition("@")[2]
    if not host.endswith("]"):
        host, colon, port = host.rpartition(":") if ":" in host else (host, "", "")
        if colon and port and not is_port(port):
            return False
    return (socket and not host) or is_host(host) or "%" in host


def is_email(text: str) -> bool:
    mailbox, _, host = text.rpartition("@")
    return re.fullmatch(_MAILBOX, mailbox) is not None and is_host(host)


def is_uri(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", text) is not None


def hosts(text: str) -> list[str]:
    """The hosts that a url or dsn names, in lower case, or a host by itself."""
    found = re.fullmatch(_DSN, text)
    if found is None:
        return [text.lower()] if is_host(text) else []
    names = []
    for part in found["authority"].rpartition("@")[2].split(","):
        host = part if part.endswith("]") else part.rpartition(":")[0] if ":" in part else part
        names.append(host.strip("[]").lower())
    return [name for name in names if name]


def parameters(text: str) -> dict[str, str]:
    """The query of a url or dsn, by the names of its parameters."""
    query = text.partition("#")[0].partition("?")[2]
    return {name: value for name, _, value in (pair.partition("=") for pair in query.split("&"))}
