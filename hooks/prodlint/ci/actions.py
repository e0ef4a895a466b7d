"""The actions that steps use, and where those are taken from."""

from collections.abc import Iterator

from prodlint.ci.model import Step, Workflow
from prodlint.core.source import Span
from prodlint.core.yaml import Scalar, find
from prodlint.typed import NamedTuple

BRANCHES = ("main", "master", "develop", "dev", "trunk", "head")
# Made to be taken from a branch, with the version as an input.
_BY_INPUT = {"dtolnay/rust-toolchain": "toolchain"}


class Taken(NamedTuple):
    """An action from a branch; `where` is the job, or the action, that runs it."""

    span: Span
    action: str
    branch: str
    where: str


def from_branches(workflow: Workflow) -> Iterator[Taken]:
    """The actions of other owners that are taken from a branch."""
    for job in workflow.jobs:
        where = f"job `{job.name}`" if job.name else "the action"
        for step in job.steps:
            uses = step.node.get("uses")
            if isinstance(uses, Scalar) and _is_foreign(step, uses.text):
                action, _, ref = uses.text.rpartition("@")
                if ref.lower() in BRANCHES:
                    yield Taken(uses.span, action, ref, where)


def _is_foreign(step: Step, uses: str) -> bool:
    owner = uses.partition("/")[0].lower()
    local = uses.startswith((".", "docker:")) or owner == step.job.workflow.project.owner
    given = _BY_INPUT.get(uses.partition("@")[0])
    return not local and not (given and find(step.node, "with", given))
