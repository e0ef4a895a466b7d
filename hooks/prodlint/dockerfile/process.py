"""A stage that becomes an image for production: what a container of it runs, as whom, and on which ports."""

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from itertools import dropwhile

from prodlint.core.answer import NO, UNKNOWN, YES, Answer
from prodlint.core.builds import Build
from prodlint.core.finding import Related
from prodlint.core.images import Image, is_root
from prodlint.core.project import Project
from prodlint.core.source import Span, Unreadable, read
from prodlint.dockerfile import programs
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.packages import Leftover, compiles, leftovers, runs_tools
from prodlint.dockerfile.stage import Stage
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.dockerfile.signals import Detached


class Shipped:
    """`builds` are the compose services that build this stage."""

    def __init__(self, stage: Stage, builds: list[Build]) -> None:
        self.stage = stage
        self.builds = builds

    @property
    def title(self) -> str:
        """How a person would call it, at the begin of a sentence."""
        several = len(self.stage.document.stages) > 1
        return f"stage {self.stage.label}" if several and self.stage.name else "the image"

    @property
    def detached(self) -> "Detached | None":
        """The instruction that leaves a shell above the program, which therefore never receives SIGTERM."""
        starting = [one for one in (self.stage.entrypoint, self.stage.command) if one is not None]
        if not any(one.json is None or "sh" in one.arguments for one in starting):
            return None
        from prodlint.dockerfile.signals import detached

        return detached(self)

    @property
    def base(self) -> Image | None:
        return self.stage.base

    @property
    def _kind(self) -> str:
        return self.base.kind if self.base is not None else ""

    @cached_property
    def command(self) -> str:
        """ENTRYPOINT and CMD as one line."""
        return " ".join([*_words(self.stage.entrypoint), *_words(self.stage.command)])

    @cached_property
    def ports(self) -> list[str]:
        """The TCP ports that EXPOSE names; a variable that only the build knows stays as written."""
        ports: list[str] = []
        for one in reversed(list(self.stage.reversed("EXPOSE"))):
            value = self.stage.expanded(one)
            for word in (one.arguments if value is None else value).split():
                port, _, protocol = word.partition("/")
                ports += [port] if protocol.lower() in ("", "tcp") else []
        return list(dict.fromkeys(ports))

    @cached_property
    def program(self) -> list[str]:
        """The command without what only starts it, as tini."""
        words = [*_words(self.stage.entrypoint), *_words(self.stage.command)]
        starters = programs.STARTERS.split()
        return list(dropwhile(lambda word: posixpath.basename(word) in starters, words))

    @cached_property
    def runs(self) -> bool:
        """Whether its containers run a program for long: not a folder of files, a base for other images, a shell, or a tool.

        A tool is what nobody can tell from a service: a program that is not the project's own, or that takes arguments, and
        neither exposes a port nor is built by a compose service.
        """
        if self.stage.windows:
            return False
        if not self.program:
            return bool(self.ports or self.builds) or self._kind in ("server", "database")
        first, *rest = self.program
        idle = first in ("sleep", "tail") or "sleep inf" in self.command or "/dev/null" in rest
        if (
            idle
            or first.endswith(".wasm")
            or (programs.is_in(first, programs.SHELLS) and rest in ([], ["-l"]))
        ):
            return False
        interpreter = programs.is_in(first, programs.INTERPRETERS)
        if interpreter and not rest:
            return False
        if self.ports or self.builds or self._kind in ("server", "database"):
            return True
        if interpreter or programs.is_in(first, programs.LAUNCHERS):
            return True
        return self.stage.entrypoint is None and self.stage.last("COPY", "ADD") is not None

    @property
    def listening(self) -> tuple[Span, str] | None:
        """Where the file says that it serves, and on what; None when it does not say so, or serves logins only."""
        ports = [port for port in self.ports if port != "22"][:2]
        if ports:
            for one in self.stage.reversed("EXPOSE"):
                if ports[0] in (self.stage.expanded(one) or one.arguments):
                    return one.value_span, f"listens on {' and '.join(ports)}"
        if self._kind in ("server", "database") and not _words(self.stage.entrypoint):
            return self.stage.reference_span, f"builds on {self.stage.image_name}, a {self._kind},"
        return None

    @cached_property
    def runs_as_root(self) -> Answer:
        """NO also when its entrypoint steps down, or when every service that builds it names another user."""
        if self.stage.user.root is not YES:
            return self.stage.user.root
        given = [build.user for build in self.builds]
        if given and all(user and "$" not in user and not is_root(user) for user in given):
            return NO
        return UNKNOWN if self._steps_down() or self._is_action() else YES

    @property
    def names_user(self) -> bool:
        """Whether its own USER is what it runs as, by a name and not the one that its base image brings."""
        value, instruction = self.stage.user
        if instruction is None or not value or value.isdecimal() or value == "root":
            return False
        brought = self.base is not None and value == self.base.account
        return not brought and not (self.builds and all(build.user for build in self.builds))

    @cached_property
    def workers(self) -> str:
        """The server whose workers step down while its master stays what it was, as nginx; or nothing."""
        if self.program:
            return programs.MASTERS.get(programs.name(self.program[0]), "")
        repository = (
            self.base.repository if self.base is not None and self._kind == "server" else ""
        )
        repository = "apache" if repository in ("php", "wordpress") else repository
        return programs.MASTERS.get(repository, "")

    @cached_property
    def reports_health(self) -> Answer:
        """UNKNOWN for what a HEALTHCHECK NONE switches off on purpose."""
        return UNKNOWN if self.stage.healthcheck is not None else self.stage.reports_health

    @cached_property
    def compiled_here(self) -> Instruction | None:
        """The RUN that compiles the program in the image that ships it, with a toolchain that it does not need to run."""
        runs = self.program or self.builds
        if self._kind != "toolchain" or self.runs_tools or not runs:
            return None
        return compiles(self.stage)

    @cached_property
    def leftovers(self) -> list[Leftover]:
        """Build tools that are installed and stay."""
        full = self.base is not None and self.base.system == "buildpack"
        if full or self._kind == "toolchain" or self.runs_tools:
            return []
        return list(leftovers(self.stage))

    @property
    def runs_tools(self) -> bool:
        return runs_tools(self.program)

    @property
    def reasons(self) -> list[Related]:
        """The places that make it an image to look at: what a compose file builds, where docker build alone would not tell."""
        document = self.stage.document
        plain = self.stage is document.stage(None) and not document.development
        if plain and Shipped(self.stage, []).runs:
            return []
        return [
            Related(build.span, f"service {build.service} builds it") for build in self.builds[:1]
        ]

    def _steps_down(self) -> bool:
        """Whether its entrypoint gives up root, or has to be root to start others."""
        if self.base is not None and self.base.drops and self.stage.entrypoint is None:
            # These entrypoints step down for their own server alone, which they know by its bare name.
            command = self.stage.command
            first = (_words(command) or [""])[0]
            foreign = "/" in first or programs.is_in(first, programs.SHELLS)
            if command is None or (command.json is not None and not foreign):
                return True
        if programs.needs_root(self.program):
            return True
        texts = [_text(one) for one in self.stage.reversed("RUN", "COPY", "ADD")]
        return any(programs.steps_down(text) for text in (self.command, *texts, *self._scripts()))

    def _scripts(self) -> Iterator[str]:
        """The scripts that ENTRYPOINT and CMD start, where the repository holds a file of that name."""
        names = {
            posixpath.basename(word.strip("'\"")) for word in self.command.split() if word[0] != "-"
        }
        project = self.stage.document.project
        folder = posixpath.dirname(self.stage.document.source.path)
        by_name = project.once(_scripts_by_name)
        for name in sorted(names & by_name.keys()):
            beside = posixpath.join(folder, name)
            for path in [beside] if beside in by_name[name] else by_name[name]:
                with suppress(Unreadable):
                    yield read(project.root, path).text

    def _is_action(self) -> bool:
        """Whether it is the image of a GitHub action, which GitHub wants to run as root."""
        document = self.stage.document
        folder = posixpath.dirname(document.source.path)
        for metadata in ("action.yml", "action.yaml"):
            path = posixpath.join(folder, metadata)
            if document.project.has(path):
                with suppress(Unreadable):
                    if re.search(
                        r"\busing:\s*['\"]?docker\b", read(document.project.root, path).text
                    ):
                        return True
        return False


def _words(one: Instruction | None) -> list[str]:
    if one is None:
        return []
    return one.json if one.json is not None else one.arguments.split()


def _text(one: Instruction) -> str:
    bodies = (body.text(one.source) for body in one.heredocs)
    return "\n".join([one.arguments if one.keyword == "RUN" else "", *bodies])


def _scripts_by_name(project: Project) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in project.files:
        name = posixpath.basename(path)
        if name.endswith(".sh") or "." not in name:
            found.setdefault(name, []).append(path)
    return found
