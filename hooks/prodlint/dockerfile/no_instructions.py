"""The file builds nothing: it is empty, one comment, or has no FROM."""

from prodlint.core import ERROR, Finding, Findings
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    built = dockerfile.stages and not dockerfile.one_line
    if built or dockerfile.faults or dockerfile.foreign:
        return
    place = dockerfile.source.line_span(1)
    if dockerfile.one_line:
        yield Finding(
            place,
            "this file is one line: the characters \\n stand in it where lines should end, so docker build cannot use it",
            "write real line ends, for example with: printf '%b' \"$(cat Dockerfile)\" > Dockerfile.new",
        )
    elif dockerfile.instructions:
        first = dockerfile.instructions[0]
        yield Finding(first.keyword_span, "this file has no FROM, so it builds no image")
    else:
        what = "holds only comments" if dockerfile.source.text.strip() else "is empty"
        yield Finding(place, f"this file {what}: docker build stops with an error", "remove it")
