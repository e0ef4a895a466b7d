"""A job that is to tell how the others ended stays green whatever they did."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(workflow: Workflow) -> Findings:
    if "needs" not in workflow.source.text or "()" not in workflow.source.text:
        return
    from prodlint.ci.gates import hollow, key, needs

    for job in hollow(workflow):
        yield Finding(
            key(job),
            f"job `{job.name}` only prints how {_listed(needs(job))} ended and is green all the same: whoever looks at it, or requires it, learns of no failure",
            help="end it with\n"
            "- if: contains(needs.*.result, 'failure') || contains(needs.*.result, 'cancelled')\n"
            "  run: exit 1",
        )


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
