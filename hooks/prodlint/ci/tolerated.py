"""Steps and jobs that `continue-on-error`, `allow_failure` and the like keep green."""

from collections.abc import Iterator

from prodlint.ci.evidence import covered, mended, reported
from prodlint.ci.model import Job, Step, Workflow
from prodlint.ci.terms import Switch
from prodlint.core.lazy import lazy
from prodlint.typed import NamedTuple

_AFTER_FAILURE = lazy(r"(?<!!)\bfailure\(\)")
# Actions that are gates themselves: what they check, or put into production, counts.
_GATES = lazy(
    r"(?i)(?:aquasecurity/trivy-action|snyk/actions|github/codeql-action/analyze|sonarsource/|anchore/scan-action|zaproxy/"
    r"|bridgecrewio/checkov-action|gitleaks/gitleaks-action|trufflesecurity/trufflehog|semgrep/|returntocorp/semgrep-action"
    r"|actions/dependency-review-action|cypress-io/github-action|forallsecure/mapi-action|grafana/(?:k6|run-k6)-action|golangci/golangci-lint-action"
    r"|(?:super-linter|github)/super-linter|pre-commit/action|hadolint/hadolint-action|psf/black|astral-sh/ruff-action"
    r"|docker/build-push-action|pypa/gh-action-pypi-publish|appleboy/ssh-action|amondnet/vercel-action|nwtgck/actions-netlify"
    r"|cloudflare/wrangler-action|azure/(?:webapps|k8s)-deploy|azure/k8s-deploy|aws-actions/amazon-ecs-deploy-task-definition"
    r"|google-github-actions/deploy-|firebaseextended/action-hosting-deploy|akhileshns/heroku-deploy)"
)


class Tolerated(NamedTuple):
    """A gate that may fail without a sign, because of a `switch`; `whole`: with all of its job."""

    switch: Switch
    job: Job
    name: str
    whole: bool


def tolerated(workflow: Workflow) -> Iterator[Tolerated]:
    for job in workflow.jobs:
        if job.switch:
            gate = next(filter(None, (_gate(step) for step in job.steps)), "")
            if gate and not _asked_for(workflow, job.name, "needs") and not _elsewhere(job):
                yield Tolerated(job.switch, job, gate, True)
            continue
        for step in job.steps:
            gate = _gate(step) if step.switch else ""
            if step.switch and gate and not _excused(step):
                yield Tolerated(step.switch, job, gate, False)


def _gate(step: Step) -> str:
    """The gate of a step, as a message names it; none where the script loses its failure already, which is told there."""
    if any(one.step is step and one.use.gate for one in step.job.workflow.swallowed):
        return ""
    if step.given and step.given.gate:
        return step.given.gate
    action = step.setting("uses")
    if _GATES.match(action):
        return action.partition("@")[0]
    # What `bash $RUNNER_TEMP/audit.sh` is for, its name alone cannot tell.
    labels = (use.label for one, use in step.job.uses if one is step and use.gate)
    return next((label for label in labels if "$" not in label), "") if step.shell.posix else ""


def _excused(step: Step) -> bool:
    name = step.setting("id")
    if (name and _asked_for(step.job.workflow, name, "steps")) or _AFTER_FAILURE.search(
        step.setting("if")
    ):
        return True
    gates = [use for one, use in step.job.uses if one is step and use.gate]
    return covered(step, gates) or mended(step, gates) or reported(step, gates)


def _elsewhere(job: Job) -> bool:
    """Whether other jobs of the pipeline run all of its gates, and must not fail: it tries what will come."""
    gates = [use for _, use in job.uses if use.gate]
    strict = [
        use
        for other in job.workflow.jobs
        if other is not job and not other.switch
        for uses in other.strict_uses.values()
        for use in uses
    ]
    return bool(gates) and all(any(one.covers(use) for one in strict) for use in gates)


def _asked_for(workflow: Workflow, name: str, where: str) -> bool:
    """Whether somebody asks how it ended; its conclusion is success whatever happened."""
    text = workflow.source.text
    asked = ("outcome",) if where == "steps" else ("result", "outputs")
    return any(
        f"{where}.{name}.{one}" in text or f"{where}['{name}'].{one}" in text for one in asked
    )
