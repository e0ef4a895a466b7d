"""An action of somebody else is taken from a branch: what it does may change between two runs."""

from prodlint.ci.model import Workflow
from prodlint.core import WARNING, Finding, Findings
from prodlint.core.lazy import lazy

LEVEL = WARNING
_BRANCH = lazy(r"@(?i:main|master|develop|dev|trunk|head)\b")


def check(workflow: Workflow) -> Findings:
    if not _BRANCH.search(workflow.source.text):
        return
    from prodlint.ci.actions import from_branches

    for span, action, branch, where in from_branches(workflow):
        yield Finding(
            span,
            f"{action} is taken from its branch {branch}: whoever can push there runs code in {where}, with its secrets",
            help=f"name a release, {action}@v1, or better the commit of one",
        )
