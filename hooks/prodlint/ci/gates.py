"""What the jobs of a workflow are for: which hold gates, which deploy, which only speak of the others."""

from collections.abc import Iterator

from prodlint.ci.model import Job, Step, Workflow
from prodlint.core.commands.families import DEPLOY, LINT, SAY, SCAN, TEST
from prodlint.core.commands.purpose import Use
from prodlint.core.lazy import lazy
from prodlint.core.shell import Command, Group, If, Script
from prodlint.core.source import Span
from prodlint.core.swallow.reader import command_use
from prodlint.core.yaml import Scalar, mapping, sequence, text
from prodlint.typed import NamedTuple

_CHECKS = (TEST, LINT, SCAN)
# Actions that put something into production; what they are named after, without the owner.
_DEPLOYERS = lazy(
    r"(?i)/(?:[\w.-]*deploy[\w.-]*|flyctl-actions|ssh-action|scp-action|ftp-deploy-action|vercel-action|wrangler-action|"
    r"gh-action-pypi-publish|actions-gh-pages)(?:/|@|$)"
)
# Of the commands that may deploy, those that a test does not need.
_DEPLOYING = (
    *(
        "kubectl",
        "oc",
        "helm",
        "helmfile",
        "argocd",
        "terraform",
        "terragrunt",
        "pulumi",
        "cdk",
        "serverless",
        "sam",
    ),
    *(
        "aws",
        "gcloud",
        "az",
        "vercel",
        "netlify",
        "fly",
        "railway",
        "heroku",
        "eb",
        "firebase",
        "wrangler",
        "surge",
    ),
    *("gh-pages", "mkdocs", "mike", "kamal", "twine", "semantic-release", "goreleaser"),
)
# With other spellings.
_WRITTEN = frozenset((*_DEPLOYING, "tofu", "sls", "flyctl", "publish"))
_WORDS = lazy(r"[\w.-]+")
_NEWS = lazy(r"(?i)notif|slack|discord|mail|comment|clean")
_NO_DEPLOYERS = lazy(
    r"(?i)setup|preview|status|comment|deployment-?(?:status|info)|upload|delete|cleanup"
)
_ALWAYS = lazy(r"\balways\(\)|!\s*cancelled\(\)")
_ASKS = lazy(r"needs\.[\w*-]+\.(?:result|outputs)|\bfailure\(\)|\bsuccess\(\)|==\s*'success'")
_RESULT = lazy(r"needs\.[\w*-]+\.result|toJSON\(needs\)")


class Ungated(NamedTuple):
    """A job that deploys whatever the checks say: `why`, at `span`, and the jobs that check."""

    job: Job
    span: Span
    why: str
    checks: list[Job]


def condition(job: Job) -> str:
    return text(job.node.get("if")) or ""


def needs(job: Job) -> list[str]:
    listed = job.node.get("needs")
    return [node.text for node in (listed, *sequence(listed)) if isinstance(node, Scalar)]


def key(job: Job, name: str = "") -> Span:
    """The name of a job, or of one of its keys."""
    jobs = mapping(job.workflow.root.get("jobs"))
    place = job.node.key(name) if name else jobs.key(job.name)
    return place.span if place else job.node.span


def holds_checks(job: Job) -> bool:
    return any(use.family in _CHECKS for _, use in job.uses)


def deploys(job: Job) -> bool:
    """Whether it puts something into production; previews and what only says so in its name do not count."""
    for step in job.steps:
        action = step.setting("uses")
        if _DEPLOYERS.search(action) and not _NO_DEPLOYERS.search(action):
            return True
    return any(
        _puts_out(use)
        for step in job.steps
        if step.run and not _WRITTEN.isdisjoint(_WORDS.findall(step.run.text))
        for _, use in step.uses
    )


def _puts_out(use: Use) -> bool:
    named = use.task.partition(" ")[0] in _DEPLOYING
    return use.family == DEPLOY and (named or "publish" in (use.task, *use.operands))


def ungated(workflow: Workflow) -> Iterator[Ungated]:
    deploying = [job for job in workflow.jobs if job.name and deploys(job)]
    if not deploying:
        return
    by_name = {job.name: job for job in workflow.jobs}
    checking = [job for job in workflow.jobs if holds_checks(job) and not _only_pull_requests(job)]
    for job in deploying:
        if job in checking:
            continue
        before = _before(job, by_name)
        gates = [one for one in checking if one.name in before]
        stated = condition(job)
        if gates and _ALWAYS.search(stated) and not _ASKS.search(stated):
            yield Ungated(job, key(job, "if"), "even after a failure of", gates)
        elif checking and not any(
            holds_checks(by_name[name]) for name in before if name in by_name
        ):
            yield Ungated(job, key(job), "without waiting for", checking)


def _only_pull_requests(job: Job) -> bool:
    return "pull_request" in condition(job)


def _before(job: Job, by_name: dict[str, Job]) -> set[str]:
    """The names of all jobs that must end before one begins."""
    found: set[str] = set()
    queue = needs(job)
    while queue:
        name = queue.pop()
        if name not in found:
            found.add(name)
            queue += needs(by_name[name]) if name in by_name else []
    return found


def hollow(workflow: Workflow) -> Iterator[Job]:
    """The jobs that run whatever happened, speak of how other jobs ended, and cannot fail."""
    for job in workflow.jobs:
        said = workflow.source.text[job.node.start : job.node.end]
        tells = needs(job) and _ALWAYS.search(condition(job)) and _RESULT.search(said)
        if tells and job.steps and all(map(_only_speaks, job.steps)) and not _NEWS.search(job.name):
            yield job


def _only_speaks(step: Step) -> bool:
    return step.run is not None and step.shell.posix and _speaks(step.script)


def _speaks(script: Script | None) -> bool:
    """Whether a script only says something, and so cannot fail."""
    nodes = (
        [node for item in script.items for one in item.pipelines for node in one.commands]
        if script
        else [None]
    )
    return all(map(_is_speech, nodes))


def _is_speech(node: object) -> bool:
    if isinstance(node, Command):
        words = [word.text for word in node.words]
        return not words or words == ["exit", "0"] or command_use(node).family == SAY
    if isinstance(node, If):
        bodies = [branch.body for branch in node.branches]
        return all(map(_speaks, [*bodies, node.otherwise] if node.otherwise else bodies))
    return isinstance(node, Group) and _speaks(node.body)
