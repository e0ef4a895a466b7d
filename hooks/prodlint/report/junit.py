"""JUnit XML, which most CI systems show as failed tests: a finding is a test that fails."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from prodlint.core.engine import Result
from prodlint.core.finding import Finding
from prodlint.core.project import Project
from prodlint.core.visible import visible


def report(result: Result, project: Project, colour: bool) -> str:
    count = len(result.findings)
    cases = (
        "".join(map(_case, result.findings))
        or '    <testcase classname="prodlint" name="nothing found"/>\n'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<testsuites>\n"
        f'  <testsuite name="prodlint" tests="{count or 1}" failures="{count}">\n'
        f"{cases}"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def _case(finding: Finding) -> str:
    path = visible(finding.span.path)
    place = f"{path}:{finding.span.line}"
    name = quoteattr(f"{finding.rule} {place}")
    return (
        f"    <testcase classname={quoteattr(path)} name={name} file={quoteattr(path)}>\n"
        f"      <failure type={quoteattr(finding.level)} message={quoteattr(visible(finding.message))}>"
        f"{escape(chr(10).join(_lines(finding, place)))}</failure>\n"
        "    </testcase>\n"
    )


def _lines(finding: Finding, place: str) -> Iterator[str]:
    yield f"{place}: {visible(finding.message)}"
    for other in finding.related:
        yield f"{visible(other.span.path)}:{other.span.line} {visible(other.message)}"
    for line in finding.help.split("\n") if finding.help else ():
        yield visible(line)
