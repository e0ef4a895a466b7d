"""Inline ignores: each gives a reason, names a rule, and is needed."""

from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.ignore import Ignores
    from prodlint.core.project import Project
    from prodlint.core.source import Source

FILES = r"(?!)"


def parse(source: "Source", project: "Project") -> "Ignores":
    """The engine reads the ignores of every linted file itself, and asks these rules last."""
    from prodlint.core.ignore import Ignores

    return Ignores(source)
