"""Which stages can become an image: the last, those that something asks for by name, and those that no other stage uses."""

import re
from collections.abc import Iterator
from contextlib import suppress

from prodlint.core.answer import YES
from prodlint.core.lazy import lazy
from prodlint.core.names import DEVELOPMENT, PRODUCTION, words
from prodlint.core.project import Project
from prodlint.core.scripts import SCRIPTS
from prodlint.core.source import Unreadable, read
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.stage import Stage
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.builds import Build
    from prodlint.dockerfile.model import Dockerfile
    from prodlint.dockerfile.process import Shipped

_MAX_FILES = 2000
_PRODUCTION = PRODUCTION | {"runner", "runtime", "final", "app", "server"}
_TARGET = r"(?i)targets?[\"']?(?:[ \t]*[:=][ \t]*|[ \t]+)\[?[\"']?([\w.-]+)"


class Misplaced(NamedTuple):
    """A HEALTHCHECK in a stage that never ships, and the images that have none for it."""

    healthcheck: Instruction
    stage: Stage
    images: "list[Shipped]"

    @property
    def title(self) -> str:
        """How a person would call the stage."""
        return f"stage {self.stage.label}" if self.stage.name else self.stage.label


class Default(NamedTuple):
    """A stage for development that ships because it is the last, and the one for production.

    `builds` are the compose services that name no stage, `lost` is a HEALTHCHECK of the one for production alone.
    """

    stage: Stage
    production: Stage
    builds: "list[Build]"

    @property
    def lost(self) -> Instruction | None:
        return self.production.healthcheck if self.stage.healthcheck is None else None


def asked_for(project: Project) -> frozenset[str]:
    """The names, in lower case, that a file of the repository gives a build as its target.

    That is `docker build --target`, an input of build-push-action, a target of a bake file.
    """
    names: set[str] = set()
    target = lazy(_TARGET)
    for path in project.matching(lazy(SCRIPTS))[:_MAX_FILES]:
        with suppress(Unreadable):
            names.update(name.lower() for name in target.findall(read(project.root, path).text))
    return frozenset(names)


def misplaced(document: "Dockerfile") -> Misplaced | None:
    """The HEALTHCHECK that no image gets, when an image for production has none; compose may give it one."""
    checks = [
        (stage, one)
        for stage in document.stages
        if (one := _own_check(stage)) is not None and one.command[0] != "NONE"
    ]
    if not checks:
        return None
    images = [image for image in document.running if _lacks_a_check(image)]
    shipping = _shipping(document) if images else set()
    if not images or any(stage.index in shipping for stage, _ in checks):
        return None
    return Misplaced(checks[-1][1], checks[-1][0], images)


def _own_check(stage: Stage) -> Instruction | None:
    return next((one for one in reversed(stage.instructions) if one.keyword == "HEALTHCHECK"), None)


def _lacks_a_check(image: "Shipped") -> bool:
    # What waits for a check that never comes is compose/unhealthy-dependency's.
    waited_for = any(build.awaited for build in image.builds)
    checked = bool(image.builds) and all(build.healthcheck for build in image.builds)
    return (
        image.reports_health is not YES
        and image.stage.healthcheck is None
        and not (waited_for or checked)
    )


def _shipping(document: "Dockerfile") -> set[int]:
    """The stages that an image for production is made of, as far as the repository tells."""
    used = {stage.index for one in document.stages for stage in _uses(one)}
    asked = document.project.once(asked_for)
    ends = [image.stage for image in document.shipped]
    ends += [
        stage
        for stage in document.stages
        if not _for_development(stage) and (stage.index not in used or stage.name in asked)
    ]
    shipping: set[int] = set()
    for end in ends:
        stage: Stage | None = end
        while stage is not None and stage.index not in shipping:
            shipping.add(stage.index)
            stage = stage.parent
    return shipping


def _uses(stage: Stage) -> Iterator[Stage]:
    """The stages that a stage builds on or takes files from."""
    if stage.parent is not None:
        yield stage.parent
    for one in stage.instructions:
        names = [flag.value for flag in one.flags if flag.name == "from"]
        mounts = [flag.value for flag in one.flags if flag.name == "mount"]
        names += [name for mount in mounts for name in re.findall(r"\bfrom=([^,\s]+)", mount)]
        for name in names:
            found = stage.document.stage(name)
            if found is not None and found.index < stage.index:
                yield found


def _for_development(stage: Stage) -> bool:
    return not DEVELOPMENT.isdisjoint(words(stage.name))


def production(stages: list[Stage]) -> Stage | None:
    """The last stage; when that is for development, the last one that is named for production and below no other but such."""
    if not _for_development(stages[-1]):
        return stages[-1]
    used = {stage.parent.index for stage in stages if stage.parent and not _for_development(stage)}
    named = [
        stage
        for stage in stages[:-1]
        if stage.index not in used
        and not _for_development(stage)
        and not _PRODUCTION.isdisjoint(words(stage.name))
    ]
    return named[-1] if named else None


def default(document: "Dockerfile") -> Default | None:
    """The last stage when it is for development, another is for production, and nothing asks for that one."""
    if document.development or document.generated or document.faults or not document.stages:
        return None
    last, serious = document.stages[-1], production(document.stages)
    if serious is None or serious is last or serious.name in document.project.once(asked_for):
        return None
    if any(one.target and document.stage(one.target) is serious for one in document.builds):
        return None
    builds = [one for one in document.builds if not one.target and not one.development]
    return Default(last, serious, builds)
