"""A file with credentials, or a secret build argument, stays in the image for everyone who can pull it."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.dockerfile.credentials import build_secrets, copied_secrets
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    for image in dockerfile.shipped:
        for copied in copied_secrets(image.stage):
            source = dockerfile.project.source(copied.tracked) if copied.tracked else None
            held = [Related(source.line_span(1), "is tracked")] if source is not None else []
            yield Finding(
                copied.span,
                f"{image.title} ships {copied.name}: whoever can pull it can read the credentials in it",
                "give it to the container when it starts; for one command of the build:\n"
                f"RUN --mount=type=secret,id=secret,target={copied.name} …",
                [*held, *image.reasons],
            )
        for argument in build_secrets(image.stage):
            where = "in its environment" if argument.kept_by.keyword == "ENV" else "in its history"
            yield Finding(
                argument.span,
                f"{image.title} keeps what it is given for {argument.name} {where}, for whoever can pull it",
                "mount it for the command that needs it (docker build --secret), and drop the ARG:\n"
                f"RUN --mount=type=secret,id={argument.name},env={argument.name} …",
                [
                    Related(
                        argument.kept_by.keyword_span, f"this {argument.kept_by.keyword} records it"
                    ),
                    *image.reasons,
                ],
            )
