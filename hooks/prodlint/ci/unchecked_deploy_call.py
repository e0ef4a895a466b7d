"""A step asks a server to deploy with curl, and stays green when the server refuses."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(workflow: Workflow) -> Findings:
    if "curl" not in workflow.source.text:
        return
    from prodlint.ci.deploy_calls import unchecked

    for step, span in unchecked(workflow):
        yield Finding(
            span,
            f"the deployment that curl asks for can be refused and {step.job.label} stays green: without --fail, curl ends well on a 404 or a 500",
            help="write `curl --fail-with-body …`, or `curl -f …` with a curl before 7.76",
        )
