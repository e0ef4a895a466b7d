"""The image carries the compiler or build tools that only its build needs."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.dockerfile.advice import leave_behind, second_stage
from prodlint.dockerfile.model import Dockerfile

LEVEL = WARNING


def check(dockerfile: Dockerfile) -> Findings:
    for image in dockerfile.running:
        built, base, related = image.compiled_here, image.stage.root, image.reasons
        if built is not None:
            yield Finding(
                base.reference_span,
                f"{image.title} ships {base.image_name}: the compiler, the sources and the build cache",
                second_stage(image),
                [
                    Related(built.keyword_span, "the program is built in the image that runs it"),
                    *related,
                ],
            )
        for leftover in image.leftovers:
            yield Finding(
                leftover.span,
                f"{image.title} ships {' and '.join(leftover.names[:3])}, which only its build needs",
                leave_behind(image, leftover.names),
                related,
            )
