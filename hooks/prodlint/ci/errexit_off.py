"""A script goes on although its tests, its build or its deployment failed: the shell is not told to stop."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings, Related

LEVEL = ERROR
_SIGNS = (
    "set +",
    "{0}",
    "ssh",
    "sh -",
    "powershell",
    "pwsh",
    "cmd",
    "windows",
    "sh <<",
    "eval ",
    "su ",
)
_MAX_RELATED = 5


def check(workflow: Workflow) -> Findings:
    text = workflow.source.text
    if not workflow.system and not any(sign in text for sign in _SIGNS):
        return
    from prodlint.ci.errexit import loose

    for one in loose(workflow):
        first, *rest = one.lost
        related = [
            Related(lost.span, f"`{lost.use.label}` is passed over")
            for lost in one.lost[:_MAX_RELATED]
            if lost.span != one.span
        ]
        more = f" (and {len(rest)} more)" if rest else ""
        yield Finding(
            one.span,
            f"`{first.use.label}`{more} can fail and {one.step.job.label} stays green: {one.why}",
            help=one.instead,
            related=related,
        )
