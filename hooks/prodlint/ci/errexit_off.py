"""A script goes on although its tests, its build or its deployment failed: the shell is not told to stop."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.core.lazy import lazy

LEVEL = ERROR
_MAY_GO_ON = lazy(r"set \+|\{0\}|\bssh\b|sh -|pwsh|powershell|\bcmd\b|windows|sh <<|\beval\b")
_MAX_RELATED = 5


def check(workflow: Workflow) -> Findings:
    if not workflow.system and not _MAY_GO_ON.search(workflow.source.text):
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
