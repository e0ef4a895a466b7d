"""A workflow or an action cannot be read, so GitHub runs none of it."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(workflow: Workflow) -> Findings:
    for fault in workflow.faults:
        yield Finding(fault.span, fault.message, fault.help)
