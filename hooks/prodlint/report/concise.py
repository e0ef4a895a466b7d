"""One line a finding: `path:line:column: level: message [rule]`."""

from prodlint.core.engine import Result
from prodlint.core.finding import Finding
from prodlint.core.project import Project
from prodlint.core.visible import visible

BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m"}


def report(result: Result, project: Project, colour: bool) -> str:
    return "".join(headline(finding, project, colour) + "\n" for finding in result.findings)


def headline(finding: Finding, project: Project, colour: bool) -> str:
    line, column = finding.span.source.position(finding.span.start)
    place = f"{visible(project.shown(finding.span.path))}:{line}:{column}:"
    level, message, rule = finding.level, visible(finding.message), finding.rule
    if colour:
        return (
            f"{BOLD}{place}{RESET} {COLOURS[level]}{level}{RESET}: {message} {DIM}[{rule}]{RESET}"
        )
    return f"{place} {level}: {message} [{rule}]"
