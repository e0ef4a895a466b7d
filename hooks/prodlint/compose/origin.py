"""The image that a service runs: pulled, or built from a Dockerfile of the repository."""

import re

from prodlint.compose.build import Build
from prodlint.compose.layers import Layer, Value, last
from prodlint.core.answer import NO, UNKNOWN, Answer
from prodlint.core.finding import Related
from prodlint.core.images import Image, known, split
from prodlint.core.lazy import cached_property
from prodlint.core.project import Project
from prodlint.core.source import Span
from prodlint.core.yaml import text
from prodlint.dockerfile import FILES as DOCKERFILES
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.dockerfile.stage import Stage


class Origin:
    """What is known of the image of a service.

    `base` is its name without digest, or of a built one the name of the image below it. `builder` is the Dockerfile that it
    is built from, and `stage` the stage; None for a pulled image. `targeted`: the service names that stage. `place` is where
    a healthcheck of its own is set, or else where the image is named.
    """

    def __init__(
        self,
        base: str,
        image: Image | None,
        healthcheck: Answer,
        place: Span,
        *,
        stage: "Stage | None" = None,
        builder: str = "",
        targeted: bool = False,
    ) -> None:
        self.base = base.partition("@")[0]
        self.image = image
        self.healthcheck = healthcheck
        self.place = place
        self.stage = stage
        self.builder = builder
        self.targeted = targeted

    @cached_property
    def repository(self) -> str:
        return split(self.base).repository

    def tool(self, name: str) -> Answer:
        """Whether it has a program, as `curl`."""
        if self.stage:
            return self.stage.tool(name)
        return self.image.tool(name) if self.image else UNKNOWN

    def may_lack(self, test: Value) -> bool:
        """Whether a test names a program that the image, or the one below it, lacks, as a word or as a part of one."""
        words = " ".join(text(item.node) or "" for item in test.items or [test])
        lacks = self.image.lacks if self.image else frozenset()
        return "sh" in lacks or any(name in words for name in lacks)

    @property
    def gives_none(self) -> str:
        """That it has no healthcheck of its own."""
        if not self.stage:
            return f"{self.base} ships none"
        elsewhere = any(one.keyword == "HEALTHCHECK" for one in self.stage.document.instructions)
        return f"{self.builder} sets none" + (f" in {self._stage_name}" if elsewhere else "")

    @property
    def misplaced(self) -> bool:
        """Whether its Dockerfile has a HEALTHCHECK, and builds the wrong stage, which the dockerfile hook reports."""
        if not self.stage or not re.search(DOCKERFILES, self.builder):
            return False
        found, default = self.stage.document.misplaced, self.stage.document.default
        if default and default.lost and default.stage is self.stage and not self.targeted:
            return True
        return found is not None and any(image.stage is self.stage for image in found.images)

    @property
    def _stage_name(self) -> str:
        name = self.stage.label if self.stage else ""
        return name if name.startswith("stage ") else f"stage {name}"

    @property
    def places(self) -> list[Related]:
        """The line of a Dockerfile that says on what the image is built."""
        if not self.stage or self.stage.document.source.path != self.builder:
            return []
        return [Related(self.stage.root.head.span, f"builds the image FROM {self.base}")]

    @property
    def switched_off(self) -> bool:
        """Whether its Dockerfile says HEALTHCHECK NONE."""
        return (
            self.healthcheck is NO and self.stage is not None and self.stage.healthcheck is not None
        )


def origin(layers: list[Layer], built: Build | None, project: Project) -> Origin | None:
    """The image of a service; None when nothing is known of it."""
    if built:
        return _built(built)
    image = last(layers, "image")
    if not image or not image.text:
        return None
    base = known(image.text, project.config)
    return Origin(image.text, base, base.healthcheck if base else UNKNOWN, image.place)


def _built(built: Build) -> Origin | None:
    document, target = built.document, built.target
    if not document or document.faults:
        return None
    name = target.text if target else None
    stage = None if name and "$" in name else document.stage(name)
    if not stage or _replaced(stage, built):
        return None
    own = (
        stage.healthcheck.span
        if stage.healthcheck and built.builder == stage.document.source.path
        else None
    )
    return Origin(
        stage.image_name,
        stage.base,
        stage.reports_health,
        own or built.written.place,
        stage=stage,
        builder=built.builder,
        targeted=bool(name),
    )


def _replaced(stage: "Stage", built: Build) -> bool:
    """Whether compose builds the stage on something else than the Dockerfile says."""
    if stage.image_name in built.additional_contexts:
        return True
    heads = " ".join(one.head.arguments for one in stage.chain)
    return any(f"${name}" in heads or f"${{{name}" in heads for name in built.arguments)
