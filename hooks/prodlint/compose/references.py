"""The services that a service names, and which of them never start."""

from collections.abc import Iterator
from typing import NamedTuple

from prodlint.compose.files import NAMES, File, read
from prodlint.compose.layers import Value
from prodlint.compose.model import Compose, Service
from prodlint.core.project import Project, join
from prodlint.core.source import Span
from prodlint.core.yaml import Mapping, mapping, text

_SHARED = ("network_mode", "ipc", "pid", "uts", "cgroup")
_PREFIX = "service:"


class Reference(NamedTuple):
    """`service` cannot start without the service `name`, as `key` says; unless it is not `required`."""

    service: Service
    key: str
    name: str
    span: Span
    required: bool = True

    def __str__(self) -> str:
        """What is written, up to the name."""
        name = self.service.name
        return f"{name} depends on" if self.key == "depends_on" else f"{self.key} of {name} names"


def references(service: Service) -> list[Reference]:
    """The services that one waits for, whatever key says so, each once."""
    found = [
        Reference(service, "depends_on", edge.name, edge.span, edge.required)
        for edge in service.depends_on
    ]
    for key in ("links", "volumes_from"):
        found += [
            Reference(service, key, _named(key, item), item.place) for item in service.items(key)
        ]
    for key in _SHARED:
        value = service.last(key)
        if value and (value.text or "").startswith(_PREFIX):
            name = (value.text or "")[len(_PREFIX) :]
            found.append(Reference(service, key, name, value.place))
    once = {reference.name: reference for reference in reversed(found)}
    return [once[name] for name in reversed(once) if name and "$" not in name]


def _named(key: str, item: Value) -> str:
    written = item.text or ""
    if key == "volumes_from" and written.startswith("container:"):
        return ""
    return written.partition(":")[0]


def missing(compose: Compose) -> Iterator[Reference]:
    """The references to services that no file defines."""
    if not compose.assembly.complete:
        return
    for service in compose.services:
        for reference in references(service):
            if reference.name not in compose.named and not _elsewhere(reference):
                yield reference


def gated(compose: Compose) -> Iterator[tuple[Reference, Service]]:
    """The references of services that always start to those that only a profile starts."""
    for service in compose.services:
        if service.profiles:
            continue
        variables = service.layers[0].variables.values
        active = variables.get("COMPOSE_PROFILES", "").split(",")
        started = {"*", *(name.strip() for name in active)}
        for reference in references(service):
            target = compose.named.get(reference.name)
            if target and target.profiles and reference.required:
                unknown = any("$" in name for name in target.profiles)
                if not unknown and started.isdisjoint(target.profiles):
                    yield reference, target


def _elsewhere(reference: Reference) -> bool:
    """Whether another file beside it defines the service; who loads both, no file says."""
    compose = reference.service.compose
    services = compose.project.once(_services_by_folder)
    return reference.name in services.get(compose.file.folder, ())


def _services_by_folder(project: Project) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in project.matching(NAMES):
        file = project.parsed(path, read)
        if file:
            found.setdefault(file.folder, set()).update(file.definitions)
    return found


class Extension(NamedTuple):
    """`service` extends `name`, which is none of the services `known` of the file where compose looks for it."""

    service: str
    name: str
    span: Span
    known: list[str]


def unextended(compose: Compose) -> Iterator[Extension]:
    """The services of this file that extend one which is not there."""
    for service, definitions in compose.file.definitions.items():
        for definition in definitions:
            extends = definition.node.get("extends")
            written = extends.get("service") if isinstance(extends, Mapping) else extends
            name = text(written)
            if written is None or name is None or "$" in name:
                continue
            known = _extensible(compose, mapping(extends))
            if known and name not in known:
                yield Extension(
                    service, name, definition.node.merged("extends") or written.place, known
                )


def _extensible(compose: Compose, extends: Mapping) -> list[str]:
    """The services of the file that is extended; none when it cannot be told."""
    file: File | None = compose.file
    if "file" in extends:
        path = join(compose.file.folder, text(extends.get("file")) or "$")
        file = compose.project.parsed(path, read) if path else None
    elif compose.file.includes and not compose.assembly.complete:
        return []
    if file is None or file.faults:
        return []
    return list(file.definitions if "file" in extends else {**file.definitions, **compose.named})


def restarts_for_ever(target: Service) -> Span | None:
    """What starts a service again after it has ended well, for ever."""
    policy = target.last("deploy", "restart_policy", "condition")
    if policy is None and target.last("deploy", "restart_policy"):
        return None
    restart = policy or target.last("restart")
    again = ("always", "unless-stopped", "any")
    return restart.place if restart and restart.text in again else None


def cycles(compose: Compose) -> list[list[Reference]]:
    """Services that wait for each other in a circle; of circles that share an edge's service, one."""
    found: list[list[Reference]] = []
    done: set[str] = set()
    reported: set[str] = set()
    for first in compose.services:
        if first.name in done:
            continue
        place = {first.name: 0}
        path: list[Reference] = []
        todo = [iter(references(first))]
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
            todo.append(iter(references(target)))
    return found
