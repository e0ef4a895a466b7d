"""A job that deploys has no time limit: a deployment that hangs holds the runner for six hours."""

from prodlint.ci.model import Workflow
from prodlint.core import WARNING, Finding, Findings

LEVEL = WARNING
ENABLED = False


def check(workflow: Workflow) -> Findings:
    from prodlint.ci.gates import deploys, key

    for job in workflow.jobs:
        limited = "timeout-minutes" in job.node or all(
            "timeout-minutes" in step.node for step in job.steps
        )
        if not workflow.system and job.name and not limited and deploys(job):
            yield Finding(
                key(job),
                f"job `{job.name}` deploys without a time limit: when it hangs, the next deployment waits for up to six hours",
                help="write `timeout-minutes: 15`, a little more than it takes",
            )
