"""CI runs a script, a make target or a file that the repository does not have."""

from prodlint.ci.model import Workflow
from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.ci.missing import Missing

LEVEL = ERROR


def check(workflow: Workflow) -> Findings:
    for found in workflow.missing:
        where = f"{found.home.path} does not have" if found.home else "is not committed"
        yield Finding(
            found.call.span,
            f"job `{found.call.step.job.name}` runs {found.what}, which {where}: the command can only fail",
            help=_help(found),
            related=[Related(found.home, "is where it would stand")] if found.home else (),
        )


def _help(found: "Missing") -> str:
    meant = f"did you mean {found.meant}? Else " if found.meant else ""
    place = f"add it to {found.home.path}" if found.home else "commit it"
    return f"{meant}{place}; where such a step is green, something hides that it fails"
