"""The names that rules use."""

from prodlint.core.answer import NO, UNKNOWN, YES, Answer
from prodlint.core.finding import ERROR, WARNING, Edit, Fault, Finding, Findings, Related
from prodlint.core.project import Project
from prodlint.core.source import Source, Span

__all__ = [
    "ERROR",
    "NO",
    "UNKNOWN",
    "WARNING",
    "YES",
    "Answer",
    "Edit",
    "Fault",
    "Finding",
    "Findings",
    "Project",
    "Related",
    "Source",
    "Span",
]
