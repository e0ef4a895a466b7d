"""The image that ships starts a development server."""

from prodlint.core import ERROR, Finding, Findings
from prodlint.dockerfile.model import Dockerfile
from prodlint.dockerfile.servers import development_server, started_by

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    for image in dockerfile.shipped:
        server = development_server(image)
        command = started_by(image.stage, server) if server is not None else None
        if server is None or command is None:
            continue
        through = f" through {server.script.span.path}" if server.script else ""
        yield Finding(
            command.value_span,
            f"{image.title} starts {server.name}{through}: a development server, made neither for load nor for strangers",
            server.advice,
            [*([server.script] if server.script else []), *image.reasons],
        )
