"""Steps and jobs that `continue-on-error` keeps green."""

from collections.abc import Iterator
from typing import NamedTuple

from prodlint.ci.evidence import covered, mended, reported
from prodlint.ci.gates import uses_of
from prodlint.ci.model import Job, Step, Workflow
from prodlint.core.lazy import lazy
from prodlint.core.source import Span
from prodlint.core.yaml import Mapping, Scalar

KEY = "continue-on-error"
_AFTER_FAILURE = lazy(r"(?<!!)\bfailure\(\)")
# Actions that are gates themselves: what they check, or put into production, counts.
_GATES = lazy(
    r"(?i)(?:aquasecurity/trivy-action|snyk/actions|github/codeql-action/analyze|sonarsource/|anchore/scan-action|zaproxy/"
    r"|bridgecrewio/checkov-action|gitleaks/gitleaks-action|trufflesecurity/trufflehog|semgrep/|returntocorp/semgrep-action"
    r"|actions/dependency-review-action|cypress-io/github-action|grafana/(?:k6|run-k6)-action|golangci/golangci-lint-action"
    r"|(?:super-linter|github)/super-linter|pre-commit/action|hadolint/hadolint-action|psf/black|astral-sh/ruff-action"
    r"|docker/build-push-action|pypa/gh-action-pypi-publish|appleboy/ssh-action|amondnet/vercel-action|nwtgck/actions-netlify"
    r"|cloudflare/wrangler-action|azure/(?:webapps|k8s)-deploy|azure/k8s-deploy|aws-actions/amazon-ecs-deploy-task-definition"
    r"|google-github-actions/deploy-|firebaseextended/action-hosting-deploy|akhileshns/heroku-deploy)"
)


class Tolerated(NamedTuple):
    """A gate that may fail without a sign; `whole`: with all of its job."""

    span: Span
    job: Job
    name: str
    whole: bool


def tolerated(workflow: Workflow) -> Iterator[Tolerated]:
    for job in workflow.jobs:
        if place := _switch(job.node):
            gate = next(filter(None, (_gate(step) for step in job.steps)), "")
            if gate and not _asked_for(workflow, job.name, "needs"):
                yield Tolerated(place, job, gate, True)
            continue
        for step in job.steps:
            place = _switch(step.node)
            gate = _gate(step) if place else ""
            if place and gate and not _excused(step):
                yield Tolerated(place, job, gate, False)


def _switch(node: Mapping) -> Span | None:
    found = node.get(KEY)
    return found.place if isinstance(found, Scalar) and found.value is True else None


def _gate(step: Step) -> str:
    """The gate of a step, as a message names it."""
    action = step.setting("uses")
    if _GATES.match(action):
        return action.partition("@")[0]
    # What `bash $RUNNER_TEMP/audit.sh` is for, its name alone cannot tell.
    labels = (use.label for one, use in uses_of(step.job) if one is step and use.gate)
    return next((label for label in labels if "$" not in label), "") if step.shell.posix else ""


def _excused(step: Step) -> bool:
    name = step.setting("id")
    if (name and _asked_for(step.job.workflow, name, "steps")) or _AFTER_FAILURE.search(
        step.setting("if")
    ):
        return True
    gates = [use for one, use in uses_of(step.job) if one is step and use.gate]
    return covered(step, gates) or mended(step, gates) or reported(step, gates)


def _asked_for(workflow: Workflow, name: str, where: str) -> bool:
    """Whether somebody asks how it ended; its conclusion is success whatever happened."""
    text = workflow.source.text
    asked = ("outcome",) if where == "steps" else ("result", "outputs")
    return any(
        f"{where}.{name}.{one}" in text or f"{where}['{name}'].{one}" in text for one in asked
    )
