"""A linter, a scan or the tests run with an option that makes them end well whatever they find."""

from prodlint.ci.model import Workflow
from prodlint.core import WARNING, Finding, Findings
from prodlint.core.lazy import lazy

LEVEL = WARNING
_OPTION = lazy(
    r"exit[-_ ]?(?:zero|code|on)|soft[-_]fail|no-fail|fail[-_](?:build|action|never)|warn-only|allow-failure|skipTests|test\.skip"
    r"|failure\.ignore|--no-exit|-thresholds|--force|--ignore-errors|continue-on-error|\b(?:make|mvnw?|checkov|tfsec|ruff)\b.* -[fise]|zap-.* -I|audit-level"
)


def check(workflow: Workflow) -> Findings:
    if not _OPTION.search(workflow.source.text):
        return
    from prodlint.ci.soft import soft, untested

    for one in soft(workflow):
        yield Finding(
            one.span,
            f"`{one.name}` ends well whatever it finds: `{one.option}`, and nothing in this workflow runs {one.tool} without it",
            help=f"drop `{one.option}`; to begin with, accept today's findings in a baseline or limit what it looks for",
        )
    if "kip" in workflow.source.text:
        for one in untested(workflow):
            yield Finding(
                one.span,
                f"`{one.name}` leaves the tests out, and no workflow of this repository runs them",
                help=f"drop `{one.option}`, or run `mvn verify` in a job before",
            )
