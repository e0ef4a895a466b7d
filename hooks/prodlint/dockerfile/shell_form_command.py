"""A shell stands between the container and its program, which never receives SIGTERM."""

from prodlint.core import WARNING, Finding, Findings
from prodlint.dockerfile.model import Dockerfile

LEVEL = WARNING


def check(dockerfile: Dockerfile) -> Findings:
    for image in dockerfile.running:
        found = image.detached
        if found is None:
            continue
        one, program = found.instruction, found.program
        help = f'write it in exec form:\n{one.keyword} ["{program}", …]'
        if found.shell:
            help = f"let the program take the place of the shell:\n{one.keyword} exec {program} …"
        yield Finding(
            one.value_span,
            f"{image.title} starts {program} below a shell that keeps SIGTERM to itself: "
            "docker stop waits ten seconds and kills it",
            help,
            image.reasons,
        )
