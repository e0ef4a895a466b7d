"""What `--fix` may do to a workflow, or to a script that it runs."""

import re

from prodlint.core.finding import Edit
from prodlint.core.source import Source, Span
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.ci.model import Workflow
    from prodlint.core.project import Project

_NOTHING = r"\|\|[ \t]*(?:true|:|exit[ \t]+0)"


def dropped(swallow: Span) -> list[Edit]:
    """Without `|| true` and the like; nothing where more than that would change."""
    source, start, end = swallow
    while start and source.text[start - 1] in " \t":
        start -= 1
    if not re.fullmatch(_NOTHING, swallow.text) or source.text[start - 1 : start] in (
        "",
        "\n",
        "\r",
    ):
        return []
    return [Edit(Span(source, start, end), "")]


def keeps(before: Source, after: Source, project: "Project") -> bool:
    """Whether a workflow still has the same jobs with the same steps."""
    from prodlint.ci import parse

    if not before.path.endswith((".yml", ".yaml")):
        return True
    old, new = parse(before, project), parse(after, project)
    return len(old.faults) == len(new.faults) and _shape(old) == _shape(new)


def _shape(workflow: "Workflow") -> list[tuple[str, list[str]]]:
    return [(job.name, [",".join(step.node) for step in job.steps]) for job in workflow.jobs]
