"""What the base image of a shipped stage is tagged with, and who else may decide it."""

import posixpath
from contextlib import suppress

from prodlint.core.finding import Related
from prodlint.core.images import official, split
from prodlint.core.lazy import lazy
from prodlint.core.project import Project
from prodlint.core.source import Span, Unreadable, read
from prodlint.dockerfile.model import Dockerfile
from prodlint.dockerfile.process import Shipped
from prodlint.dockerfile.stage import Stage
from prodlint.typed import NamedTuple

MAX_FILES = 1000
# Published without version tags, or with the version in the name, as ubi9 and static-debian13.
_NO_VERSIONS = ("cgr.dev/chainguard/", "gcr.io/distroless/")
_VERSION_IN_NAME = lazy(r"[a-z][-_]?\d+(?:\.\d+)*(?:[-_/]|$)")
_RECIPE = lazy(
    r"^(?:(?:docker-)?compose[^/]*\.ya?ml|docker-bake[^/]*\.(?:hcl|json)|(?:GNU)?[Mm]akefile|[Jj]ustfile|[Tt]askfile\.ya?ml"
    r"|skaffold\.ya?ml|Tiltfile|Earthfile|cloudbuild\.ya?ml|\.gitlab-ci\.yml|[^/]+\.(?:sh|mk)|package\.json)$"
)
_VARIABLE = lazy(r"\$\{?(\w+)")


class Base(NamedTuple):
    """The image at the end of a shipped chain: its name with variables replaced, where it stands, and the ARG that gives it."""

    name: str
    repository: str
    tag: str
    digest: str
    span: Span
    related: list[Related]


def bases(dockerfile: Dockerfile) -> list[Base]:
    """The images that the shipped stages build on, each once; without those that only the build knows."""
    found: dict[int, Base] = {}
    for image in dockerfile.shipped:
        root = image.stage.root
        base = None if root.index in found else _base(image, root)
        if base is not None:
            found[root.index] = base
    return list(found.values())


def _base(image: Shipped, root: Stage) -> Base | None:
    name, document = root.reference, root.document
    # A stage that runs on the machine of the build, whatever the image is for, is a step of the build.
    if not name or "BUILDPLATFORM" in (root.head.flag("platform") or ""):
        return None
    variables = _VARIABLE.findall(root.head.words[0].text)
    if variables and any(variable in document.project.once(_recipes) for variable in variables):
        return None
    parts = split(name)
    if parts.repository in ("", "scratch"):
        return None
    given = [
        Related(one.at(pair.start, pair.end), "its default")
        for one in (document.instructions if variables else ())
        if one.keyword == "ARG" and one.line < document.stages[0].head.line
        for pair in one.pairs
        if pair.name in variables
    ]
    return Base(name, *parts, root.reference_span, [*given, *image.reasons])


def movable(base: Base, project: Project) -> bool:
    """Whether a base without a version is one that the next build may find changed, and that has versions to choose from."""
    name = base.repository
    if base.digest:
        return False
    if name.startswith(_NO_VERSIONS) or _VERSION_IN_NAME.search(name.partition("/")[2] or name):
        return False
    if official(name):
        return True
    # One without a registry or an owner, or that the repository mentions or has a folder for, may well be built on the spot.
    if "/" not in name or name in project.once(_recipes):
        return False
    return name.rpartition("/")[2] not in project.once(_folders)


def _folders(project: Project) -> frozenset[str]:
    return frozenset(folder for path in project.files for folder in path.split("/")[:-1])


def _recipes(project: Project) -> str:
    """What the files say that build images: compose and bake files, workflows, scripts."""
    paths = [
        path
        for path in project.files
        if _RECIPE.search(posixpath.basename(path)) or path.startswith(".github/workflows/")
    ]
    texts = []
    for path in paths[:MAX_FILES]:
        with suppress(Unreadable):
            texts.append(read(project.root, path).text)
    return "\n".join(texts)
