"""USER names an account that the image does not have, so its containers do not start."""

from prodlint.core import ERROR, Finding, Findings
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    for image in dockerfile.shipped:
        if not image.names_user:
            continue
        from prodlint.dockerfile.accounts import missing

        account = missing(image)
        if account is not None:
            yield Finding(
                account.span,
                f"{image.title} runs as {account.kind} {account.name}, which {image.stage.image_name} does not have and nothing"
                " here creates: its containers do not start",
                account.advice,
                image.reasons,
            )
