"""The image runs as root."""

from prodlint.core import ERROR, WARNING, YES, Finding, Findings, Related
from prodlint.dockerfile.advice import unprivileged
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    for image in dockerfile.running:
        if image.runs_as_root is not YES:
            continue
        stage, related, name = image.stage, image.reasons, image.stage.image_name
        user = stage.user.instruction
        span, why = stage.reference_span, "no USER follows"
        if user is not None:
            span, why = user.value_span, "this is its last USER"
        elif stage.root is not stage:
            related.append(Related(stage.root.reference_span, "the base image is named here"))
        if image.workers:
            message = f"{image.title} starts {image.workers} as root, and its master process stays root: {why}"
            yield Finding(span, message, unprivileged(image), related, WARNING)
        else:
            like = f", as {name} does" if user is None and name != "scratch" else ""
            message = f"{image.title} runs as root{like}: {why}"
            yield Finding(span, message, unprivileged(image), related)
