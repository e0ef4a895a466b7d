"""GitHub annotations: workflow commands that a runner shows beside the lines of a pull request."""

from prodlint.core.engine import Result
from prodlint.core.project import Project
from prodlint.core.visible import visible


def report(result: Result, project: Project, colour: bool) -> str:
    lines = []
    for finding in result.findings:
        line, column = finding.span.source.position(finding.span.start)
        end_line, end_column = finding.span.source.position(finding.span.end)
        fields = {"file": finding.span.path, "line": line, "endLine": end_line}
        if end_line == line:
            fields |= {"col": column, "endColumn": end_column}
        fields["title"] = finding.rule
        text = "\n".join(part for part in (finding.message, finding.help) if part)
        properties = ",".join(f"{name}={_property(str(value))}" for name, value in fields.items())
        lines.append(f"::{finding.level} {properties}::{_data(text)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    """As the runner decodes a command's text: a line end cannot start a command of its own."""
    shown = "\n".join(visible(line) for line in text.split("\n"))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
