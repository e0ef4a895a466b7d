"""The HEALTHCHECK runs a program that the image does not have, so the container is never healthy."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    for one in dockerfile.health_checks:
        call, image = one.missing, one.image
        if call is None:
            continue
        runs = "needs a shell" if call.name == "sh" else f"runs {call.name}"
        name = image.stage.image_name
        yield Finding(
            call.span,
            f"the HEALTHCHECK {runs}, which {name} does not have and nothing installs: the container is never healthy",
            one.instead,
            [
                *image.reasons,
                Related(image.stage.root.reference_span, f"builds {image.title} on {name}"),
            ],
        )
