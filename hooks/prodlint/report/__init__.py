"""Reports: a format is a module with one function, `report(result, project, colour)`."""

import os
from importlib import import_module

from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.engine import Result
    from prodlint.core.project import Project


def formats() -> list[str]:
    """The formats, found by looking at the folder."""
    folder = os.path.dirname(os.path.abspath(__file__))
    return sorted(
        name[:-3] for name in os.listdir(folder) if name.endswith(".py") and name[0] != "_"
    )


def render(name: str, result: "Result", project: "Project", colour: bool = False) -> str:
    """The whole text of a report; ends with a line end unless it is empty."""
    text: str = import_module(f"prodlint.report.{name}").report(result, project, colour)
    return text
