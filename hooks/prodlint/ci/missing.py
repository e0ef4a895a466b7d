"""Calls of scripts, targets and files that the repository does not have."""

import posixpath
from collections.abc import Iterable

from prodlint.ci.calls import FILE, SCRIPT, StepCall
from prodlint.core.commands import families
from prodlint.core.makefile import NAMES, Makefile, makefile
from prodlint.core.package_json import Package, package
from prodlint.core.project import Project
from prodlint.core.shell import walk
from prodlint.core.source import Span
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.ci.model import Step

# What these run when package.json has no script of the name.
_BUILT_IN = ("start", "stop", "restart", "env", "install", "prepare")
_CLOSE = 0.7
_MAKING = ("download-artifact", "cache", "submodule")


class Missing(NamedTuple):
    """`what` is not there; `home` is the file in which it would stand, if it is no file itself; `meant` is the name nearest to it."""

    call: StepCall
    what: str
    home: Span | None
    meant: str


def package_of(project: Project, folder: str) -> Package | None:
    """The readable package.json of a folder."""
    found = project.parsed(posixpath.join(folder, "package.json"), package)
    return None if found is None or found.broken else found


def makefile_of(project: Project, folder: str) -> Makefile | None:
    paths = (posixpath.join(folder, name) for name in NAMES)
    return next(filter(None, (project.parsed(path, makefile) for path in paths)), None)


def missing(found: StepCall, project: Project) -> Missing | None:
    call = found.call
    if call.kind == SCRIPT:
        return _missing_script(found, project)
    if call.kind == FILE:
        return _missing_file(found, project)
    make = makefile_of(project, call.folder)
    name = call.name
    if make is None or make.open or not name or name in make.targets:
        return None
    if project.has(posixpath.join(call.folder, name)) or "/" in name or "." in name:
        return None
    return Missing(found, f"target {name}", make.source.line_span(1), _near(name, make.targets))


def _missing_script(found: StepCall, project: Project) -> Missing | None:
    call = found.call
    here = package_of(project, call.folder)
    if here is None or call.name in here.scripts or call.name in _BUILT_IN:
        return None
    if call.runner in ("yarn", "bun") and (
        call.name in here.packages or _is_tool(call.name) or "." in call.name
    ):
        return None
    begin = max(here.source.text.find('"scripts"'), 0)
    place = here.source.span(begin, begin + (9 if here.scripts else 1))
    return Missing(found, f"script {call.name}", place, _near(call.name, here.scripts))


def _near(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(known), 1, _CLOSE)), "")


def _is_tool(name: str) -> bool:
    """Whether a name may be that of a program that a package brings."""
    return any(f" {name}" in patterns for patterns in families.PATTERNS.values())


def _missing_file(found: StepCall, project: Project) -> Missing | None:
    path, step = found.call.name, found.step
    if project.has(path) or not path.endswith((".sh", ".bash", ".py")):
        return None
    folder = posixpath.dirname(path)
    beside = [
        posixpath.basename(other)
        for other in project.below(folder)
        if posixpath.dirname(other) == folder
    ]
    name = posixpath.basename(path)
    if not beside or project.has(".gitmodules") or _made(step, name):
        return None
    return Missing(found, path, None, _near(name, beside))


def _made(step: "Step", name: str) -> bool:
    """Whether something before the call may have brought a file: it speaks of it, or of what it downloads."""
    for before in step.job.steps[: step.index]:
        said = before.run.text if before.run else ""
        if name in said or any(word in before.setting("uses") for word in _MAKING):
            return True
    for command in walk(step.script, False) if step.script else ():
        words = [word.text for word in command.words]
        if any(name in word for word in words):
            return name not in " ".join(words[:2])
        if words[:1] in (["curl"], ["wget"], ["tar"], ["unzip"], ["git"]):
            return True
    return False
