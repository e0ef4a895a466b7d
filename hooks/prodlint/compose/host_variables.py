"""Variables that a test means to read in the container, and that docker compose reads on the host."""

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from prodlint.core.yaml import Mapping, Scalar, text

if TYPE_CHECKING:
    from prodlint.compose.healthcheck import Test
    from prodlint.compose.layers import Value
    from prodlint.compose.service import Service
    from prodlint.core.project import Project
    from prodlint.core.source import Source, Span

# A reference without a default: one that has a default, or says what is missing, is meant for the host.
_REFERENCE = r"(?a)\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})"
_MAX_FILES = 50


class HostVariable(NamedTuple):
    """A reference in a test to a variable that only the container has; `given` is where the service gets it."""

    name: str
    span: "Span"
    given: "Span"


def host_variables(test: "Test") -> list[HostVariable]:
    """The references of a test to what nothing sets on the host."""
    service, _ = test.services[0]
    environment = _environment(service)
    found = []
    for item in test.value.items or [test.value]:
        for match in re.finditer(_REFERENCE, text(item.node) or ""):
            name = match[1] or match[2]
            if name in environment and isinstance(item.node, Scalar):
                span = item.node.at(match.start(), match.end())
                found.append(HostVariable(name, span, environment[name]))
    return [one for one in found if not _on_host(one.name, test.value, service)]


def _environment(service: "Service") -> "dict[str, Span]":
    """The variables that the service sets to a value of its own, and where."""
    found: dict[str, Span] = {}
    for value in service.stack("environment"):
        if isinstance(value.node, Mapping):
            pairs = [(name, below.key, text(below.node) or "") for name, below in value.pairs]
        else:
            words = [(item, (text(item.node) or "").partition("=")) for item in value.items]
            pairs = [(name, item.node.span, given) for item, (name, _, given) in words]
        for name, span, given in pairs:
            found.pop(name, None)
            if given and "$" not in given:
                found[name] = span
    return found


def _on_host(name: str, test: "Value", service: "Service") -> bool:
    """Whether the host may set it: an env file has it, or the files of the project use it for something else too."""
    if name in test.layer.variables.values:
        return True
    for layer in service.layers:
        if re.search(rf"(?<!\$)\$\{{?{name}\b", _without(test, layer.node.source)):
            return True
    project = service.compose.project
    return any(_assigns(project, path, name) for path in _env_files(project))


def _without(test: "Value", source: "Source") -> str:
    """A file's text without the test."""
    whole, node = source.text, test.node
    return whole[: node.start] + whole[node.end :] if source is node.source else whole


def _env_files(project: "Project") -> list[str]:
    names = [path for path in project.files if "env" in posixpath.basename(path).lower()]
    return [path for path in names if not path.endswith((".py", ".js", ".ts", ".go"))][:_MAX_FILES]


def _assigns(project: "Project", path: str, name: str) -> bool:
    source = project.source(path)
    return (
        source is not None
        and re.search(rf"(?m)^[ \t#]*(?:export )?{name}[ \t]*[=:]", source.text) is not None
    )
