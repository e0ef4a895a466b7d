"""The only HEALTHCHECK stands in a stage that never ships, so the image has none."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    found = dockerfile.misplaced
    if found is None:
        return
    image = found.images[0]
    where = f"the stage that begins in line {image.stage.head.line}"
    if image.stage.name:
        where = f"stage {image.stage.label}"
    related = [Related(one.stage.head.span, "begins what ships") for one in found.images]
    related += [
        Related(build.span, f"service {build.service} builds it and adds none")
        for one in found.images
        for build in one.builds
        if not build.healthcheck
    ]
    yield Finding(
        found.healthcheck.keyword_span,
        f"the only HEALTHCHECK is in {found.title}, which never ships: docker cannot tell when the image hangs",
        f"move it to {where}, above its CMD",
        related,
    )
