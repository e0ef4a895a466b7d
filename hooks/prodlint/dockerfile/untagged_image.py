"""The shipped image builds on whatever `latest` is on the day of the build."""

from prodlint.core import WARNING, Finding, Findings
from prodlint.dockerfile.base_image import bases, movable
from prodlint.dockerfile.model import Dockerfile

LEVEL = WARNING


def check(dockerfile: Dockerfile) -> Findings:
    for base in bases(dockerfile):
        if base.tag not in ("", "latest") or not movable(base, dockerfile.project):
            continue
        what = "" if base.tag else ", which without a tag is latest"
        yield Finding(
            base.span,
            f"the image builds on {base.name}{what}: the next build may ship another version of it, and no build can be repeated",
            f"name the version that was tested, as {base.repository}:<version>, or its digest",
            base.related,
        )
