"""What a service builds: its context and its Dockerfile, as far as the repository has them."""

from prodlint.compose.layers import Layer, Value, last, stack
from prodlint.core.finding import Related
from prodlint.core.lazy import cached_property
from prodlint.core.project import Project, join
from prodlint.core.source import Source
from prodlint.core.yaml import Mapping, Sequence, text
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.dockerfile.model import Dockerfile

INLINE = "dockerfile_inline"
_ELSEWHERE = ("git@", "github.com/", "~", "service:", "target:", "docker-image:")


class Build:
    """The `build:` of a service; `written` is what the last file says."""

    def __init__(self, layers: list[Layer], project: Project, written: Value) -> None:
        self.written = written
        self._layers = layers
        self._project = project

    @cached_property
    def context(self) -> Value | None:
        """The context, where one is written."""
        builds = stack(self._layers, "build")
        contexts = [one if text(one.node) is not None else one.get("context") for one in builds]
        return next((one for one in reversed(contexts) if one), None)

    @cached_property
    def folder(self) -> str | None:
        """The folder of the context in the repository; None for one elsewhere."""
        if not self.context:
            return self.written.layer.folder
        return within(self.context, self.context.text or ".")

    @property
    def inline(self) -> Value | None:
        return last(self._layers, "build", INLINE)

    @property
    def dockerfile(self) -> Value | None:
        """The name of the Dockerfile, where one is written."""
        return last(self._layers, "build", "dockerfile")

    @property
    def target(self) -> Value | None:
        return last(self._layers, "build", "target")

    @property
    def path(self) -> str | None:
        """The Dockerfile, whether or not it exists; None for one elsewhere."""
        name = self.dockerfile.text if self.dockerfile else "Dockerfile"
        return join(self.folder, name) if self.folder is not None and name else None

    @property
    def builder(self) -> str:
        """What a message calls the Dockerfile."""
        return INLINE if self.inline else self.path or ""

    @cached_property
    def document(self) -> "Dockerfile | None":
        from prodlint.dockerfile import parse

        if self.inline:
            source = Source(self.written.place.path, self.inline.text or "")
            return parse(source, self._project)
        return self._project.parsed(self.path, parse) if self.path else None

    def last_stage(self, message: str) -> list[Related]:
        """Where the last stage begins, in a Dockerfile that is a file of its own."""
        document = None if self.inline else self.document
        stages = document.stages[-1:] if document else []
        return [Related(stage.head.span, message) for stage in stages]

    @cached_property
    def arguments(self) -> dict[str, Value]:
        """The build arguments that compose passes, each at its name or its item."""
        found: dict[str, Value] = {}
        for value in stack(self._layers, "build", "args"):
            found.update(named(value))
        return found

    @property
    def additional_contexts(self) -> set[str]:
        """The names that stand for something else than what the Dockerfile says."""
        values = stack(self._layers, "build", "additional_contexts")
        return {name for value in values for name in named(value)}


def build(layers: list[Layer], project: Project) -> Build | None:
    written = last(layers, "build")
    return Build(layers, project, written) if written else None


def within(value: Value, path: str) -> str | None:
    """A path that a value names, in the repository; None for one elsewhere, or that only the machine knows."""
    if "$" in path or "://" in path or path.startswith(_ELSEWHERE):
        return None
    return join(value.layer.folder, path)


def named(value: Value) -> dict[str, Value]:
    """The entries of a mapping, or of a list of `NAME=value`, by name."""
    if isinstance(value.node, Mapping):
        return dict(value.pairs)
    items = value.items if isinstance(value.node, Sequence) else []
    return {(item.text or "").partition("=")[0]: item for item in items}
