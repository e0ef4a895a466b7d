"""CI workflows: which failures never reach the person who merges and deploys."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.ci.model import Workflow
    from prodlint.core.project import Project
    from prodlint.core.source import Source

FILES = r"^\.github/workflows/[^/]+\.ya?ml$|(^|/)action\.ya?ml$"
RESTS_ON = rf"{FILES}|(^|/)package\.json$|(^|/)(GNUm|[mM])akefile$|\.(sh|bash|py)$"


def parse(source: "Source", project: "Project") -> "Workflow":
    from prodlint.ci.model import Workflow

    return Workflow(source, project)


def keeps(before: "Source", after: "Source", project: "Project") -> bool:
    from prodlint.ci.fixes import keeps

    return keeps(before, after, project)
