"""Compose files: a health that is reported, waited for, and able to fail."""

from prodlint.dockerfile import FILES as DOCKERFILES
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.model import Compose
    from prodlint.core.project import Project
    from prodlint.core.source import Source

FILES = r"^(?!\.github/)(.*/)?(docker-)?compose([._-][^/]*)?\.ya?ml$"
# Files that services extend may have any name; scripts and packages say what is started.
RESTS_ON = (
    rf"{DOCKERFILES}|^(?!\.github/)(.*/)?(\.env|(GNU)?[Mm]akefile|package\.json|[^/]+\.(sh|ya?ml))$"
)


def parse(source: "Source", project: "Project") -> "Compose":
    from prodlint.compose.model import Compose

    return Compose(source, project)
