"""A job that deploys takes the token that the repository's settings give, which may write everything."""

from prodlint.ci.model import Workflow
from prodlint.core import WARNING, Finding, Findings

LEVEL = WARNING
ENABLED = False


def check(workflow: Workflow) -> Findings:
    if workflow.system or "permissions" in workflow.root:
        return
    from prodlint.ci.gates import deploys, key

    for job in workflow.jobs:
        if job.name and "permissions" not in job.node and deploys(job):
            yield Finding(
                key(job),
                f"job `{job.name}` deploys with whatever rights the repository's settings give its token: every action in it has them too",
                help="write\\npermissions:\\n  contents: read",
            )
