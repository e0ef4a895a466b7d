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
    from prodlint.dockerfile.process import Shipped

_WORDS = r"(?:^|[/._-])(?:{})(?:[/._-]|$)"
_FOREIGN = re.compile(
    r"(?:^|[/._-])(?:tests?|testing|testdata|fixtures?|e2e|templates?|vendor|third[-_]party|node_modules|archived?)(?:[._-][^/]*)?/"
)
_DEVELOPMENT = re.compile(
    _WORDS.format(
        "dev|devel|development|local|debug|tests?|testing|ci|lint|docs?|hack|bench|benchmarks?|examples?|samples?"
        "|playground|sandbox|devcontainer|gitpod|vscode|storybook|legacy|deprecated|old"
    )
)
_GENERATED = re.compile(
    r"\A(?:#.*\n|\s*\n){0,10}?#.*\b(?:generated (?:by|via|from|with)|do not edit)\b", re.I
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
        if self.one_line or self.foreign:
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
    def foreign(self) -> bool:
        """Whether it lies among test data, templates or code of others: not a file that this project builds."""
        return _FOREIGN.search(self.source.path.lower()) is not None

    @cached_property
    def development(self) -> bool:
        """Whether its name or its folder says that it is no production image."""
        return self.foreign or _DEVELOPMENT.search(self.source.path.lower()) is not None

    @cached_property
    def generated(self) -> bool:
        """Whether its first comments say that it is made from something else, where a fault has to be mended."""
        return _GENERATED.search(self.source.text) is not None

    @cached_property
    def shipped(self) -> "list[Shipped]":
        """The stages that become images for production; empty when that cannot be known, or none does."""
        from prodlint.dockerfile.process import Shipped

        if self.faults or self.generated or not self.stages:
            return []
        builds: dict[int, list[Build]] = {}
        for build in self.builds:
            serious = build.production if self.development else not build.development
            stage = self.stage(build.target) if serious else None
            if stage is not None and not _DEVELOPMENT_STAGE.search(stage.name):
                builds.setdefault(stage.index, []).append(build)
        if builds:
            return [Shipped(self.stages[index], builds[index]) for index in sorted(builds)]
        return (
            [] if self.development else [Shipped(stage, []) for stage in _production(self.stages)]
        )

    @property
    def running(self) -> "list[Shipped]":
        """Those of them whose containers run a program."""
        return [image for image in self.shipped if image.runs]

    @property
    def watched(self) -> bool:
        """Whether a HEALTHCHECK is for others to decide: something outside watches, or the repository makes images for others."""
        from prodlint.dockerfile.probes import collection, probed

        return self.project.once(collection) or self.project.once(probed)


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
