"""A service of a compose project: what it runs, what it waits for, whether it reports its health."""

import re

from prodlint.compose import purpose
from prodlint.compose.assembly import Assembled
from prodlint.compose.build import Build, build
from prodlint.compose.files import given_healthchecks
from prodlint.compose.layers import Value, stack
from prodlint.compose.origin import Origin, origin
from prodlint.core.answer import NO, UNKNOWN, YES, Answer
from prodlint.core.lazy import cached_property
from prodlint.core.source import Span
from prodlint.core.yaml import Mapping, Sequence
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.compose.model import Compose
    from prodlint.compose.references import Reference
    from prodlint.core.probe import Call

STARTED, HEALTHY = "service_started", "service_healthy"
COMPLETED = "service_completed_successfully"
_TRUE = frozenset(("true", "yes", "y", "on"))
_NOTHING: list[Value] = []


class Dependency:
    """An edge of `depends_on`: `service` starts after `name`.

    `explicit`: its condition is written out. `downgraded` is where an earlier file asks for a healthy service, which the
    short form of a later one takes back.
    """

    downgraded: Span | None = None

    def __init__(
        self,
        service: "Service",
        name: str,
        span: Span,
        *,
        condition: str = STARTED,
        explicit: bool = False,
        required: bool = True,
    ) -> None:
        self.service = service
        self.name = name
        self.span = span
        self.condition = condition
        self.explicit = explicit
        self.required = required

    @property
    def target(self) -> "Service | None":
        return self.service.compose.named.get(self.name)


class Health(NamedTuple):
    """Whether a service has a healthcheck, and what says so.

    `switched_off`: somebody decided that it shall have none. `own`: compose gives it the test.
    """

    answer: Answer
    place: Span | None = None
    own: bool = False
    switched_off: bool = False


