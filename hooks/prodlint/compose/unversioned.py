"""Images that services pull without a version."""

import posixpath
import re
from contextlib import suppress

from prodlint.compose.deployment import counts
from prodlint.core.images import official, split
from prodlint.core.source import Unreadable, read
from prodlint.dockerfile import FILES as DOCKERFILES
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.compose.model import Compose
    from prodlint.core.project import Project
    from prodlint.core.source import Span

_NO_VERSIONS = ("cgr.dev/chainguard/",)
_FOR_SHOW = ("whoami", "mailpit", "mailhog", "mailcatcher", "maildev")
_RECIPES = r"^\.github/workflows/|^(.*/)?(docker-bake[^/]*|Makefile|\.gitlab-ci\.yml|[^/]+\.sh)$|^(package\.json|pyproject\.toml)$"
_MAX_FILES = 500


class Unversioned(NamedTuple):
    """The image of a service, as written and without its tag."""

    service: str
    name: str
    repository: str
    tag: str
    place: "Span"


def unversioned(compose: "Compose") -> list[Unversioned]:
    """The images that run on in production and are pulled by a tag that moves with each release.

    Those that nobody can pull, as they have no owner and are not official, are built somewhere.
    """
    found = []
    for service in compose.candidates:
        image = service.last("image")
        name = (image.text if image else None) or ""
        if not image or not name or "$" in name or service.last("build") or not counts(image.place):
            continue
        repository, tag, digest = split(name)
        if digest or tag not in ("", "latest") or repository.startswith(_NO_VERSIONS):
            continue
        if _is_pulled(compose.project, repository) and service.needs_health:
            found.append(Unversioned(service.name, name, repository, tag, image.place))
    return found


def _is_pulled(project: "Project", repository: str) -> bool:
    """Whether an image is software of others, for more than a test."""
    if repository.rpartition("/")[2] in _FOR_SHOW:
        return False
    return official(repository) or ("/" in repository and not _made_here(project, repository))


def _made_here(project: "Project", repository: str) -> bool:
    """Whether the repository builds an image, whose latest release it then gives to its users."""
    name = repository.rpartition("/")[2]
    recipes = project.once(_recipes)
    return name in project.once(_folders) or repository in recipes or f'"{name}"' in recipes


def _folders(project: "Project") -> set[str]:
    """The names of the folders with a Dockerfile."""
    paths = project.matching(re.compile(DOCKERFILES))
    return {posixpath.basename(posixpath.dirname(path)) for path in paths}


def _recipes(project: "Project") -> str:
    """What says which images are built and published, and what the software itself is called."""
    texts = []
    for path in project.matching(re.compile(_RECIPES))[:_MAX_FILES]:
        with suppress(Unreadable):
            texts.append(read(project.root, path).text.lower())
    return "\n".join(texts)
