"""The services that a service names, and which of them never start."""

from collections.abc import Iterator

from prodlint.compose.files import NAMES, read
from prodlint.compose.layers import Value
from prodlint.core.project import Project
from prodlint.core.source import Span
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.compose.model import Compose
    from prodlint.compose.service import Service

_LISTS = ("links", "volumes_from")
_SHARED = ("network_mode", "ipc", "pid", "uts", "cgroup")
_KEYS = frozenset(("depends_on", *_LISTS, *_SHARED))
NAMING = _KEYS | {"build", "extends"}
"""The keys of a service that name other services."""
_PREFIX = "service:"


class Reference(NamedTuple):
    """`service` cannot start without the service `name`, as `key` says; unless it is not `required`."""

    service: "Service"
    key: str
    name: str
    span: Span
    required: bool = True

    def __str__(self) -> str:
        """What is written, up to the name."""
        name = self.service.name
        return f"{name} depends on" if self.key == "depends_on" else f"{self.key} of {name} names"


def references(service: "Service") -> list[Reference]:
    """See Service.references."""
    written = _KEYS & service.written
    if not written:
        return []
    found = [
        Reference(service, "depends_on", edge.name, edge.span, edge.required)
        for edge in service.depends_on
    ]
    for key in written.intersection(_LISTS) and _LISTS:
        found += [
            Reference(service, key, _named(key, item), item.place) for item in service.items(key)
        ]
    for key in written.intersection(_SHARED) and _SHARED:
        value = service.last(key)
        if value and (value.text or "").startswith(_PREFIX):
            name = (value.text or "")[len(_PREFIX) :]
            found.append(Reference(service, key, name, value.place))
    once: dict[str, Reference] = {}
    for reference in found:
        if reference.name and "$" not in reference.name:
            once.setdefault(reference.name, reference)
    return list(once.values())


def _named(key: str, item: Value) -> str:
    written = item.text or ""
    if key == "volumes_from" and written.startswith("container:"):
        return ""
    return written.partition(":")[0]


def contexts(service: "Service") -> list[Reference]:
    """The services whose images its build takes in, by `additional_contexts`."""
    found = []
    for value in service.stack("build", "additional_contexts"):
        items = [item.text or "" for item in value.items]
        named = [
            (text.partition("=")[2], item) for text, item in zip(items, value.items, strict=True)
        ]
        named += [(below.text or "", below) for _, below in value.pairs]
        found += [
            Reference(service, "additional_contexts", text[len(_PREFIX) :], one.place)
            for text, one in named
            if text.startswith(_PREFIX) and "$" not in text
        ]
    return found


def missing(compose: "Compose") -> Iterator[Reference]:
    """The references to services that no file defines."""
    if not compose.assembly.complete:
        return
    for service in compose.services:
        for reference in (*service.references, *contexts(service)):
            if reference.name not in compose.named and not _elsewhere(reference):
                yield reference


def gated(compose: "Compose") -> "Iterator[tuple[Reference, Service]]":
    """The references of services that always start to those that only a profile starts."""
    for service in compose.services:
        if service.profiles:
            continue
        variables = service.layers[0].variables.values
        active = variables.get("COMPOSE_PROFILES", "").split(",")
        started = {"*", *(name.strip() for name in active)}
        for reference in (*service.references, *contexts(service)):
            target = compose.named.get(reference.name)
            if target and target.profiles and reference.required:
                unknown = any("$" in name for name in target.profiles)
                if not unknown and started.isdisjoint(target.profiles):
                    yield reference, target


def _elsewhere(reference: Reference) -> bool:
    """Whether another file beside it defines the service; who loads both, no file says."""
    from prodlint.compose.fragments import is_fragment

    compose = reference.service.compose
    services = compose.project.once(_services_by_folder)
    return reference.name in services.get(compose.file.folder, ()) or is_fragment(compose)


def _services_by_folder(project: Project) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in project.matching(NAMES):
        file = project.parsed(path, read)
        if file:
            found.setdefault(file.folder, set()).update(file.definitions)
    return found


def restarts_for_ever(target: "Service") -> Span | None:
    """What starts a service again after it has ended well, for ever."""
    policy = target.last("deploy", "restart_policy", "condition")
    if policy is None and target.last("deploy", "restart_policy"):
        return None
    restart = policy or target.last("restart")
    again = ("always", "unless-stopped", "any")
    return restart.place if restart and restart.text in again else None


def cycles(compose: "Compose") -> list[list[Reference]]:
    """Services that wait for each other in a circle; of circles that share an edge's service, one."""
    found: list[list[Reference]] = []
    done: set[str] = set()
    reported: set[str] = set()
    for first in compose.services:
        if first.name in done or not first.references:
            continue
        place = {first.name: 0}
        path: list[Reference] = []
        todo = [iter(first.references)]
        while todo:
            reference = next(todo[-1], None)
            if reference is None:
                todo.pop()
                done.add(path.pop().name if path else first.name)
                continue
            name, source = reference.name, reference.service.name
            target = compose.named.get(name)
            if target is None or name in done:
                continue
            at = place.get(name)
            if at is not None:
                if name not in reported and source not in reported:
                    found.append([*path[at:], reference])
                    reported.update(step.name for step in found[-1])
                continue
            path.append(reference)
            place[name] = len(path)
            todo.append(iter(target.references))
    return found
