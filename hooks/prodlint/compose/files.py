"""Compose files as written: their services, and which other files they take in."""

import posixpath
import re
from functools import cached_property

from prodlint.compose import FILES
from prodlint.core.finding import Fault
from prodlint.core.project import Project, join
from prodlint.core.source import Source, Span
from prodlint.core.yaml import Mapping, Node, Scalar, Sequence, load, mapping, text
from prodlint.typed import NamedTuple

NAMES = re.compile(FILES)
DEFAULT = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
OVERRIDES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)
_SOURCES = ("image", "build", "extends", "provider")


class Definition(NamedTuple):
    """A service in one document of one file."""

    key: Scalar
    node: Mapping
    via: Span | None


class Include(NamedTuple):
    """Files that are loaded together as a project of their own; None for one that is not in the repository."""

    paths: list[str | None]
    folder: str | None


class File:
    """A compose file, read alone."""

    def __init__(self, source: Source) -> None:
        yaml = load(source)
        self.source = source
        self.path = source.path
        self.folder = posixpath.dirname(source.path)
        self.documents = [node for node in yaml.documents if isinstance(node, Mapping)]
        self.strays = [node for node in yaml.documents if not isinstance(node, Mapping)]
        self.faults = yaml.faults
        if not self.faults and self.is_version_1:
            self.faults = [_version_1(self.documents[0])]

    @cached_property
    def definitions(self) -> dict[str, list[Definition]]:
        """What each document says of each service, the first document first."""
        found: dict[str, list[Definition]] = {}
        for document in self.documents:
            services = mapping(document.get("services"))
            if services.tag in ("!reset", "!override"):
                found.clear()
            via = document.merged("services") or services.alias
            for name, node in services.items():
                if node.tag in ("!reset", "!override"):
                    found.pop(name, None)
                key = services.key(name)
                if key and isinstance(node, Mapping) and node.tag != "!reset":
                    place = via or services.merged(name) or node.alias
                    found.setdefault(name, []).append(Definition(key, node, place))
        return found

    @cached_property
    def is_version_1(self) -> bool:
        """The format before `services:`, which compose no longer reads."""
        if len(self.documents) != 1 or not self.documents[0] or "services" in self.documents[0]:
            return False
        document = self.documents[0]
        services = [node for _, node in document.items() if isinstance(node, Mapping)]
        return len(services) == len(document) and all(
            "image" in node or "build" in node for node in services
        )

    @cached_property
    def is_overlay(self) -> bool:
        """Whether a service lacks what only another file can give it."""
        return any(
            not any(key in definition.node for definition in found for key in _SOURCES)
            for found in self.definitions.values()
        )

    @cached_property
    def includes(self) -> list[Include]:
        return [
            _include(item, self.folder)
            for document in self.documents
            for item in listed(document.get("include"))
        ]

    @cached_property
    def extended(self) -> set[str]:
        """The other files whose services are extended here."""
        found = set()
        for definitions in self.definitions.values():
            for definition in definitions:
                name = text(mapping(definition.node.get("extends")).get("file"))
                path = join(self.folder, name) if name else None
                if path and path != self.path:
                    found.add(path)
        return found


def read(source: Source, project: Project) -> File:
    return File(source)


def override(project: Project, path: str) -> str | None:
    """The file that compose merges into a default file without being told."""
    name = posixpath.basename(path)
    folder = path[: -len(name)]
    if name not in DEFAULT or not project.has(path):
        return None
    if any(project.has(folder + other) for other in DEFAULT[: DEFAULT.index(name)]):
        return None
    return next((folder + other for other in OVERRIDES if project.has(folder + other)), None)


def overridden(project: Project, path: str) -> str | None:
    """The default file into which compose merges a file without being told."""
    folder, name = posixpath.split(path)
    if name not in OVERRIDES:
        return None
    bases = [posixpath.join(folder, default) for default in DEFAULT]
    return next((base for base in bases if override(project, base) == path), None)


def is_taken_in(project: Project, file: File) -> bool:
    """Whether another file includes it, or is all that uses it."""
    included, extended = project.once(_used)
    if file.path in included:
        return True
    return file.path in extended and posixpath.basename(file.path) not in DEFAULT


def _used(project: Project) -> tuple[set[str], set[str]]:
    """The files that compose files of the repository include, and those that they extend."""
    included: set[str] = set()
    extended: set[str] = set()
    for path in project.matching(NAMES):
        source = project.source(path)
        if source and ("include" in source.text or "extends" in source.text):
            file = project.parsed(path, read)
            if file:
                extended |= file.extended
                included.update(name for item in file.includes for name in item.paths if name)
    return included, extended


def given_healthchecks(project: Project) -> set[tuple[str, str]]:
    """The folder and name of every service that an overlay gives a healthcheck; who loads the overlay, no file says."""
    found: set[tuple[str, str]] = set()
    for path in project.matching(NAMES):
        source = project.source(path)
        if source and "healthcheck" in source.text:
            file = project.parsed(path, read)
            if file and file.is_overlay and not overridden(project, path):
                found.update(
                    (file.folder, name)
                    for name, definitions in file.definitions.items()
                    if any("healthcheck" in definition.node for definition in definitions)
                )
    return found


def _include(item: Node, folder: str) -> Include:
    names = [text(name) for name in listed(item)]
    directory: str | None = None
    if isinstance(item, Mapping):
        names = [text(name) for name in listed(item.get("path"))]
        directory = text(item.get("project_directory"))
    paths = [join(folder, name) if name and "://" not in name else None for name in names]
    if directory is not None:
        return Include(paths, join(folder, directory))
    first = paths[0] if paths else None
    return Include(paths, None if first is None else posixpath.dirname(first))


def listed(node: Node | None) -> list[Node]:
    """The items of a list, or the one value that stands for a list of one."""
    if isinstance(node, Sequence):
        return node.items
    return [] if node is None else [node]


def _version_1(document: Mapping) -> Fault:
    key = next(key for key, _ in document.pairs())
    return Fault(
        key.span,
        "a file of compose's first format: docker compose refuses it, as no service stands under `services:`",
        "write `services:` above, and indent every service below it",
    )
