"""The image runs as root."""

from prodlint.core import ERROR, WARNING, YES, Finding, Findings, Related
from prodlint.dockerfile.advice import unprivileged
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    for image in dockerfile.running:
        if image.runs_as_root is not YES:
            continue
        stage, related = image.stage, image.reasons
        user = stage.user.instruction
        if user is not None:
            span, why = user.value_span, "this is its last USER"
        else:
            span, why = stage.reference_span, f"{stage.image_name} does, and no USER follows"
            why = "nothing sets a USER" if stage.image_name == "scratch" else why
            if stage.root is not stage:
                related.append(Related(stage.root.reference_span, "the base image is named here"))
        if image.workers:
            message = f"{image.title} starts {image.workers} as root, and its master process stays root: {why}"
            yield Finding(span, message, unprivileged(image), related, WARNING)
        else:
            yield Finding(span, f"{image.title} runs as root: {why}", unprivileged(image), related)
