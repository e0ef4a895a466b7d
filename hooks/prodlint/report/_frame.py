"""The line that a finding stands on, without credentials."""

from prodlint.core.finding import Finding
from prodlint.core.redact import redacted

# No frame is as wide, and no line so long that to look for credentials in it takes long.
REACH = 1000


def quoted(finding: Finding) -> tuple[str, str, str]:
    """What stands before the marked text, the marked text, and what follows, all of one line."""
    source, start, end = finding.span
    line = source.line_span(finding.span.line)
    start = min(start, line.end)
    end = max(start, min(end, line.end))
    first, last = max(line.start, start - REACH), min(line.end, start + REACH)
    text = redacted(source.span(first, last))
    for place in finding.masked:
        covered = range(max(place.start, first) - first, min(place.end, last) - first)
        text = "".join("*" if index in covered else char for index, char in enumerate(text))
    left, right = start - first, min(end, last) - first
    marked = "*" * (right - left) if finding.secret else text[left:right]
    return text[:left], marked, text[right:]
