"""Who watches the health of a repository's containers: Kubernetes, a platform with checks of its own, or somebody else."""

import posixpath
import re
from contextlib import suppress

from prodlint.core.builds import builds_of
from prodlint.core.project import Project
from prodlint.core.source import Unreadable, read

MAX_FILES = 2000
MANY = 40
_YAML = re.compile(r"\.(?:ya?ml|ya?ml\.\w+|tpl)$")
_WORKLOAD = re.compile(
    r"^kind:\s*[\"']?(?:Deployment|StatefulSet|DaemonSet|Pod|Rollout|Service)\b", re.M
)
_SETTINGS = {
    "fly.toml": "check",
    "render.yaml": "healthCheckPath",
    "railway.json": "healthcheckPath",
    "railway.toml": "healthcheckPath",
    "Chart.yaml": "",
    "kustomization.yaml": "",
    "skaffold.yaml": "",
}
_TASK = re.compile(r"task[-_]?def[^/]*\.json$")


def collection(project: Project) -> bool:
    """Whether the repository is a collection of images for others, who know best what healthy means where they run them.

    Docker's official images bring no checks for that reason (docker-library/faq). Taken for one: 40 Dockerfiles and more, of
    which compose services build less than one in ten.
    """
    paths = [path for path in project.files if "dockerfile" in posixpath.basename(path).lower()]
    if len(paths) < MANY:
        return False
    return sum(bool(builds_of(project, path)) for path in paths) * 10 < len(paths)


def probed(project: Project) -> bool:
    """Whether the repository says that its containers are watched from outside; Kubernetes ignores a HEALTHCHECK."""
    manifests = []
    for path in project.files:
        name = posixpath.basename(path)
        if name in _SETTINGS or _TASK.search(name):
            if _SETTINGS.get(name, "healthCheck") in _text(project, path):
                return True
        elif _YAML.search(name) and not name.startswith(("docker-compose", "compose", ".")):
            manifests.append(path)
    return any(_WORKLOAD.search(_text(project, path)) for path in manifests[:MAX_FILES])


def _text(project: Project, path: str) -> str:
    with suppress(Unreadable):
        return read(project.root, path).text
    return ""