class Service:
    """A service, merged from all files.

    `whole` is False when a file was not found that says more about it. `written` are the keys that any file has for it.
    """

    def __init__(self, compose: "Compose", name: str, assembled: Assembled) -> None:
        self.compose = compose
        self.name = name
        self.layers, self.whole = assembled
        self.written = {key for layer in self.layers for key in layer.node}
        self._stacks: dict[tuple[str, ...], list[Value]] = {}
        self._items: dict[tuple[str, ...], list[Value]] = {}

    def __repr__(self) -> str:
        return f"<Service {self.name} {self.span.path}:{self.span.line}>"

    @cached_property
    def span(self) -> Span:
        """Its name, where the file at hand defines it, or else the last one that does."""
        keys = [layer.key for layer in self.layers]
        named = [key for key in keys if key.text == self.name] or keys
        here = [key for key in named if key.source is self.compose.source]
        return (here or named)[-1].span

    # What is written

    def stack(self, *path: str) -> list[Value]:
        """The values of all files under a path; see `layers.stack`."""
        if path[0] not in self.written:
            return _NOTHING
        if path not in self._stacks:
            self._stacks[path] = stack(self.layers, *path)
        return self._stacks[path]

    def last(self, *path: str) -> Value | None:
        values = self.stack(*path) if path[0] in self.written else None
        return values[-1] if values else None

    def text(self, *path: str) -> str | None:
        """A value of the service with its variables replaced, where they are known."""
        value = self.last(*path)
        return value.text if value else None

    def items(self, *path: str) -> list[Value]:
        """The items of a list to which every file adds."""
        if path[0] not in self.written:
            return _NOTHING
        if path not in self._items:
            self._items[path] = [item for value in self.stack(*path) for item in value.items]
        return self._items[path]

    @cached_property
    def command(self) -> str:
        """Entrypoint and command in one line."""
        values = [self.last("entrypoint"), self.last("command")]
        return " ".join(
            item.text or "" for value in values if value for item in value.items or [value]
        )

    @cached_property
    def published(self) -> bool:
        """Whether a port of it is published on the host."""
        return bool(self.items("ports"))

    @property
    def port(self) -> str:
        """The first port that it listens on, as far as compose tells; else empty."""
        for item in (*self.items("ports"), *self.items("expose")):
            target = item.get("target") or item
            found = re.search(r"(?:^|:)(\d{1,5})(?:/tcp)?$", target.text or "")
            if found:
                return found[1]
        return ""

    @cached_property
    def profiles(self) -> list[str]:
        """The profiles that start it; none if it always starts."""
        return [item.text or "" for item in self.items("profiles")]

    @property
    def runs(self) -> bool:
        """Whether any container of it is started."""
        return "0" not in (self.text("scale"), self.text("deploy", "replicas"))

    # What it waits for

    @cached_property
    def depends_on(self) -> list[Dependency]:
        edges: dict[str, Dependency] = {}
        for value in self.stack("depends_on"):
            for name, below in value.pairs:
                if below.node.tag == "!reset":
                    edges.pop(name, None)
            for edge in self._edges(value):
                edges[edge.name] = _merged(edges.get(edge.name), edge)
        return list(edges.values())

    def _edges(self, value: Value) -> list[Dependency]:
        if isinstance(value.node, Sequence):
            return [
                Dependency(self, name, item.place)
                for item in value.items
                if (name := item.text) is not None
            ]
        return [
            Dependency(
                self,
                name,
                below.via or below.key,
                condition=_text(below, "condition") or "",
                explicit=below.get("condition") is not None,
                required=_text(below, "required") != "false",
            )
            for name, below in value.pairs
            if isinstance(below.node, Mapping)
        ]

    @cached_property
    def references(self) -> "list[Reference]":
        """The services without which it cannot start, whatever key says so, each once."""
        from prodlint.compose.references import references

        return references(self)

    @property
    def dependents(self) -> list[Dependency]:
        """The edges that lead to it."""
        return self.compose.dependents.get(self.name, [])

    @property
    def askers(self) -> list[Dependency]:
        """The edges of those that ask it as they start, and may fail without an answer."""
        return [
            edge
            for edge in self.dependents
            if not purpose.connects_again(edge.service.text("image") or "")
        ]

    @property
    def waited_for(self) -> list[Dependency]:
        """The edges of those that start when it is healthy, and never when it cannot be."""
        return [
            edge
            for edge in self.dependents
            if edge.condition == HEALTHY and edge.required and self.runs
        ]

    @property
    def unwaited(self) -> list[Dependency]:
        """Its edges to services that report their health, which nobody asked to ignore it."""
        edges = [
            edge
            for edge in self.depends_on
            if edge.condition == STARTED
            and not edge.explicit
            and edge.target
            and edge.target.runs
            and edge.target.health.answer is YES
        ]
        if not edges or purpose.connects_again(self.text("image") or ""):
            return []
        if self.command.strip() in ("true", "/bin/true") or "prisma studio" in self.command:
            return []
        if purpose.is_test_data(self.span.path):
            return []
        from prodlint.compose.datastores import unrelated

        return [
            edge for edge in edges if edge.target and not unrelated(self.origin, edge.target.origin)
        ]

    # Whether it is healthy

    @cached_property
    def origin(self) -> Origin | None:
        """The image that it runs, or None when that is unknown."""
        return origin(self.layers, self.build, self.compose.project) if self.whole else None

    @cached_property
    def build(self) -> Build | None:
        """What it builds; None when it builds nothing, or when that is unknown."""
        written = "build" in self.written and self.whole
        return build(self.layers, self.compose.project) if written else None

    @cached_property
    def health(self) -> Health:
        own = self.last("healthcheck")
        if own and not isinstance(own.node, Mapping):
            return Health(UNKNOWN)
        disable, test = self.last("healthcheck", "disable"), self.last("healthcheck", "test")
        if disable and (disable.text or "").lower() in _TRUE:
            return Health(NO, disable.place, switched_off=True)
        if test and (test.items or test.text is not None):
            if test.items and test.items[0].text == "NONE":
                return Health(NO, test.place, switched_off=True)
            return Health(YES, test.place, own=True)
        image = self.origin
        given = self.compose.project.once(given_healthchecks)
        if not image or (self.layers[-1].folder, self.name) in given:
            return Health(UNKNOWN)
        return Health(image.healthcheck, image.place, switched_off=image.switched_off)

    @property
    def untested(self) -> bool:
        """Whether compose gives it a healthcheck without a test, and its image none."""
        health = self.health
        return health.answer is NO and not health.switched_off and bool(self.last("healthcheck"))

    @cached_property
    def needs_health(self) -> bool:
        """Whether it is to run on and be asked for its health: no job, no helper, and nothing that is optional."""
        return (
            self.runs
            and purpose.in_production(self.profiles)
            and not purpose.is_test_data(self.span.path)
            and not purpose.is_job(self.name, self.command)
            and not purpose.is_console(self.text("image") or "")
            and self.text("restart") != "no"
            and self.text("deploy", "restart_policy", "condition") != "none"
            and not (self.text("deploy", "mode") or "").endswith("-job")
            and not (self.text("network_mode") or "").startswith(("service:", "container:"))
            and not any(edge.condition == COMPLETED for edge in self.dependents)
        )

    @property
    def reached(self) -> bool:
        """Whether anybody asks it for anything: a service that depends on it, or in production its users."""
        ports = self.published or bool(self.items("expose"))
        users = ports and not purpose.for_development(self.span.path)
        return users or bool(self.askers)

    @property
    def why_none(self) -> str:
        """Who else gives it no healthcheck, in brackets."""
        return f" ({self.origin.gives_none})" if self.origin else ""

    @property
    def recipe(self) -> str:
        """A healthcheck to paste below its name."""
        from prodlint.compose import recipes

        return recipes.paste(self.origin, self.port, self.name)

    # What its healthcheck runs

    @cached_property
    def missing_program(self) -> "Call | None":
        """The program that its own test cannot do without, and that its image lacks."""
        test = self.last("healthcheck", "test")
        image = self.origin if test and self.health.own else None
        if not test or not image or not image.may_lack(test):
            return None
        from prodlint.compose.healthcheck import read

        own = read(test)
        if own is None or own.fault:
            return None
        call = own.missing(lambda name: image.tool(name) is NO)
        return None if call and self._brings(call.name) else call

    def _brings(self, program: str) -> bool:
        """Whether something at run time may bring a program: its command, or what is mounted over it."""
        name = re.escape(program)
        if re.search(rf"\b{name}\b", self.command):
            return True
        mounts = [item for key in ("volumes", "configs") for item in self.items(key)]
        return any(
            re.search(rf"/(?:s?bin|{name})(?::[\w,]*)?$", (item.get("target") or item).text or "")
            for item in mounts
        )

    @property
    def instead(self) -> str:
        """What its test is to run instead of the program that its image lacks."""
        from prodlint.compose import recipes

        call, image = self.missing_program, self.origin
        return recipes.instead(image, call.name, call.words) if call and image else ""


def _merged(before: Dependency | None, edge: Dependency) -> Dependency:
    """A later file's edge over an earlier one's; a short form asks for no more than a start."""
    if before and not edge.condition:
        return before
    if before and before.condition == HEALTHY and not edge.explicit:
        edge.downgraded = before.span
    return edge


def _text(value: Value, key: str) -> str | None:
    below = value.get(key)
    return below.text if below else None
