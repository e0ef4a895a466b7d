"""A build that names no stage ships the one for development or tests, although another is for production."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    found = dockerfile.default
    if found is None:
        return
    ships, stays = found.stage.label, found.production.label
    builder, instead = (
        "docker build without --target",
        f"move stage {stays} to the end of the file, or build with --target {stays}",
    )
    if found.builds:
        builder = f"service {found.builds[0].service}, which names no target,"
        instead = f"name the stage, below `build:`\ntarget: {stays}"
    related = [Related(build.span, f"builds it for {build.service}") for build in found.builds]
    related.append(Related(found.production.head.span, f"begins stage {stays}"))
    if found.lost is not None:
        related.append(Related(found.lost.keyword_span, "sets a HEALTHCHECK that does not ship"))
    yield Finding(
        found.stage.name_span,
        f"{builder} ships stage {ships}, the last one, and not stage {stays}",
        instead,
        related,
    )
