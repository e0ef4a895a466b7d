"""Tests, a build, a scan or a deployment may fail, and `continue-on-error` or its like keeps the job green."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(workflow: Workflow) -> Findings:
    if not workflow.system and "continue-on-error" not in workflow.source.text:
        return
    from prodlint.ci.tolerated import tolerated

    for one in tolerated(workflow):
        kept = one.job.label
        if one.whole:
            kept = "the pipeline" if workflow.system else "the workflow"
        yield Finding(
            one.switch.span,
            f"`{one.name}` can fail and {kept} stays green: {one.switch.name}",
            help=one.switch.instead,
        )
