"""A job deploys without waiting for the tests and checks of its workflow, or although they failed."""

from prodlint.ci.model import Workflow
from prodlint.core import WARNING, Finding, Findings, Related

LEVEL = WARNING


def check(workflow: Workflow) -> Findings:
    if workflow.system or len(workflow.jobs) < 2:
        return
    from prodlint.ci.gates import key, ungated

    for job, span, why, checks in ungated(workflow):
        names = " and ".join(f"`{one.name}`" for one in checks[:3])
        yield Finding(
            span,
            f"job `{job.name}` deploys {why} {names}: what goes to production may have failed there",
            help=f"write `needs: [{', '.join(one.name for one in checks)}]`, and no always()",
            related=[Related(key(checks[0]), "is a check of the same workflow")],
        )
