"""A gate writes into a pipe, and only the end of the pipe decides whether the step fails."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings
from prodlint.core.lazy import lazy

LEVEL = ERROR
_PIPE = lazy(r"(?<!\|)\|&?[ \t]*(?:[A-Za-z/$]|\\\n)")


def check(workflow: Workflow) -> Findings:
    if not _PIPE.search(workflow.source.text):
        return
    from prodlint.ci.pipes import advice, hidden

    for step, one, use in hidden(workflow):
        end = one.deciding[0].name
        assert step.run is not None
        yield Finding(
            step.run.at(one.start, one.end),
            f"`{use.label}` can fail and {step.job.label} stays green: without pipefail only `{end}`, the end of the pipe, counts",
            help=advice(step),
        )
