"""Tests, a build, a scan or a deployment may fail, and `continue-on-error` keeps the job green."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(workflow: Workflow) -> Findings:
    if "continue-on-error" not in workflow.source.text:
        return
    from prodlint.ci.tolerated import tolerated

    for one in tolerated(workflow):
        job = f"job `{one.job.name}`" if one.job.name else "the action"
        kept = "the workflow" if one.whole else job
        help = (
            "drop it; a job that is only advice may be red as long as no other needs it"
            if one.whole
            else "drop it, or give the step an id and let a later one decide by `steps.<id>.outcome`"
        )
        yield Finding(
            one.span, f"`{one.name}` can fail and {kept} stays green: continue-on-error", help=help
        )
