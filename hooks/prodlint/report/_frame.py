"""The line that a finding stands on, without credentials."""

from prodlint.core.finding import Finding
from prodlint.core.redact import redact_line


def quoted(finding: Finding) -> tuple[str, str, str]:
    """What stands before the marked text, the marked text, and what follows, all of one line."""
    source, start, end = finding.span
    line = source.line_span(finding.span.line)
    text = redact_line(line.text)
    left = min(start, line.end) - line.start
    right = max(left, min(end, line.end) - line.start)
    marked = "*" * (right - left) if finding.secret else text[left:right]
    return text[:left], marked, text[right:]
