"""A `RUN` goes on although an install, a build, a test or a migration failed, and the image ships without it."""

from prodlint.core import ERROR, WARNING, Finding, Findings
from prodlint.dockerfile.model import Dockerfile
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.dockerfile.swallowed import Lost

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    text = dockerfile.source.text
    if not any(sign in text for sign in ("|", ";", "<<", " & ")):
        return
    from prodlint.dockerfile.swallowed import lost

    for one in lost(dockerfile):
        level = WARNING if one.optional else ERROR
        yield Finding(one.span, _message(one), _help(one), level=level)


def _message(one: "Lost") -> str:
    name, shown = one.use.label, one.shown
    if one.kind == "leave":
        return f"`{name}` is left out and the image is built all the same when `cd` fails: `{shown}` ends the script well"
    meant = one.last != name
    why = {
        "or": f"`{shown}` covers all that is chained before it, not only `{one.last}`"
        if meant
        else f"`{shown}` throws its result away",
        "if": "no branch of this `if` fails",
        "background": "it runs in the background, and the script never asks how it ended",
        "sequence": f"without `set -e` the script goes on, and only `{shown}` decides how it ends",
        "pipe": f"without pipefail the pipe ends as `{shown}` does",
    }[one.kind]
    return f"`{name}` can fail and the image is built all the same: {why}"


def _help(one: "Lost") -> str:
    if one.kind == "leave":
        return "drop it: a failed `cd` then stops the build"
    if one.kind == "if":
        return "add a branch that ends with `exit 1`, or run the command outside of `if`"
    if one.kind == "background":
        return "drop `&`, or keep its process by `pid=$!` and write `wait $pid`: `wait` alone never fails"
    if one.kind == "sequence" and one.shown in ("true", ":", "exit 0"):
        return (
            f"drop `{one.shown}`: a build that stops is seen, an image that lacks something is not"
        )
    if one.kind == "sequence":
        return "join the commands by `&&`, or begin the script with `set -e`"
    if one.kind == "pipe":
        return 'write above, with the shell that the image has:\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]'
    if one.guarded:
        return "write `if …; then …; fi`: without the file nothing is run, and a failure stops the build"
    if one.last != one.use.label:
        return f"put braces around what may fail: `{{ {one.last} {one.shown}; }}`, and drop it if that is nothing"
    return f"drop `{one.shown}`: a build that stops is seen, an image that lacks something is not"
