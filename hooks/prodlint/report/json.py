"""JSON for scripts: every field of every finding, and the notes."""

import json

from prodlint import __version__
from prodlint.core.engine import Result
from prodlint.core.project import Project
from prodlint.core.source import Span
from prodlint.typed import Any


def report(result: Result, project: Project, colour: bool) -> str:
    data = {
        "version": __version__,
        "files": result.files,
        "findings": [
            {
                "rule": finding.rule,
                "level": finding.level,
                "message": finding.message,
                "help": finding.help,
                **_place(finding.span),
                "related": [
                    {"message": place.message, **_place(place.span)} for place in finding.related
                ],
            }
            for finding in result.findings
        ],
        "notes": result.notes + result.crashes,
    }
    return json.dumps(data, indent=2) + "\n"


def _place(span: Span) -> dict[str, Any]:
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {
        "path": span.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }
