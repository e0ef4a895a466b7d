"""A step that is named after tests, a linter or a deployment only prints something."""

from prodlint.ci.model import Workflow
from prodlint.core import WARNING, Finding, Findings

LEVEL = WARNING


def check(workflow: Workflow) -> Findings:
    text = workflow.source.text
    if "echo" not in text and "printf" not in text:
        return
    from prodlint.ci.placeholders import placeholders

    for one in placeholders(workflow):
        yield Finding(
            one.span,
            f"{one.what} only prints something: it is green whatever the state of the code",
            help="run the real command, or remove the step until there is one",
            related=one.related,
        )
