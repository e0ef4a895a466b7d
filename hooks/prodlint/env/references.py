"""Commands and references in the values of an env file."""

import re
from collections.abc import Iterator

from prodlint.core.project import Project
from prodlint.core.scripts import SCRIPTS
from prodlint.core.source import Span
from prodlint.env import FILES
from prodlint.env.loaders import BASH, COMPOSE, PYTHON_DOTENV
from prodlint.env.model import EnvFile, Variable
from prodlint.env.readings import Readings
from prodlint.typed import NamedTuple

_COMMAND = re.compile(r"\$\((?!\()[ \t]*[\w./-]+[^()]*\)|\A`[\w./-]+[ \t][^`]*`\Z")
_REFERENCE = re.compile(
    r"(?<![\\$])\$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)\})", re.ASCII
)
_ELSEWHERE = re.compile(rf"{FILES}|{SCRIPTS}|(^|/)[^/]*Dockerfile[^/]*$|\.(py|[cm]?[jt]sx?|ya?ml)$")
_OF_THE_MACHINE = """
HOME PATH PWD OLDPWD USER USERNAME LOGNAME SHELL HOSTNAME HOST LANG TERM TMPDIR TEMP TMP UID GID EUID DISPLAY EDITOR CI
COMPOSE_PROJECT_NAME COMPOSE_FILE XDG_RUNTIME_DIR XDG_CONFIG_HOME SSH_AUTH_SOCK APPDATA USERPROFILE
"""
_MAX_LOOKED_UP = 50


class Undefined(NamedTuple):
    """A reference that is replaced by nothing; `later` is where the file sets the name further down."""

    variable: Variable
    loader: str
    name: str
    braced: bool
    later: Span | None


def holds_command(value: str | None) -> bool:
    """Whether a program gets the text of a command as a value."""
    return bool(value) and _COMMAND.search(value or "") is not None


def undefined(env: EnvFile, readings: Readings) -> Iterator[Undefined]:
    """The references that a loader in use replaces by nothing, as nothing of the repository sets their names."""
    replacing = [name for name in (COMPOSE, BASH, PYTHON_DOTENV) if name in readings.by_loader]
    if not replacing:
        return
    told = {difference.variable.name for difference in readings.differences}
    set_so_far: set[str] = set(env.inherited)
    looked_up = 0
    for variable in env.variables:
        raw = variable.raw.text
        if (
            "$" in raw
            and variable.name not in told
            and (variable.quote != "'" or replacing == [PYTHON_DOTENV])
        ):
            for found in _REFERENCE.finditer(raw):
                name, braced = found["braced"] or found["plain"], found["braced"] is not None
                if name in set_so_far or name in _OF_THE_MACHINE.split() or name == variable.name:
                    continue
                if found[0] == raw.strip("\"'"):
                    continue  # it is there to be passed on
                if not braced and replacing == [PYTHON_DOTENV]:
                    continue
                later = env.values.get(name)
                looked_up += later is None
                if later or (
                    looked_up <= _MAX_LOOKED_UP
                    and name not in env.passed_on
                    and not _is_set_elsewhere(name, env.path, env.project)
                ):
                    place = later.key if later else None
                    yield Undefined(variable, replacing[0], name, braced, place)
                    break
        set_so_far.add(variable.name)


def _is_set_elsewhere(name: str, path: str, project: Project) -> bool:
    """Whether a file may set a variable: an env file, a script, a compose file, a workflow."""
    setting = re.compile(rf"(?<![A-Za-z0-9_]){name}(?![A-Za-z0-9_])")
    for other in project.matching(_ELSEWHERE):
        if other != path and (source := project.source(other)) and setting.search(source.text):
            return True
    return False
