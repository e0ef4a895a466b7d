"""The services of a project, put together from all of its files."""

import posixpath
from collections.abc import Mapping as Values

from prodlint.compose import variables
from prodlint.compose.files import Definition, File, Include, read
from prodlint.compose.layers import Layer
from prodlint.compose.variables import Variables
from prodlint.core.project import Project, join
from prodlint.core.yaml import Mapping, text
from prodlint.typed import NamedTuple

_MAX_LAYERS = 32
_MAX_FILES = 100
_Chain = tuple[tuple[str, str], ...]


class Assembled(NamedTuple):
    """The layers of a service, and whether all of them were found."""

    layers: list[Layer]
    whole: bool


class Reading(NamedTuple):
    """A file, the folder where its relative paths begin, and its variables."""

    file: File
    folder: str
    variables: Variables


class Assembly:
    """Reads the files of a project, with what they include and extend.

    `complete` is False when a file was not found, or not understood, that may define more services. `paths` are all files
    that it read.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.services: dict[str, Assembled] = {}
        self.complete = True
        self.readings: list[Reading] = []
        self.paths: set[str] = set()
        self._loaded: set[str] = set()
        self._bases: dict[tuple[str, str, str], Assembled] = {}

    def load(self, paths: list[str]) -> None:
        """Each of the files lies over the ones before it; relative paths begin at the folder of the first."""
        if not paths:
            return
        folder = posixpath.dirname(paths[0])
        known = self._variables(folder, {})
        for path in paths:
            file = self.project.parsed(path, read)
            if file:
                self._add(Reading(file, folder, known))

    def below(self, path: str) -> set[str]:
        """The services that the files before one define."""
        found: set[str] = set()
        for reading in self.readings:
            if reading.file.path == path:
                return found
            found.update(reading.file.definitions)
        return found

    def _add(self, reading: Reading) -> None:
        file = reading.file
        if file.path in self._loaded:
            return
        if len(self._loaded) >= _MAX_FILES:
            self.complete = False
            return
        self._loaded.add(file.path)
        self.paths.add(file.path)
        self.readings.append(reading)
        self.complete &= not file.faults
        for include in file.includes:
            self._include(include, reading.variables)
        for name, definitions in file.definitions.items():
            own = self._assembled(reading, definitions, ())
            before = self.services.get(name)
            self.services[name] = _joined(before, own) if before else own

    def _include(self, include: Include, outer: Variables) -> None:
        if include.folder is None:
            self.complete = False
            return
        inner = self._variables(include.folder, outer.values)
        for path in include.paths:
            file = self.project.parsed(path, read) if path is not None else None
            if file:
                self._add(Reading(file, include.folder, inner))
            else:
                self.complete = False

    def _assembled(
        self, reading: Reading, definitions: list[Definition], chain: _Chain
    ) -> Assembled:
        """The layers that one file gives, those of the services that it extends first."""
        found = Assembled([], True)
        for key, node, via in definitions:
            if "extends" in node:
                found = _joined(found, self._base(reading, key.text, node, chain))
            found.layers.append(Layer(key, node, reading.folder, reading.variables, via))
        return found

    def _base(self, reading: Reading, service: str, node: Mapping, chain: _Chain) -> Assembled:
        """The layers of the service that one extends."""
        file, folder, known = reading
        extends, path = node.get("extends"), file.path
        named = text(extends)
        if isinstance(extends, Mapping):
            named = text(extends.get("service"))
            if (written := text(extends.get("file"))) is not None:
                path = join(folder, known.expand(written)) or ""
                folder = posixpath.dirname(path)
        name = known.expand(named or "")
        chain = (*chain, (file.path, service))
        if (path, name) in chain or len(chain) >= _MAX_LAYERS:
            return Assembled([], False)
        key = (path, name, folder)
        if key not in self._bases:
            other = file if path == file.path else self.project.parsed(path, read)
            definitions = other.definitions.get(name, []) if other else []
            self.paths.add(path)
            self._bases[key] = (
                self._assembled(Reading(other, folder, known), definitions, chain)
                if other and definitions
                else Assembled([], False)
            )
        return self._bases[key]

    def _variables(self, folder: str, outer: Values[str, str]) -> Variables:
        path = posixpath.join(folder, ".env")
        source = self.project.source(path) if self.project.has(path) else None
        if source:
            self.paths.add(path)
        return Variables({**variables.read(source).values, **outer})


def _joined(first: Assembled, second: Assembled) -> Assembled:
    layers = [*first.layers, *second.layers]
    whole = first.whole and second.whole
    return Assembled(layers[-_MAX_LAYERS:], whole and len(layers) <= _MAX_LAYERS)
