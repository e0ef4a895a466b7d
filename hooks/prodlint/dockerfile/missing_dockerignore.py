"""The whole folder is copied into the image, with what no `.dockerignore` leaves out."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.dockerfile.context import named_by
from prodlint.dockerfile.ignores import strays
from prodlint.dockerfile.model import Dockerfile

LEVEL = WARNING


def check(dockerfile: Dockerfile) -> Findings:
    for stray in strays(dockerfile):
        folder, source = stray.context.folder, stray.context.ignore_file
        *first, last = stray.names
        what = f"{', '.join(first)} and {last}" if first else last
        if source is None:
            why, where = (
                "there is no .dockerignore",
                f"write {folder}/.dockerignore".replace(" /", " "),
            )
        else:
            why, where = f"{source.path} does not leave it out", f"write into {source.path}"
        related = [Related(source.line_span(1), "it is read here")] if source is not None else []
        yield Finding(
            stray.span,
            f"the build copies {what} of the machine that it runs on: {why}",
            "\n".join([f"{where}:", *stray.missing]),
            related + named_by(dockerfile, folder),
        )
