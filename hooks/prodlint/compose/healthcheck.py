"""The test of a healthcheck: its form, what it runs, and the services that share it."""

import posixpath
import re

from prodlint.compose import purpose
from prodlint.compose.files import given_healthchecks
from prodlint.compose.layers import Value
from prodlint.core.finding import Related
from prodlint.core.lazy import cached_property
from prodlint.core.names import listed
from prodlint.core.source import Span
from prodlint.core.yaml import Scalar, mapping, text
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from prodlint.compose.model import Compose
    from prodlint.compose.service import Service
    from prodlint.compose.variables import Expanded
    from prodlint.core.ending import Ending
    from prodlint.core.finding import Fault
    from prodlint.core.probe import Call, Reading
    from prodlint.core.probe.lenient import Part

__all__ = ["LostTest", "Program", "Test", "lost_test", "read", "tests"]

_MAX_TEXT = 4_000
# Without one of these, nothing passes whatever the service answers.
_MAY_PASS = ("true", "echo", "printf", "exit", "return", "set", ":", "&", "!", "=", "$")
_FORMS = ("CMD", "CMD-SHELL", "NONE")


class Program(NamedTuple):
    """A command of a test: its words, None where expanded, and the text of each with its place."""

    words: list[str | None]
    raw: list[str]
    places: list[Span]

    @property
    def name(self) -> str:
        return posixpath.basename(self.words[0] or "") if self.words else ""


class Test:
    """A `test:` as written. `services` are those that it is the test of: the one that writes it, or all that take it in."""

    def __init__(self, value: Value) -> None:
        self.value = value
        self.services: list[tuple[Service, Value]] = []

    @property
    def span(self) -> Span:
        return self.value.node.span

    @property
    def owner(self) -> str:
        """What to call it, by its services."""
        names = [service.name for service, _ in self.services]
        return f"the healthcheck of {listed(names)}" if names[1:] else f"{names[0]}'s healthcheck"

    @property
    def places(self) -> list[Related]:
        """Where services take it in that do not write it themselves."""
        found = []
        for service, value in self.services:
            if value.via:
                found.append(Related(value.via, f"is where {service.name} takes it in"))
            elif value.layer.key.span != service.span:
                found.append(Related(service.span, f"is {service.name}, which runs it"))
        return found

    # What is written

    @cached_property
    def form(self) -> str:
        """`CMD`, `CMD-SHELL` or `NONE`; empty for a list that compose refuses."""
        if not self.value.items:
            return "CMD-SHELL"
        first = self.value.items[0].text
        return first if first in _FORMS else ""

    @cached_property
    def arguments(self) -> list[Value]:
        """What follows the form in a list."""
        return self.value.items[1:]

    @cached_property
    def words(self) -> list[str | None]:
        """What CMD runs without a shell; None where something is expanded on the host. Empty for another form."""
        if self.form != "CMD":
            return []
        return [_known(item) for item in self.arguments]

    @cached_property
    def script(self) -> Value | None:
        """What a shell runs: the string, the argument of CMD-SHELL, or that of `sh -c`."""
        if self.form == "CMD-SHELL":
            items = self.value.items or [self.value, self.value]
            return items[1] if len(items) > 1 else None
        if len(self.words) < 3 or not re.fullmatch(r"-\w*c", self.words[1] or ""):
            return None
        from prodlint.core.probe import SHELLS

        return self.arguments[2] if posixpath.basename(self.words[0] or "") in SHELLS else None

    @cached_property
    def text(self) -> str:
        """The script with its variables replaced, where they are known."""
        return self._expanded.text

    @cached_property
    def _expanded(self) -> "Expanded":
        script = self.script or self.value
        return script.layer.variables.traced(text(script.node) or "")

    def locate(self, start: int, end: int) -> Span:
        """The place of a part of `text`."""
        origin = self._expanded.origin
        return _at(self.script or self.value, origin(start), origin(max(end - 1, start)) + 1)

    @cached_property
    def programs(self) -> list[Program]:
        """Every command that it runs; none of a script that cannot be read."""
        if self.script is None:
            places = [inside(item) for item in self.arguments]
            raw = [text(item.node) or "" for item in self.arguments]
            return [Program(self.words, raw, places)] if self.words else []
        from prodlint.core import shell

        try:
            script = shell.parse(self.text)
        except shell.ShellError:
            return []
        return [
            Program(
                [word.value for word in command.words],
                [word.raw for word in command.words],
                [self.locate(word.start, word.end) for word in command.words],
            )
            for command in shell.walk(script)
            if command.words
        ]

    @cached_property
    def fault(self) -> "Fault | None":
        """Why it does not run what it says."""
        if self._is_plain:
            return None
        from prodlint.compose.forms import fault

        return fault(self)

    @property
    def _is_plain(self) -> bool:
        """Whether it needs no closer look, as most: one text for a shell, or words without any of a shell's own signs."""
        items = self.value.items
        if self.form == "CMD-SHELL":
            return len(items) == 2 or not (items or self.text.lstrip().startswith(("[", "N", "C")))
        signs = not set("|&;>$").isdisjoint(self.span.text)
        return (
            len(items) > 2 and bool(self.form) and not signs and " " not in (items[1].text or " ")
        )

    @property
    def runs(self) -> bool:
        """Whether nothing is known that keeps it from running as it is meant to."""
        return not self.fault and not any(service.missing_program for service, _ in self.services)

    # How it ends

    def ending(self, reading: "Reading") -> "Ending":
        from prodlint.core.ending import Ending, settled

        if self.form == "CMD-SHELL":
            return settled(reading.script(self.text, self.locate)) if self.script else Ending.OPEN
        if not self.words or self.words[0] is None:
            return Ending.OPEN
        places = [inside(item) for item in self.arguments]
        return reading.argv([item.text for item in self.arguments], places)

    def missing(self, lacks: "Callable[[str], bool]") -> "Call | None":
        """The program without which it can never pass, if an image lacks it."""
        from prodlint.core.ending import Ending
        from prodlint.core.probe import Call, Reading

        if self.script and self.form == "CMD-SHELL" and lacks("sh"):
            return Call("sh", self.script.place, self.script.node.span, [])
        reading = Reading(lacks, (self.arguments or [self.value])[0].via)
        return reading.culprit if self.ending(reading) is Ending.FAILS else None

    @cached_property
    def always_passes(self) -> bool:
        written = self.span.text
        if len(written) > 2 and not any(word in written for word in _MAY_PASS):
            return False
        from prodlint.core.ending import Ending
        from prodlint.core.probe import Reading

        return self.ending(Reading(lambda name: False, None)) is Ending.PASSES

    @cached_property
    def passing_end(self) -> "Part | None":
        """What makes it pass, as `|| true`, where that can be named."""
        from prodlint.core.probe.lenient import passing_end

        return passing_end(self.text) if self.script else None

    @cached_property
    def lenient_curl(self) -> Span | None:
        """The curl on which all depends, and which takes an error page for health."""
        if "curl" not in self.span.text:
            return None
        from prodlint.core.probe.lenient import is_lenient, lenient_curl

        if self.script:
            part = lenient_curl(self.text)
            return self.locate(part.start, part.end) if part else None
        for program in self.programs:
            if program.name == "curl" and is_lenient(program.words, program.raw):
                return program.places[0]
        return None


