"""The ports of databases and brokers that services publish on the host, and on which of its addresses."""

import re

from prodlint.compose.datastores import datastore, named_port
from prodlint.core.yaml import Mapping
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodlint.compose.layers import Value
    from prodlint.compose.service import Service
    from prodlint.core.source import Span

# compose-spec, "ports": [HOST:]CONTAINER[/PROTOCOL], where HOST is [IP:](port | range). A variable may hold more than a
# number; one that is named for a port holds a port.
_NUMBER = r"(?:\d+(?:-\d+)?|\$\{\w*PORT\w*(?::?\?[^{}]*)?\}|\$\w*PORT\w*)"
_SHORT = rf"(?i)(?:(\[[^\]]*\]|[\da-f:]*::[\da-f:]*|[\d.]*\.[\d.]*|localhost):)?(({_NUMBER}?):)?({_NUMBER})(/\w+)?"
_MAX_TEXT = 200
_EVERYWHERE = ("", "0.0.0.0", "::", "[::]")  # noqa: S104


class Port(NamedTuple):
    """A published port: what listens there, the port in the container, where it is published, and where that stands.

    `host` is the port of the host ("" for any), `address` the one of its addresses ("" for all of them).
    """

    name: str
    target: str
    host: str
    address: str
    place: "Span"

    @property
    def everywhere(self) -> bool:
        """Whether anybody who reaches the host can open it."""
        return self.address in _EVERYWHERE

    @property
    def on_this_host(self) -> str:
        """The same port for the programs of the host alone."""
        return f'- "127.0.0.1:{self.host or self.target}:{self.target}"'


def datastore_ports(service: "Service") -> "Iterator[Port]":
    """The ports of databases and brokers that a service publishes."""
    store = datastore(service.origin.repository) if service.origin else None
    for item in service.items("ports"):
        found = _long(item) if isinstance(item.node, Mapping) else _short(item)
        if found is None:
            continue
        address, host, target = found
        name = store.name if store and target in store.ports else named_port(target)
        if name:
            yield Port(name, target, host, address, item.place)


def _long(item: "Value") -> tuple[str, str, str]:
    address, host, target = (_text(item, key) for key in ("host_ip", "published", "target"))
    return address, host, target


def _text(item: "Value", key: str) -> str:
    value = item.get(key)
    return (value.text or "") if value else ""


def _short(item: "Value") -> tuple[str, str, str] | None:
    text = item.text or ""
    found = re.fullmatch(_SHORT, text) if len(text) <= _MAX_TEXT else None
    return (found[1] or "", found[3] or "", found[4]) if found else None
