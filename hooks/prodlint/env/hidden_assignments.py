"""Assignments stand behind a literal \\n instead of on lines of their own, so no loader reads them."""

from prodlint.core import ERROR, Finding, Findings
from prodlint.env.model import EnvFile, short

LEVEL = ERROR


def check(env: EnvFile) -> Findings:
    for hidden in env.hidden:
        count = len(hidden.names)
        if count < 2:
            continue
        where = "this comment" if hidden.comment else "this value"
        first, last = short(hidden.names[0]), short(hidden.names[-1])
        source, start, end = hidden.span
        shown = start + hidden.span.text.index(hidden.names[0]) + len(hidden.names[0])
        yield Finding(
            source.span(start, shown) if hidden.comment else hidden.span,
            f"{count} assignments stand in {where} behind a literal \\n, from {first} to {last}: no loader reads them",
            help="write a line break for each \\n",
            secret=not hidden.comment,
            masked=[source.span(shown, end)],
        )
