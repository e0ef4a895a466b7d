"""Print the order in which compose services start: --format mermaid, or text, the default on a terminal."""

import os
import re
import sys
from collections.abc import Sequence

from prodlint.console import Stop, note, show
from prodlint.core import config
from prodlint.core.project import Project
from prodlint.options import Option, parse
from prodlint.paths import located
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.model import Compose

USAGE = "[PATHS]"
FORMATS = ("mermaid", "text")


def run(words: Sequence[str]) -> int:
    given, paths = parse(words, [Option("--format", "FORMAT", "how to print", FORMATS)])
    default = "text" if sys.stdout.isatty() else "mermaid"
    format = given["--format"][-1] if given["--format"] else default
    root, named = located(paths)
    try:
        project = Project(root, config.find(root, None), named or ())
    except config.BadConfig as why:
        raise Stop(str(why)) from None
    from prodlint.compose import graph

    projects = _projects(project, [""] if named is None else named)
    show(graph.text(projects) if format == "text" else graph.mermaid(projects), quotes_files=True)
    note(project.told)
    return 0


def _projects(project: Project, named: list[str]) -> "list[Compose]":
    """The compose projects in files and folders, each once."""
    from prodlint.compose import FILES
    from prodlint.compose import parse as read

    found: dict[str, Compose] = {}
    for name in named:
        folder = os.path.isdir(os.path.join(project.root, name))
        paths = project.matching(re.compile(FILES)) if folder else [name]
        for path in paths:
            if folder and name and not path.startswith(name + "/"):
                continue
            compose = project.parsed(path, read)
            if compose and compose.named and not compose.faults:
                found[path] = compose
            elif not folder:
                raise Stop(_why_not(path, compose))
            elif compose and compose.faults:
                project.notes.append(_why_not(path, compose))
    if not found:
        raise Stop("no compose file with services here")
    return list(found.values())


def _why_not(path: str, compose: "Compose | None") -> str:
    if compose and compose.faults:
        fault = compose.faults[0]
        return f"{path}:{fault.span.line}: {fault.message}"
    if compose and compose.file.definitions:
        return f"{path}: completes another compose file: name that one"
    return f"{path}: no compose file with services"
