"""Which compose services build which Dockerfile."""

import posixpath
import re

from prodlint.core.names import DEVELOPMENT, PRODUCTION, words
from prodlint.core.project import Project, join
from prodlint.core.source import Span
from prodlint.typed import Any, NamedTuple

COMPOSE = r"(^|/)(docker-)?compose([._-][^/]*)?\.ya?ml$"
_DEVELOPMENT = DEVELOPMENT | {"override", "example", "examples", "sample", "samples", "docs"}
_VARIABLE = r"\$\{\w+(?::?-([^{}$]*))?\}|\$(\$)|\$\w*"


class Build(NamedTuple):
    """A service that builds an image.

    `path` is its Dockerfile and `context` the folder that it copies from, relative to the root; `target` the stage it names,
    or None; `span` its `build:`. `healthcheck` and `user` are those of the service, in this file or one beside it.
    `development` and `production` say what the name of the compose file says. `awaited`: another one there waits until it is
    healthy.
    """

    service: str
    path: str
    target: str | None
    span: Span
    healthcheck: bool = False
    user: str | None = None
    development: bool = False
    production: bool = False
    context: str = ""
    awaited: bool = False


class _Service(NamedTuple):
    file: str
    name: str
    node: Any


def builds_of(project: Project, path: str) -> list[Build]:
    """The services that build a Dockerfile."""
    return project.once(_builds).get(path, [])


def _builds(project: Project) -> dict[str, list[Build]]:
    found: dict[str, list[Build]] = {}
    folders: dict[str, list[str]] = {}
    for path in project.files:
        if "compose" in path and re.search(COMPOSE, path):
            folders.setdefault(posixpath.dirname(path), []).append(path)
    for folder, paths in folders.items():
        services = [service for path in paths for service in _services(project, path)]
        by_name: dict[str, list[_Service]] = {}
        for service in services:
            by_name.setdefault(service.name, []).append(service)
        awaited = {name for service in services for name in _waits(service)}
        for service in services:
            build = _build(project, folder, service, by_name[service.name])
            if build is not None:
                build = build._replace(awaited=service.name in awaited)
                found.setdefault(build.path, []).append(build)
    return found


def _services(project: Project, path: str) -> list[_Service]:
    source = project.source(path)
    if source is None or "build" not in source.text:
        return []
    from prodlint.core import yaml

    return [
        _Service(path, name, node)
        for root in yaml.load(source).documents
        for name, node in yaml.mapping(yaml.find(root, "services")).items()
    ]


def _waits(service: _Service) -> list[str]:
    """The services that a service waits for until they are healthy."""
    from prodlint.core import yaml

    edges = yaml.mapping(yaml.find(service.node, "depends_on"))
    return [
        name
        for name, edge in edges.items()
        if yaml.text(yaml.find(edge, "condition")) == "service_healthy"
    ]


def _build(project: Project, folder: str, service: _Service, same: list[_Service]) -> Build | None:
    from prodlint.core import yaml

    node = yaml.find(service.node, "build")
    key = yaml.mapping(service.node).key("build")
    if node is None or key is None:
        return None
    context, dockerfile = yaml.text(node), None
    if context is None:
        # An override may give the target alone; where the files are, the file that it overrides says.
        for one in (service, *same):
            build = yaml.find(one.node, "build")
            context = context or yaml.text(build) or yaml.text(yaml.find(build, "context"))
            dockerfile = dockerfile or yaml.text(yaml.find(build, "dockerfile"))
    target = yaml.text(yaml.find(node, "target"))
    found = _path(project, folder, context or ".", dockerfile or "Dockerfile")
    if found is None or yaml.find(node, "dockerfile_inline") is not None:
        return None
    if target is not None:
        target = _plain(target)
        if target is None:
            return None
    users = [text for one in same if (text := yaml.text(yaml.find(one.node, "user")))]
    return Build(
        service.name,
        found[0],
        target,
        key.span,
        any(yaml.find(one.node, "healthcheck") is not None for one in same),
        users[0] if users else None,
        not _DEVELOPMENT.isdisjoint(words(service.file)),
        not PRODUCTION.isdisjoint(words(posixpath.basename(service.file))),
        found[1],
    )


def _path(project: Project, folder: str, context: str, dockerfile: str) -> tuple[str, str] | None:
    """The Dockerfile and the folder of its context."""
    context_path, file = _plain(context), _plain(dockerfile)
    if (
        context_path is None
        or file is None
        or "://" in context_path
        or context_path.startswith("git@")
    ):
        return None
    # Run with --project-directory, a compose file in a folder of its own names paths from the root.
    for top in (folder, ""):
        inside = join(top, context_path)
        path = join(inside, file) if inside is not None else None
        if path and inside is not None and project.has(path):
            return path, inside
    return None


def _plain(text: str) -> str | None:
    """The text with the defaults of its variables; None when one has none."""
    if "$" not in text:
        return text
    if any(match[1] is None and not match[2] for match in re.finditer(_VARIABLE, text)):
        return None
    return re.sub(_VARIABLE, lambda match: "$" if match[2] else match[1], text)
