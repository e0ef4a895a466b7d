"""A compose file and the project that begins with it."""

from prodlint.compose.assembly import Assembly
from prodlint.compose.files import File, read
from prodlint.compose.origin import Origin
from prodlint.compose.overlays import lists_of, loaded
from prodlint.compose.purpose import for_development, for_show, in_production
from prodlint.compose.service import COMPLETED, HEALTHY, STARTED, Dependency, Health, Service
from prodlint.core.answer import NO, Answer
from prodlint.core.finding import WARNING
from prodlint.core.lazy import cached_property
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.extended import Used
    from prodlint.compose.healthcheck import Test

__all__ = [
    "COMPLETED",
    "HEALTHY",
    "STARTED",
    "Compose",
    "Dependency",
    "Health",
    "Origin",
    "Service",
    "level",
]


class Compose:
    """A compose file and, when it is the first of a project, the services of that project."""

    def __init__(self, source: Source, project: Project) -> None:
        self.source = source
        self.project = project
        self.file = project.parsed(source.path, read) or File(source)
        self.faults = self.file.faults

    @cached_property
    def assembly(self) -> Assembly:
        """What the files of the project say; nothing for a file that another one completes, which is judged there."""
        assembly = Assembly(self.project)
        if self.file.documents:
            assembly.load(self.loaded)
        return assembly

    @cached_property
    def loaded(self) -> list[str]:
        """The files with which it is judged; see `overlays.loaded`."""
        return loaded(self.project, self.file)

    @property
    def rests_on(self) -> set[str]:
        """The files that make its project, and those that say which they are: each may bring or hide a fault of another."""
        return self.assembly.paths.union(lists_of(self.project, self.loaded))

    @property
    def files(self) -> list[File]:
        """The files of its project."""
        return [reading.file for reading in self.assembly.readings]

    @cached_property
    def used(self) -> "list[Used]":
        """The services of the file, and those that they extend in files that are not compose files by their names."""
        from prodlint.compose.extended import used

        return used(self)

    @cached_property
    def named(self) -> dict[str, Service]:
        """The services by name."""
        services = self.assembly.services
        return {name: Service(self, name, found) for name, found in services.items()}

    @cached_property
    def services(self) -> list[Service]:
        """The services that are judged here: of a file that lies over others, those that none of these defines."""
        below = self.assembly.below(self.source.path)
        return [service for name, service in self.named.items() if name not in below]

    @cached_property
    def written(self) -> set[str]:
        """The keys that any file has for any of its services."""
        return set().union(*(service.written for service in self.services))

    @cached_property
    def texts(self) -> list[str]:
        """The texts of the files that say something of its services."""
        sources = {layer.key.source for service in self.services for layer in service.layers}
        return [source.text for source in sources]

    @cached_property
    def deployed(self) -> Answer:
        """Whether it runs in production."""
        from prodlint.compose import deployment

        return deployment.deployed(self)

    @cached_property
    def candidates(self) -> list[Service]:
        """The services that may run in production."""
        from prodlint.compose.deployment import counts

        return [
            service
            for service in (self.services if self.deployed is not NO else ())
            if service.runs and in_production(service.profiles) and counts(service.span)
        ]

    @cached_property
    def tests(self) -> "list[Test]":
        """The tests of healthchecks that compose gives its services."""
        if not any("healthcheck" in layer.node for one in self.services for layer in one.layers):
            return []
        from prodlint.compose.healthcheck import tests

        return tests(self)

    @cached_property
    def dependents(self) -> dict[str, list[Dependency]]:
        """The edges of `depends_on` that lead to each service."""
        edges: dict[str, list[Dependency]] = {}
        for service in self.named.values():
            for edge in service.depends_on:
                edges.setdefault(edge.name, []).append(edge)
        return edges


def level(span: Span) -> str:
    """The level of an error that hurts only in production: a warning in a file for development, tests or show."""
    return WARNING if for_development(span.path) or for_show(span.path) else ""
