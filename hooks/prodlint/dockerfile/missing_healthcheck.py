"""The image serves a port, and never reports whether it works."""

from prodlint.core import NO, WARNING, Finding, Findings, Related
from prodlint.dockerfile.advice import health_check
from prodlint.dockerfile.model import Dockerfile

LEVEL = WARNING


def check(dockerfile: Dockerfile) -> Findings:
    # A service that builds it may bring a check of its own: compose/missing-healthcheck knows.
    # One in the wrong stage is dockerfile/unshipped-healthcheck's.
    if dockerfile.builds or dockerfile.misplaced:
        return
    for image in dockerfile.running:
        listening = image.listening
        if listening is None or image.reports_health is not NO or dockerfile.watched:
            continue
        related = [
            Related(
                stage.healthcheck.keyword_span, f"stage {stage.label} has one, but is not shipped"
            )
            for stage in dockerfile.stages
            if stage.healthcheck in stage.instructions
        ]
        yield Finding(
            listening[0],
            f"{image.title} {listening[1]} but has no HEALTHCHECK: docker cannot tell when it hangs",
            health_check(image),
            related,
        )
