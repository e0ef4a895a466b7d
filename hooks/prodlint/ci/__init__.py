"""CI workflows and pipelines: which failures never reach the person who merges and deploys."""

from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.ci.model import Workflow
    from prodlint.core.project import Project
    from prodlint.core.source import Source

_GITHUB = r"^\.github/workflows/[^/]+\.ya?ml$|(^|/)action\.ya?ml$"
_OTHERS = (
    r"(^|/)[^/]*\.gitlab-ci\.ya?ml$|^\.gitlab/ci/.+\.ya?ml$|(^|/)\.circleci/config\.ya?ml$"
    r"|(^|/)\.?azure[-_]?pipelines?([-_.][^/]*)?\.ya?ml$|(^|/)(\.?azure[-_]?pipelines?|\.azuredevops|\.ado)/.+\.ya?ml$"
    r"|(^|/)bitbucket-pipelines\.ya?ml$|(^|/)\.(drone|travis|woodpecker)\.ya?ml$|(^|/)\.woodpecker/.+\.ya?ml$"
    r"|^\.buildkite/.+\.ya?ml$|(^|/)Jenkinsfile([._-](?!md$|j2$|tmpl$|tpl$|sh$|py$)[\w.-]*)?$"
)
FILES = rf"{_GITHUB}|{_OTHERS}"
# What is found in a workflow of GitHub rests on no other one.
RESTS_ON = rf"{_OTHERS}|(^|/)package\.json$|(^|/)(GNUm|[mM])akefile$|\.(sh|bash|py)$"
FOREIGN = ("# zizmor: ignore[",)


def parse(source: "Source", project: "Project") -> "Workflow":
    from prodlint.ci.model import Workflow

    path = source.path
    if path.startswith(".github/") or path.rpartition("/")[2] in ("action.yml", "action.yaml"):
        return Workflow(source, project)
    from prodlint.ci.systems import system_of

    return Workflow(source, project, system_of(path))


def keeps(before: "Source", after: "Source", project: "Project") -> bool:
    from prodlint.ci.fixes import keeps

    return keeps(before, after, project)
