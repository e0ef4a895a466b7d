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
        help = f"let the program take the place of the shell:\n{one.keyword} exec {program} …"
        if found.words:
            help = f"write it in exec form:\n{one.keyword} {_exec_form(program, found.words)}"
        yield Finding(
            one.value_span,
            f"{image.title} starts {program} below a shell that keeps SIGTERM to itself: "
            "docker stop waits ten seconds and kills it",
            help,
            image.reasons,
        )


def _exec_form(program: str, words: list[str]) -> str:
    """The JSON form, without options: one of them may be a password."""
    from json import dumps

    if len(words) > 3 or any(word.startswith("-") for word in words):
        return f'["{program}", …]'
    return dumps(words, ensure_ascii=False)
