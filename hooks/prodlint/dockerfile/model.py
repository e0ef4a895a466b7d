"""A Dockerfile: its instructions and stages, and which of them become the image."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from prodlint.core.finding import Fault
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.dockerfile.faults import first_fault
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.sanitise import Sanitised, guarded, sanitise
from prodlint.dockerfile.stage import PLATFORM, Stage
from prodlint.dockerfile.words import BadWord, Unresolved, expand

if TYPE_CHECKING:
    from prodlint.core.builds import Build

_WORDS = r"(^|[/._-])({})([/._-]|$)"
_DEVELOPMENT = re.compile(
    _WORDS.format(
        "dev|devel|development|local|debug|test|tests|testing|testdata|e2e|ci|lint|docs?|hack|bench|benchmarks?"
        "|examples?|samples?|fixtures?|playground|sandbox|devcontainer|gitpod|vscode|storybook"
    )
)
_DEVELOPMENT_STAGE = re.compile(
    _WORDS.format("dev|devel|development|dev-envs|local|debug|test|tests|ci|lint|e2e")
)
_BUILD_STAGE = re.compile(_WORDS.format("builds?|builder|deps|dependencies|compile|install|vendor"))
_PRODUCTION_STAGE = re.compile(
    _WORDS.format("prod|production|runner|runtime|release|final|deploy|app|server")
)


class Dockerfile:
    def __init__(self, source: Source, project: Project) -> None:
        self.source = source
        self.project = project

    @cached_property
    def _read(self) -> Sanitised:
        return sanitise(self.source)

    @property
    def escape(self) -> str:
        return self._read.escape

    @cached_property
    def instructions(self) -> list[Instruction]:
        """Every instruction that BuildKit knows, in order."""
        if not any(self._read.text.split("\n")):
            return []
        from dockerfile_parse import DockerfileParser

        found = []
        structure = DockerfileParser(fileobj=BytesIO(self._read.text.encode())).structure
        for entry in structure:
            joined = self._read.instructions[entry["startline"]]
            value: str = entry["value"]
            if guarded(joined.text[joined.value_start :]):
                value = value[1:-1]
            found.append(Instruction(self.source, joined, entry["instruction"], value, self.escape))
        return found

    @cached_property
    def faults(self) -> list[Fault]:
        """The first thing at which docker build stops, if the text alone decides it."""
        if self.one_line:
            return []
        fault = first_fault(self.source, self._read, self.instructions)
        return [fault] if fault else []

    @cached_property
    def one_line(self) -> bool:
        """Whether the file is one line, in which the two characters `\\n` stand where lines should end."""
        text = self.source.text.strip()
        return (
            "\n" not in text and re.search(r"\\n\s*(FROM|RUN|COPY|CMD|WORKDIR)\s", text) is not None
        )

    @cached_property
    def stages(self) -> list[Stage]:
        stages: list[Stage] = []
        for instruction in self.instructions:
            if instruction.keyword == "FROM":
                stages.append(Stage(self, len(stages), instruction))
            elif stages:
                stages[-1].instructions.append(instruction)
        return stages

    @cached_property
    def _global_arguments(self) -> dict[str, str]:
        values = dict(PLATFORM)
        for instruction in self.instructions:
            if instruction.keyword == "FROM":
                break
            for pair in instruction.pairs if instruction.keyword == "ARG" else ():
                try:
                    if pair.value is not None:
                        values[pair.name] = expand(pair.value, values.get, self.escape)
                except (BadWord, Unresolved):
                    values.pop(pair.name, None)
        return values

    def global_argument(self, name: str) -> str | None:
        """The default of an ARG above the first FROM."""
        return self._global_arguments.get(name)

    @cached_property
    def _names(self) -> dict[str, list[Stage]]:
        names: dict[str, list[Stage]] = {}
        for stage in self.stages:
            if stage.name:
                names.setdefault(stage.name, []).append(stage)
        return names

    def stage_before(self, name: str | None, index: int) -> Stage | None:
        """The last stage of this name above stage number `index`."""
        if name is None:
            return None
        named = self._names.get(name.lower(), [])
        before = bisect_left(named, index, key=lambda stage: stage.index)
        return named[before - 1] if before else None

    def stage(self, target: str | None) -> Stage | None:
        """The stage that `docker build --target` builds: by name or number, the last without one; None if there is no such."""
        if not self.stages:
            return None
        if not target:
            return self.stages[-1]
        if target.isdecimal() and len(target) < 6:
            return self.stages[int(target)] if int(target) < len(self.stages) else None
        return self.stage_before(target, len(self.stages))

    @cached_property
    def builds(self) -> "list[Build]":
        """The compose services that build this file."""
        from prodlint.core.builds import builds_of

        return builds_of(self.project, self.source.path)

    @cached_property
    def development(self) -> bool:
        """Whether its name or its folder says that it is no production image."""
        return _DEVELOPMENT.search(self.source.path.lower()) is not None

    @cached_property
    def shipped(self) -> list[Stage]:
        """The stages that become images for production; empty when that cannot be known, or none does."""
        if self.faults or not self.stages:
            return []
        targeted = self._targeted()
        if targeted:
            return targeted
        if self.development:
            return []
        return _production(self.stages)

    def _targeted(self) -> list[Stage]:
        """The stages that compose services build, without those for development when there are others."""
        stages = {
            stage.index: stage for build in self.builds if (stage := self.stage(build.target))
        }
        chosen = [stages[index] for index in sorted(stages)]
        serious = [stage for stage in chosen if not _DEVELOPMENT_STAGE.search(stage.name)]
        return serious


def _production(stages: Iterable[Stage]) -> list[Stage]:
    """The last stage; when it is named for development, the leaf that is named for production, if there is one."""
    stages = list(stages)
    last = stages[-1]
    if not _DEVELOPMENT_STAGE.search(last.name):
        return [last]
    used = {stage.parent.index for stage in stages if stage.parent}
    leaves = [
        stage
        for stage in stages[:-1]
        if stage.index not in used and _PRODUCTION_STAGE.search(stage.name)
    ]
    return leaves[-1:]
