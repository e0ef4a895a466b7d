"""Variables that a test means to read in the container, and that docker compose reads on the host."""

import posixpath
import re
from collections import Counter
from contextlib import suppress
from functools import lru_cache

from prodlint.core.source import Unreadable, read
from prodlint.core.yaml import Mapping, Scalar, text
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.compose.healthcheck import Test
    from prodlint.compose.layers import Value
    from prodlint.compose.service import Service
    from prodlint.core.project import Project
    from prodlint.core.source import Source, Span

# A reference without a default: one that has a default, or says what is missing, is meant for the host.
_REFERENCE = r"(?a)\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})"
_ASSIGNMENT = r"(?am)^[ \t#]*(?:export )?([A-Za-z_]\w*)[ \t]*[=:]"
_CODE = (".py", ".js", ".ts", ".go")
_MAX_FILES = 200


class HostVariable(NamedTuple):
    """A reference in a test to a variable that only the container has; `given` is where the service gets it."""

    name: str
    span: "Span"
    given: "Span"


def host_variable(test: "Test") -> HostVariable | None:
    """The first reference of a test to what nothing sets on the host."""
    service, _ = test.services[0]
    environment = _environment(service)
    for item in test.value.items or [test.value]:
        for match in re.finditer(_REFERENCE, text(item.node) or ""):
            name = match[1] or match[2]
            given = environment.get(name)
            if given and isinstance(item.node, Scalar) and not _on_host(name, test.value, service):
                return HostVariable(name, item.node.at(match.start(), match.end()), given)
    return None


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
    inside = len(re.findall(rf"\$\{{?{name}\b", test.node.span.text))
    for layer in service.layers:
        source = layer.node.source
        if _uses(source)[name] > (inside if source is test.node.source else 0):
            return True
    return name in service.compose.project.once(_assigned)


@lru_cache(maxsize=32)
def _uses(source: "Source") -> Counter[str]:
    """How often a file refers to each variable, with one dollar or more."""
    return Counter(re.findall(r"(?a)\$\{?([A-Za-z_]\w*)", source.text))


def _assigned(project: "Project") -> frozenset[str]:
    """The variables that the env files of the repository set, or show in a comment."""
    names = [path for path in project.files if "env" in posixpath.basename(path).lower()]
    found: set[str] = set()
    for path in [path for path in names if not path.endswith(_CODE)][:_MAX_FILES]:
        with suppress(Unreadable):
            found.update(re.findall(_ASSIGNMENT, read(project.root, path).text))
    return frozenset(found)
