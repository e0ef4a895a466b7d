"""Texts that compose takes apart, and what it refuses in them."""

import re
from collections.abc import Callable

from prodlint.core.lazy import lazy

_SIZE = r"[0-9.]+ ?(?:[kKmMgGtTpP](?:[iI]?[bB])?|[bB])?"
_DURATION = r"[-+]?(?:0|(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|[smhdw]))+)"
_PORTS = lazy(r"[0-9]{1,5}(?:-[0-9]{1,5})?")
_DRIVE = lazy(r"(?:^|(?<=:))([A-Za-z]):")
_IP_V4 = lazy(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}")
_REFERENCE = lazy(r"(?a)\$(?:\$|[A-Za-z_]\w*|(\{)(?:[A-Za-z_]\w*(:?[-?+]|(?=\})))?)")
# Words outside of and between quotes, as far as they are closed.
_WORDS = lazy(r"""(?:[^'"\\();&|<>]|\\(?s:.)|'[^']*'|"(?:[^"\\]|\\(?s:.))*")*""")
_QUOTING = frozenset("'\"\\(")

_SIZES = (
    "mem_limit mem_reservation memswap_limit shm_size build.shm_size deploy.resources.limits.memory"
    " deploy.resources.reservations.memory volumes.[].tmpfs.size"
)
_DURATIONS = (
    "stop_grace_period deploy.update_config.delay deploy.update_config.monitor"
    " deploy.rollback_config.delay deploy.rollback_config.monitor deploy.restart_policy.delay"
    " deploy.restart_policy.window"
)


def size(text: str) -> str:
    if re.fullmatch(_SIZE, text) and text.count(".") < 2:
        return ""
    return "a size is a number with b, k, m or g, as in 512m"


def duration(text: str) -> str:
    if re.fullmatch(_DURATION, text):
        return ""
    return "a duration needs a unit after each number, as in 1m30s"


def volume(text: str) -> str:
    """`source:target:options`; a single letter before a colon is a drive of Windows."""
    if len(text) < 3:
        return "" if text else "it is empty"
    parts = _DRIVE.sub(r"\1 ", text).split(":")
    if "" in parts:
        return "there is nothing between two colons, or before the first or after the last"
    return "there are too many colons: write source:target:options" if len(parts) > 3 else ""


def port(text: str) -> str:
    """`address:published:target/protocol`."""
    *address, published, target = ["", "", *text.split(":")]
    host = ":".join(address).lstrip(":")
    target, _, protocol = target.partition("/")
    if not target:
        return "it has no port of the container"
    if host and not _is_address(host):
        return "what stands before the ports is no IP address"
    ports = _range(target)
    if not ports:
        return "the port of the container is no number from 0 to 65535"
    if published:
        outside = _range(published)
        if not outside:
            return "the published port is no number from 0 to 65535"
        if ports[0] != ports[1] and outside[1] - outside[0] != ports[1] - ports[0]:
            return "the two ranges differ in length"
    if protocol.lower() not in ("", "tcp", "udp", "sctp"):
        return "the protocol is none of tcp, udp and sctp"
    return ""


def _range(text: str) -> tuple[int, int] | None:
    if not _PORTS.fullmatch(text):
        return None
    first, _, last = text.partition("-")
    low, high = int(first), int(last or first)
    return (low, high) if low <= high <= 65535 else None


def address(text: str) -> str:
    return "" if _is_address(text) else "it is no IP address"


def _is_address(text: str) -> bool:
    if _IP_V4.match(text):
        return True
    from ipaddress import ip_address

    try:
        ip_address(text.removeprefix("[").removesuffix("]").partition("%")[0])
    except ValueError:
        return False
    return True


def device(text: str) -> str:
    return "there are too many colons: write source:target:permissions" * (text.count(":") > 2)


def pair(text: str) -> str:
    return "" if "=" in text else "it must be name=value"


def ssh(text: str) -> str:
    return "" if "=" in text or text == "default" else "it must be default, or name=path"


def host(text: str) -> str:
    found = re.search("[=:]", text)
    if found is None:
        return "it has no address: write name=address"
    return "" if found.start() else "it has no name: write name=address"


def amount(text: str) -> str:
    return (
        ""
        if re.fullmatch(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", text)
        else "it is no number"
    )


def count(text: str) -> str:
    return "" if text == "all" or re.fullmatch("-?[0-9]+", text) else "it is all, or a whole number"


def whole(text: str) -> str:
    return "" if re.fullmatch("[0-9]+", text) else "it is no whole number"


def mode(text: str) -> str:
    return "" if re.fullmatch("[0-7]+", text) else "it is no number of octal digits, as 0440"


def raw(text: str) -> str:
    return "" if text == "raw" else "raw is the only format that compose knows"


def end_of_words(text: str) -> int:
    """Where compose stops to read a command that is written as a text: it takes the words apart with go-shellwords."""
    return _WORDS.match(text).end()  # type: ignore[union-attr] # it matches nothing at least


def command(text: str) -> str:
    """What compose refuses in a command, up to an operator; what stands between backquotes is left open."""
    if "`" in text or _QUOTING.isdisjoint(text):
        return ""
    rest = text[end_of_words(text) :]
    if rest.startswith("("):
        return "it has a bracket outside of quotes: write a list, as in [sh, -c, (…)]"
    if rest.startswith(("'", '"')):
        return "a quote is opened and not closed"
    return "it ends with a backslash" if rest.startswith("\\") else ""


def project(text: str) -> str:
    return "" if re.search("[A-Za-z0-9]", text) else "it has no letter and no digit"


def filled(text: str) -> str:
    return "" if text else "it is empty"


FORMATS: dict[str, Callable[[str], str]] = {
    **{f"services.*.{path}": size for path in _SIZES.split()},
    **{f"services.*.{path}": duration for path in _DURATIONS.split()},
    "name": project,
    "services.*.ports.[]": port,
    "services.*.ports.[].host_ip": address,
    "services.*.volumes.[]": volume,
    "services.*.devices.[]": device,
    "services.*.build.additional_contexts.[]": pair,
    "services.*.build.ssh.[]": ssh,
    "services.*.build.extra_hosts.[]": host,
    "services.*.extra_hosts.[]": host,
    "services.*.command": command,
    "services.*.entrypoint": command,
    "services.*.post_start.[].command": command,
    "services.*.pre_stop.[].command": command,
    "services.*.env_file.[].format": raw,
    "services.*.gpus.[].count": count,
    "services.*.deploy.resources.reservations.devices.[].count": count,
    "services.*.secrets.[].mode": mode,
    "services.*.configs.[].mode": mode,
    "services.*.blkio_config.weight": whole,
    "services.*.deploy.resources.limits.cpus": amount,
    "services.*.deploy.resources.limits.pids": amount,
    "services.*.deploy.resources.reservations.cpus": amount,
    "services.*.develop.watch.[].path": filled,
}
"""What a text must look like, by path; each says what is wrong with one, or nothing."""


def misread_reference(text: str) -> int | None:
    """Where `${` begins no reference that compose understands."""
    start = 0
    while found := _REFERENCE.search(text, start):
        start = found.end()
        if found[1]:
            line_end = text.find("\n", start)
            if found[2] is None or text.find("}", start, line_end if line_end >= 0 else None) < 0:
                return found.start()
            start = _closing(text, found.start())
    return None


def _closing(text: str, start: int) -> int:
    """The end of the reference that begins at a place."""
    opened = 0
    for bracket in re.compile("[{}]").finditer(text, start):
        opened += 1 if bracket[0] == "{" else -1
        if not opened:
            return bracket.end()
    return len(text)
