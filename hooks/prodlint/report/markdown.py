"""Markdown for a job summary: one table, bounded in size."""

from prodlint.core.engine import Result
from prodlint.core.project import Project
from prodlint.core.visible import visible
from prodlint.report.full import summary

# A runner drops a summary of more than 1 MiB as a whole.
MAX_BYTES = 900 * 1024
_PLAIN = {ord(char): f"&#{ord(char)};" for char in "&<\\`|*_[]!#@~"}


def report(result: Result, project: Project, colour: bool) -> str:
    text = f"### prodlint\n\n{summary(result)}\n"
    if result.findings:
        text += "\n| place | level | finding | rule |\n|---|---|---|---|\n"
    size = len(text.encode())
    for shown, finding in enumerate(result.findings):
        place = f"{finding.span.path}:{finding.span.line}"
        row = f"| {_cell(place)} | {finding.level} | {_cell(finding.message)} | {finding.rule} |\n"
        size += len(row.encode())
        if size > MAX_BYTES:
            return text + f"\n{len(result.findings) - shown} more findings are in the log.\n"
        text += row
    return text


def _cell(text: str) -> str:
    """Text of a linted file as plain text: no markup, no links, no mentions."""
    return visible(text).translate(_PLAIN)
