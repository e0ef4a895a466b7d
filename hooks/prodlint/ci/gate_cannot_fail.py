"""A linter, a scan or the tests run with an option that makes them end well whatever they find."""

from prodlint.ci.model import Workflow
from prodlint.core import WARNING, Finding, Findings
from prodlint.core.lazy import lazy

LEVEL = WARNING
# What the options and inputs have in common that keep a gate from failing; those of one letter are told by the tool.
_SIGNS = (
    *("exit-", "-exit", "_exit", "exit_", "-fail", "fail-build", "fail_action", "failure.ignore"),
    *("warn-only", "kipTests", "test.skip", "-thresholds", "--force", "--ignore-errors"),
    *("--continue-on-error", "audit-level"),
)
_TOOLS = ("make", "mvn", "checkov", "tfsec", "ruff", "zap-")
_LETTERS = lazy(r"\b(?:make|mvnw?|checkov|tfsec|ruff)\b.* -[fise]|zap-.* -I")


def _may_pass(text: str) -> bool:
    if any(sign in text for sign in _SIGNS):
        return True
    return any(tool in text for tool in _TOOLS) and _LETTERS.search(text) is not None


def check(workflow: Workflow) -> Findings:
    if not _may_pass(workflow.source.text):
        return
    from prodlint.ci.soft import soft, untested

    for one in soft(workflow, _may_pass):
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
