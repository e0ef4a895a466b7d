"""What compose demands of a service once all of its files are merged, and the schema of one file cannot tell."""

import posixpath
import re
from collections.abc import Iterator

from prodlint.compose.extended import circles, faults_of_bases
from prodlint.compose.files import (
    DEFAULT,
    NAMES,
    Definition,
    Include,
    is_taken_in,
    listed,
    override,
    read,
)
from prodlint.compose.layers import Value
from prodlint.compose.model import Compose, Service
from prodlint.compose.purpose import for_show, is_test_data
from prodlint.compose.references import contexts
from prodlint.core.finding import Fault
from prodlint.core.project import Project
from prodlint.core.yaml import Scalar, Sequence, mapping
from prodlint.typed import NamedTuple

_REFUSED = "docker compose refuses the file: "
_SOURCES = ("image", "build", "extends", "provider")


class Limit(NamedTuple):
    """A key of a service, and the same limit under `deploy.resources`."""

    key: str
    section: str
    name: str


_LIMITS = (
    Limit("cpus", "limits", "cpus"),
    Limit("mem_limit", "limits", "memory"),
    Limit("mem_reservation", "reservations", "memory"),
    Limit("pids_limit", "limits", "pids"),
)
_LIMITED = frozenset(limit.key for limit in _LIMITS)
_MAX_FILES = 100
_UNITS = "bkmgtp"


def faults(compose: Compose) -> Iterator[Fault]:
    """See compose-go, loader/validate.go."""
    yield from _empty(compose)
    yield from _strays(compose)
    yield from _without_source(compose)
    yield from _included_by_itself(compose)
    if "extends" in compose.source.text:
        yield from circles(compose)
    if compose.file.extended:
        yield from faults_of_bases(compose)
    told: set[tuple[str, int]] = set()
    for fault in _of_services(compose):
        place = (fault.span.path, fault.span.start)
        if place not in told:
            told.add(place)
            yield fault


def _of_services(compose: Compose) -> Iterator[Fault]:
    spaced = any(" =" in text for text in compose.texts)
    for service in compose.services:
        if "deploy" in service.written and not _LIMITED.isdisjoint(service.written):
            yield from _limits(service)
        if "tmpfs" in service.written:
            yield from _mounted_twice(service)
        if spaced:
            yield from _spaced_names(service)
        for reference in contexts(service) if "build" in service.written else ():
            target = compose.named.get(reference.name)
            if target and target.whole and "build" not in target.written:
                yield Fault(
                    reference.span,
                    f"{_REFUSED}{reference} {target.name}, which builds nothing",
                    f"name its image: docker-image://{target.text('image') or '…'}",
                )


def _strays(compose: Compose) -> Iterator[Fault]:
    """The documents of a file that are no mapping, if it is a compose file at all."""
    for node in compose.file.strays:
        if isinstance(node, Sequence):
            if compose.file.documents or any("services" in mapping(one) for one in node.items):
                why = "a list stands where the keys of the file belong"
                yield Fault(node.span, _REFUSED + why, "remove the hyphens, and indent less")
        elif compose.file.documents:
            what = "text" if node.text else "nothing"
            why = f"{what} stands between or after the lines ---"
            yield Fault(node.span, _REFUSED + why, "remove the line --- before it")


def _empty(compose: Compose) -> Iterator[Fault]:
    """A file that compose loads by its name, alone, and that says nothing."""
    file = compose.file
    if file.faults or any(set(document) - {"version"} for document in file.documents):
        return
    if any(not isinstance(node, Scalar) or node.text for node in file.strays):
        return
    alone = posixpath.basename(file.path) in DEFAULT and compose.loaded == [file.path]
    if alone and not is_test_data(file.path):
        what = "holds nothing but its version" if any(file.documents) else "is empty"
        yield Fault(
            compose.source.span(0, 0),
            f"{_REFUSED}it {what}",
            "declare the services below `services:`, or remove the file",
        )


def _without_source(compose: Compose) -> Iterator[Fault]:
    """Services of a file that is loaded alone, which nothing gives an image."""
    file, project = compose.file, compose.project
    if posixpath.basename(file.path) not in DEFAULT or file.includes or for_show(file.path):
        return
    lacking = [
        (name, definitions[0].key)
        for name, definitions in file.definitions.items()
        if not any(map(_has_source, definitions))
    ]
    if not lacking or is_taken_in(project, file) or override(project, file.path):
        return
    given = project.once(_given)
    for name, key in lacking:
        if name not in given:
            yield Fault(
                key.span,
                f"{_REFUSED}{name} has neither an image nor a build",
                f"write `image:` or `build:` for {name}",
            )


