"""A script that CI runs throws the failure of its tests, its build or its deployment away."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings, Related

LEVEL = ERROR


def check(workflow: Workflow) -> Findings:
    for call, loss in workflow.indirect_losses:
        from prodlint.ci.fixes import dropped

        yield Finding(
            loss.span,
            f"`{loss.use.label}` can fail and {loss.definition.name}, which CI runs, ends well all the same: {loss.why}",
            help=f"{loss.instead}; who wants to go on after a failure can say so in the step",
            related=[Related(call.span, f"job `{call.step.job.name}` runs it")],
            fix=dropped(loss.span),
        )
