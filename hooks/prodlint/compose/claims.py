"""What services take of the host for themselves, which no two containers can have: ports and container names."""

import re
from itertools import islice

from prodlint.compose.purpose import for_show
from prodlint.core.yaml import Mapping
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodlint.compose.layers import Value
    from prodlint.compose.model import Compose, Service
    from prodlint.core.source import Span

# compose-spec, short syntax of ports: [HOST:]CONTAINER[/PROTOCOL], where HOST is [IP:](port | range).
_SHORT = r"(?:(?P<address>\[[0-9a-fA-F:]+\]|[\d.]+):)?(?P<host>\d+(?:-\d+)?):(?P<target>\d+(?:-\d+)?)(?:/(?P<protocol>\w+))?"
_MAX_RANGE = 100
_MAX_RIVALS = 20
_MAX_PORTS = 2000
_EVERYWHERE = {"0.0.0.0": 4, "::": 6}  # noqa: S104
# What only Swarm reads; there, one port of the routing mesh serves all replicas.
SWARM = ("endpoint_mode", "placement", "rollback_config", "update_config")


class HostPort(NamedTuple):
    """The ports `first` to `last` of the host; `target` is what they lead to. No `address` means every one.

    `any_of`: the container gets one port of the range that is free.
    """

    first: int
    last: int
    target: str
    protocol: str
    address: str
    any_of: bool
    place: "Span"

    def overlaps(self, other: "HostPort") -> bool:
        """Whether both need the same port of the same address."""
        return (
            not (self.any_of or other.any_of)
            and self.protocol == other.protocol
            and self.first <= other.last
            and other.first <= self.last
            and _same(self.address, other.address)
        )

    @property
    def shown(self) -> str:
        one = self.first == self.last
        return f"port {self.first}" if one else f"ports {self.first} to {self.last}"


class Clash(NamedTuple):
    """`service` needs at `place` what `other` has taken at `taken`."""

    service: "Service"
    place: "Span"
    other: "Service"
    taken: "Span"
    what: str


def host_ports(service: "Service") -> list[HostPort]:
    """The ports of the host that a service asks for, where they are known."""
    if service.text("network_mode") == "host":
        return []
    found = [_long(item) or _short(item) for item in service.items("ports")]
    return [port for port in found if port]


def _short(item: "Value") -> HostPort | None:
    found = re.fullmatch(_SHORT, item.text or "")
    if not found:
        return None
    address, host, target, protocol = found.group("address", "host", "target", "protocol")
    return _port(item, host, target, protocol or "tcp", address or "")


def _long(item: "Value") -> HostPort | None:
    if not isinstance(item.node, Mapping):
        return None
    host, target, protocol, address = (
        below.text or "" if (below := item.get(key)) else ""
        for key in ("published", "target", "protocol", "host_ip")
    )
    if not re.fullmatch(r"\d+(-\d+)?", host) or "$" in address:
        return None
    return _port(item, host, target, protocol or "tcp", address)


def _port(item: "Value", host: str, target: str, protocol: str, address: str) -> HostPort | None:
    first, _, last = host.partition("-")
    if len(host) > len("65535-65535") or not int(first):
        return None
    start, end = int(first), int(last or first)
    any_of = end > start and "-" not in target
    return HostPort(start, end, target, protocol.lower(), address.strip("[]"), any_of, item.place)


def _same(one: str, other: str) -> bool:
    """Whether two addresses of the host have one in common."""
    if not one or not other or one == other:
        return True
    families = (6 if ":" in one else 4, 6 if ":" in other else 4)
    return families[0] == families[1] and (one in _EVERYWHERE or other in _EVERYWHERE)


def port_clashes(compose: "Compose") -> list[Clash]:
    """The ports of the host that a service needs and another one above has; one clash for each pair."""
    taken: dict[int, list[tuple[Service, HostPort]]] = {}
    found: dict[tuple[str, str], Clash] = {}
    running = (service for service in compose.services if service.runs)
    claims = ((service, port) for service in running for port in host_ports(service))
    for service, port in islice(claims, _MAX_PORTS):
        for number in range(port.first, min(port.last + 1, port.first + _MAX_RANGE)):
            others = taken.setdefault(number, [])
            for other, theirs in others:
                if _collide(service, port, other, theirs):
                    clash = Clash(service, port.place, other, theirs.place, str(number))
                    found.setdefault((other.name, service.name), clash)
                    break
            if len(others) < _MAX_RIVALS:
                others.append((service, port))
    return list(found.values())


def _collide(service: "Service", port: HostPort, other: "Service", theirs: HostPort) -> bool:
    if service is other and port.target == theirs.target:
        return False  # compose takes the same port but once
    return port.overlaps(theirs) and _may_meet(service, other) and not _one_of(service, other)


def _one_of(service: "Service", other: "Service") -> bool:
    """Whether a sample has both so that its readers start one of them by name: they run the same image."""
    image = service.text("image")
    same = service is not other and image is not None and image == other.text("image")
    return same and for_show(service.span.path)


def name_clashes(compose: "Compose") -> "Iterator[Clash]":
    """The services whose container name another one above has."""
    taken: dict[str, list[tuple[Service, Span]]] = {}
    for service in compose.services:
        if name := container_name(service):
            others = taken.setdefault(name.text or "", [])
            for other, place in others:
                if _may_meet(service, other):
                    yield Clash(service, name.place, other, place, name.text or "")
                    break
            if len(others) < _MAX_RIVALS:
                others.append((service, name.place))


def container_name(service: "Service") -> "Value | None":
    name = service.last("container_name")
    return name if name and name.text and "$" not in name.text else None


def _may_meet(one: "Service", other: "Service") -> bool:
    return (
        not one.profiles or not other.profiles or not set(one.profiles).isdisjoint(other.profiles)
    )


def short_of_ports(service: "Service", count: int) -> HostPort | None:
    """The first port, or range of ports, of the host that is too small for so many containers."""
    for port in host_ports(service):
        if port.last - port.first + 1 < count or not port.any_of:
            return port
    return None


def replicas(service: "Service") -> "Value | None":
    """Where a service asks for more than one container of it on one host."""
    count = service.last("scale") or service.last("deploy", "replicas")
    text = count.text if count else None
    if not text or not text.isdecimal() or len(text) > 6 or int(text) < 2:
        return None
    return None if any(service.last("deploy", key) for key in SWARM) else count
