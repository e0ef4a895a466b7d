"""The compose services that build an image of this repository, and which variables they pass to it."""

import posixpath
import re

from prodlint.core import yaml
from prodlint.core.builds import COMPOSE, Build, builds_of
from prodlint.core.project import Project, join
from prodlint.core.source import Span
from prodlint.typed import Any, NamedTuple

_DOCKERFILE = r"(^|/)([^/]*[._-])?([Dd]ocker|[Cc]ontainer)file([._-][^/]*)?$"
_MAX_FILES = 100


class Passed(NamedTuple):
    """A service, by all compose files of its folder: what it passes when it runs and when it is built, and where.

    `sure`: nothing is passed in a way that cannot be seen here. `mounted`: the code of the host lies over the image's.
    `text` is what it runs instead of the image's command.
    """

    build: Build
    environment: dict[str, Span]
    args: set[str]
    sure: bool
    mounted: bool
    text: str


def services(project: Project) -> list[Passed]:
    """Those of all compose files, for `project.once`."""
    if not any("compose" in path and re.search(COMPOSE, path) for path in project.files):
        return []
    builds = [
        build
        for path in project.matching(re.compile(_DOCKERFILE))[:_MAX_FILES]
        for build in builds_of(project, path)
    ]
    nodes: dict[tuple[str, str], list[Any]] = {}
    for folder in {posixpath.dirname(build.span.path) for build in builds}:
        for name, node in _nodes(project, folder):
            nodes.setdefault((folder, name), []).append(node)
    return [
        _passed(build, nodes.get((posixpath.dirname(build.span.path), build.service), []))
        for build in builds
    ]


def _nodes(project: Project, folder: str) -> "list[tuple[str, Any]]":
    paths = [
        path
        for path in project.files
        if "compose" in path and posixpath.dirname(path) == folder and re.search(COMPOSE, path)
    ]
    sources = [source for path in paths if (source := project.source(path))]
    return [
        pair
        for source in sources
        for root in yaml.load(source).documents
        for pair in yaml.mapping(yaml.find(root, "services")).items()
    ]


def _passed(build: Build, nodes: list[Any]) -> Passed:
    found = Passed(build, {}, set(), True, False, "")
    sure, mounted, texts = True, False, []
    for node in nodes:
        written = yaml.mapping(node)
        found.environment.update(_pairs(yaml.find(node, "environment")))
        found.args.update(_pairs(yaml.find(yaml.find(node, "build"), "args")))
        sure = sure and not {"env_file", "extends", "develop"}.intersection(written)
        volumes = yaml.sequence(yaml.find(node, "volumes"))
        mounted = mounted or any(_mounts_code(build, item) for item in volumes)
        values = [yaml.find(node, key) for key in ("command", "entrypoint")]
        texts += [value.span.text for value in values if value is not None]
    return found._replace(sure=sure and not mounted, mounted=mounted, text="\n".join(texts))


def _mounts_code(build: Build, item: Any) -> bool:
    """Whether the folder that is built lies in the container as it is on the host, whose `.env` is then read."""
    text = yaml.text(item) or yaml.text(yaml.find(item, "source")) or ""
    host = join(posixpath.dirname(build.span.path), text.partition(":")[0])
    if host is None or not text.startswith((".", "$")):
        return "$" in text.partition(":")[0]
    return (
        host == build.context or not host or build.context.startswith(host + "/") or ".env" in host
    )


def _pairs(node: Any) -> dict[str, Span]:
    """The names of a mapping, or of a list of `NAME=value`."""
    found = {key.text: key.place for key, _ in yaml.mapping(node).pairs()}
    for item in yaml.sequence(node):
        name = (yaml.text(item) or "").partition("=")[0]
        if name:
            found[name] = item.place
    return found
