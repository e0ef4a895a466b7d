"""Compose files in folders of their own that are loaded from a folder above, with others: they are not whole alone."""

import posixpath

from prodlint.compose.files import NAMES, read
from prodlint.compose.mounts import local_source
from prodlint.core.project import join
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodlint.compose.model import Compose
    from prodlint.core.project import Project

_MAX_MOUNTS = 50


def is_fragment(compose: "Compose") -> bool:
    """Whether its paths are those of a folder above it, or a file there declares things for services that it does not have."""
    folders = list(_above(compose.file.folder))
    if not folders:
        return False
    bare = compose.project.once(_without_services)
    return not bare.isdisjoint(folders) or any(_seen_from(compose, folders))


def _above(folder: str) -> "Iterator[str]":
    while folder:
        folder = posixpath.dirname(folder)
        yield folder


def _without_services(project: "Project") -> set[str]:
    """The folders with a compose file that declares networks or volumes and has no service."""
    found = set()
    for path in project.matching(NAMES):
        file = project.parsed(path, read)
        if not file or file.definitions or file.includes:
            continue
        if any(key in one for one in file.documents for key in ("networks", "volumes")):
            found.add(file.folder)
    return found


def _seen_from(compose: "Compose", folders: list[str]) -> "Iterator[bool]":
    """For each mount from beside it, whether what it shows lies only where a folder above would have it."""
    project = compose.project
    for service in compose.services:
        for item in service.items("volumes")[:_MAX_MOUNTS]:
            source = local_source(item)
            if source and not _is_there(project, item.layer.folder, source):
                yield any(_is_there(project, folder, source) for folder in folders)


def _is_there(project: "Project", folder: str, source: str) -> bool:
    path = join(folder, source)
    return path is not None and (project.has(path) or any(project.below(path)))
