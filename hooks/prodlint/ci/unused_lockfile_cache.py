"""CI caches by a lock file that is not there, or installs without heed to the one that is."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, WARNING, Finding, Findings, Related

LEVEL = WARNING


def check(workflow: Workflow) -> Findings:
    text = workflow.source.text
    if "cache:" not in text and "npm i" not in text:
        return
    from prodlint.ci.lockfiles import passed_over

    for one in passed_over(workflow):
        related = [Related(span, "the same once more") for span in one.again]
        level = ERROR if one.fails else WARNING
        yield Finding(one.span, one.message, help=one.help, related=related, level=level)