def read(value: Value) -> Test | None:
    """A test, or None for one that is too long to be one."""
    return Test(value) if value.node.end - value.node.start <= _MAX_TEXT else None


def tests(compose: "Compose") -> list[Test]:
    """The tests that the services of a project run, each once; none of files that are data for tests."""
    found: dict[tuple[str, int], Test] = {}
    for service in compose.services:
        value = service.last("healthcheck", "test") if service.health.own else None
        if value is None or purpose.is_test_data(value.node.source.path):
            continue
        place = (value.node.source.path, value.node.start)
        if place not in found and (test := read(value)):
            found[place] = test
        if place in found:
            found[place].services.append((service, value))
    return list(found.values())


class LostTest(NamedTuple):
    """The key of a healthcheck, and the test that it replaces without a word."""

    key: Span
    test: Span


def lost_test(service: "Service") -> LostTest | None:
    """The test that a merge (`<<`) would bring, if a healthcheck beside it did not replace it wholly."""
    if (service.layers[-1].folder, service.name) in service.compose.project.once(
        given_healthchecks
    ):
        return None
    for layer in reversed(service.layers):
        key = layer.node.key("healthcheck")
        test = mapping(layer.node.hidden("healthcheck")).get("test")
        if key and test:
            return LostTest(key.span, test.span)
    return None


def _known(item: Value) -> str | None:
    written = (text(item.node) or "").replace("$$", "")
    unknown = re.search(r"\$[A-Za-z_{]", item.layer.variables.expand(written))
    return None if unknown else item.text


def inside(item: Value) -> Span:
    """The text of a scalar without its quotes."""
    return _at(item, 0, len(text(item.node) or ""))


def _at(value: Value, start: int, end: int) -> Span:
    """A part of a scalar."""
    node = value.node
    return node.at(start, end) if isinstance(node, Scalar) else node.span
