"""Secrets that compose takes from the environment, and that nothing of the repository asks anybody to set."""

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress

from prodlint.compose.files import NAMES
from prodlint.compose.host_variables import host_variable
from prodlint.compose.model import Compose
from prodlint.compose.purpose import for_show, is_test_data
from prodlint.compose.variables import bare, name_of
from prodlint.core.lazy import lazy
from prodlint.core.project import Project
from prodlint.core.scripts import SCRIPTS
from prodlint.core.secret_names import secret_name
from prodlint.core.source import Span, Unreadable, read
from prodlint.core.yaml import Mapping, Node, Scalar, Sequence
from prodlint.env import FILES as ENV_FILES
from prodlint.typed import NamedTuple

# Of keys for the services of others, many may be left empty: what they are for is then switched off.
_OPTIONAL = """
API APIKEY CLIENT OAUTH SMTP MAIL EMAIL WEBHOOK BOT AWS AZURE GOOGLE GITHUB GITLAB SLACK
"""
_MAX_FILES = 2000
_MAX_BESIDE = 50
_NAME = r"(?a)[A-Za-z_]\w+"
_REFERENCE = r"(?a)\$\{?([A-Za-z_]\w*)"
_SET = r"(?am)\b([A-Za-z_]\w+)[\"']?[ \t]{0,8}\]?[ \t]{0,8}[:=]"
_ENV_SET = r"(?am)^[ \t#]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*[:=]"


class Unset(NamedTuple):
    """The first place of a variable that nothing sets."""

    name: str
    span: Span


def unset(compose: Compose) -> dict[str, list[Unset]]:
    """The secrets that may be empty, each once, by the file that first names them.

    A variable of the container that a healthcheck reads on the host is compose/healthcheck-host-variable's.
    """
    path = compose.source.path
    if is_test_data(path) or for_show(path):
        return {}
    found: dict[str, Unset] = {}
    for reading in compose.assembly.readings:
        if reading.file.path not in _judged(compose):
            continue
        if not any(map(_needed, set(re.findall(_REFERENCE, reading.file.source.text)))):
            continue
        for one in _secrets(reading.file.documents):
            if one.name not in reading.variables.values:
                found.setdefault(one.name, one)
    known = compose.project.once(_declared) if found else set()
    if known.issuperset(found):
        return {}
    read_on_host = [host_variable(test) for test in compose.tests]
    known = known | _beside(compose.project, compose.file.folder)
    known |= {variable.name for variable in read_on_host if variable}
    by_file: dict[str, list[Unset]] = {}
    for name, one in found.items():
        if name not in known:
            by_file.setdefault(one.span.path, []).append(one)
    return by_file


def _judged(compose: Compose) -> set[str]:
    """The files of the project that no other one is judged with."""
    paths = [reading.file.path for reading in compose.assembly.readings]
    own = paths.index(compose.source.path) if compose.source.path in paths else 0
    return set(paths[own:])


def _secrets(documents: list[Mapping]) -> Iterator[Unset]:
    for node in _scalars(documents):
        if "$" in node.text:
            for match in bare(node.text):
                if _needed(name_of(match)):
                    end = match.end() + (1 if match[3] else 0)
                    yield Unset(name_of(match), node.alias or node.at(match.start(), end))


def _needed(name: str) -> bool:
    return secret_name(name) and set(_OPTIONAL.split()).isdisjoint(name.upper().split("_"))


def _scalars(documents: list[Mapping]) -> Iterator[Scalar]:
    """Every value, in the order of the file; what several aliases name, once."""
    todo: list[Node] = list(reversed(documents))
    seen: set[tuple[int, int]] = set()
    while todo:
        node = todo.pop()
        if isinstance(node, Scalar):
            yield node
        elif (node.start, node.end) not in seen:
            seen.add((node.start, node.end))
            below = [value for _, value in node.items()] if isinstance(node, Mapping) else []
            todo += reversed(node.items if isinstance(node, Sequence) else below)


def _declared(project: Project) -> set[str]:
    """The variables that env files of the repository name, and those that its scripts and workflows set."""
    names: set[str] = set()
    for pattern, written in ((ENV_FILES, _ENV_SET), (SCRIPTS, _SET)):
        for path in project.matching(lazy(pattern))[:_MAX_FILES]:
            if not NAMES.search(path):
                with suppress(Unreadable):
                    names.update(re.findall(written, read(project.root, path).text))
    return names


def _beside(project: Project, folder: str) -> set[str]:
    """Every word of the other files in the folder: templates of platforms and documents tell what is to be set."""
    names: set[str] = set()
    files = [path for path in project.below(folder) if posixpath.dirname(path) == folder]
    for path in files[:_MAX_BESIDE]:
        if not NAMES.search(path):
            with suppress(Unreadable):
                names.update(re.findall(_NAME, read(project.root, path).text))
    return names
