"""Whether a compose project is deployed, or there for developers, tests and show."""

import posixpath
import re
from contextlib import suppress
from functools import lru_cache

from prodlint.compose import purpose
from prodlint.compose.files import NAMES, read
from prodlint.compose.overlays import loaded
from prodlint.compose.published import datastore_ports
from prodlint.core import source
from prodlint.core.answer import NO, UNKNOWN, YES, Answer
from prodlint.core.names import PRODUCTION, words
from prodlint.core.source import Unreadable
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.model import Compose
    from prodlint.core.project import Project
    from prodlint.core.source import Span

_SHOWS = r"(?i)\b(?:demo|demonstrations?|demos|examples?|samples?|tutorials?|playground)\b"
_BEGINNING = 400


def deployed(compose: "Compose") -> Answer:
    """Whether the project of a file runs in production, as names and services tell."""
    path = compose.source.path
    if not counts(compose.source.span(0, 0)):
        return NO
    if any(map(_named_for_production, [path, *compose.loaded])):
        return YES
    if left_to_developers(compose) or _serves_outside(compose):
        return NO
    return UNKNOWN


def counts(span: "Span") -> bool:
    """Whether what a file says may hold in production; an override for developers says nothing of that."""
    return not (
        purpose.for_development(span.path)
        or purpose.for_show(span.path)
        or purpose.is_test_data(span.path)
    )


@lru_cache
def _named_for_production(path: str) -> bool:
    return not PRODUCTION.isdisjoint(words(path))


def left_to_developers(compose: "Compose") -> bool:
    """Whether a whole project beside it is named for production, and this one is not."""
    path = compose.source.path
    if any(map(_named_for_production, [path, *compose.loaded])):
        return False
    named = compose.project.once(_files_for_production)
    return any(other != path for other in named.get(posixpath.dirname(path), ()))


def _files_for_production(project: "Project") -> dict[str, list[str]]:
    """By folder, the files that are named for production and that no other file completes."""
    found: dict[str, list[str]] = {}
    for path in project.matching(NAMES):
        folder, name = posixpath.split(path)
        file = project.parsed(path, read) if _named_for_production(name) else None
        if file and file.definitions and loaded(project, file)[:1] == [path]:
            found.setdefault(folder, []).append(path)
    return found


def for_demonstration(project: "Project") -> bool:
    """Whether the README begins by saying that the repository is there to show something."""
    return project.once(_demonstrates)


def _demonstrates(project: "Project") -> bool:
    for path in project.files:
        if re.fullmatch(r"(?i)readme(?:\.\w+)?", path):
            with suppress(Unreadable):
                return (
                    re.search(_SHOWS, source.read(project.root, path).text[:_BEGINNING]) is not None
                )
    return False


def _serves_outside(compose: "Compose") -> bool:
    """Whether it brings a database for a program that runs elsewhere, as on the machine of a developer."""
    if any(service.last("build") for service in compose.services):
        return False
    return any(
        service.published and not service.dependents and any(datastore_ports(service))
        for service in compose.services
    )


def given(compose: "Compose", name: str, key: str) -> bool:
    """Whether an overlay beside a file says more about a service; who loads the overlay, no file says."""
    return (name, key) in compose.project.once(_overlaid).get(compose.file.folder, ())


def _overlaid(project: "Project") -> dict[str, set[tuple[str, str]]]:
    """By folder, which service has which key in an overlay."""
    found: dict[str, set[tuple[str, str]]] = {}
    for path in project.matching(NAMES):
        file = project.parsed(path, read)
        if file and file.is_overlay:
            keys = found.setdefault(file.folder, set())
            for name, definitions in file.definitions.items():
                keys.update((name, key) for definition in definitions for key in definition.node)
    return found