def _given(project: Project) -> set[str]:
    """The services to which a compose file of the repository gives an image; who loads which, no file says."""
    found: set[str] = set()
    for path in project.matching(NAMES):
        file = project.parsed(path, read)
        for name, definitions in file.definitions.items() if file else ():
            if any(_has_source(definition) for definition in definitions):
                found.add(name)
    return found


def _has_source(definition: Definition) -> bool:
    given = [value for key in _SOURCES if (value := definition.node.get(key)) is not None]
    return any(not isinstance(value, Scalar) or value.text for value in given)


def _included_by_itself(compose: Compose) -> Iterator[Fault]:
    """Told of the first file of a circle."""
    path = compose.file.path
    if not compose.file.includes:
        return
    reached = compose.project.once(_reached)
    circle = [other for other in reached.get(path, ()) if path in reached.get(other, ())]
    if not circle or path != min(circle):
        return
    for document in compose.file.documents:
        for item in listed(document.get("include")):
            what = f"{path} includes itself" + f", by way of {circle[0]}" * (circle[0] != path)
            yield Fault(item.span, _REFUSED + what, "remove this include")
            return


def _reached(project: Project) -> dict[str, list[str]]:
    """For each file that includes others, all that it brings."""
    found: dict[str, list[str]] = {}
    for path in project.matching(NAMES):
        source = project.source(path)
        if source and "include" in source.text:
            found[path] = _included(project, _includes(project, path))
    for path in {path for paths in found.values() for path in paths}.difference(found):
        found[path] = _included(project, _includes(project, path))
    return found


def _included(project: Project, includes: list[Include]) -> list[str]:
    """The files that some includes bring, in turn."""
    found: list[str] = []
    todo = list(includes)
    while todo and len(found) < _MAX_FILES:
        for path in todo.pop().paths:
            if path and path not in found:
                found.append(path)
                todo += _includes(project, path)
    return found


def _includes(project: Project, path: str) -> list[Include]:
    file = project.parsed(path, read)
    return file.includes if file else []


def _limits(service: Service) -> Iterator[Fault]:
    for key, section, name in _LIMITS:
        own, other = service.last(key), service.last("deploy", "resources", section, name)
        if not own or not service.last("deploy", "resources", section):
            continue
        amount, limit = _amount(own), _amount(other) if other else 0
        if amount is None or limit is None or amount in (0, limit):
            continue
        path = f"deploy.resources.{section}"
        differ = f"and {path}.{name} differ" if other else f"stands beside {path} without {name}"
        yield Fault(
            own.via or own.key,
            f"{_REFUSED}{key} {differ} in service {service.name}",
            f"write the limit once, in {path}",
        )


def _amount(value: Value) -> float | None:
    """A number, or a size in bytes; None where it is not known or cannot be read."""
    found = re.fullmatch(
        r"(-?[0-9]{1,20}(?:\.[0-9]{0,20})?) ?([bkmgtp]?)i?b?", (value.text or "").lower()
    )
    return float(found[1]) * 1024 ** max(_UNITS.find(found[2] or "b"), 0) if found else None


def _mounted_twice(service: Service) -> Iterator[Fault]:
    """Where a tmpfs and another mount have the same place; of two volumes the later one counts."""
    first: dict[str, Value] = {}
    for value in service.stack("tmpfs"):
        for item in value.items or [value]:
            target = (item.text or "$").partition(":")[0]
            if "$" not in target and first.setdefault(target, item).text != item.text:
                yield _twice(service, target, item)
    for item in service.items("volumes"):
        text = item.text or ""
        named = item.get("target")
        target = (named.text or "") if named else (text.split(":")[1:] or [text])[0]
        target = posixpath.normpath(target)
        if target in first and "$" not in text:
            yield _twice(service, target, item)


def _spaced_names(service: Service) -> Iterator[Fault]:
    for item in service.items("environment"):
        name, sign, _ = (item.text or "").partition("=")
        if sign and name != name.rstrip():
            yield Fault(
                item.place,
                f"{_REFUSED}a space follows the name {name.strip()} in the environment of {service.name}",
                "remove the space before the =",
            )


def _twice(service: Service, target: str, item: Value) -> Fault:
    return Fault(
        item.place,
        f"{_REFUSED}{service.name} mounts two things at {target}, one of them a tmpfs",
        "remove one of the two",
    )
