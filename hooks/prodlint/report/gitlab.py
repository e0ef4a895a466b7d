"""GitLab's Code Quality report, which a merge request shows beside its lines."""

import json
from hashlib import sha256

from prodlint.core.engine import Result
from prodlint.core.project import Project

_SEVERITIES = {"error": "critical", "warning": "minor"}


def report(result: Result, project: Project, colour: bool) -> str:
    seen: dict[tuple[str, str, str], int] = {}
    rows = []
    for finding in result.findings:
        # The line is left out: a finding that moves stays the same finding.
        key = (finding.rule, finding.span.path, finding.message)
        seen[key] = seen.get(key, 0) + 1
        text = "\0".join((*key, str(seen[key])))
        rows.append(
            {
                "description": finding.message,
                "check_name": finding.rule,
                "fingerprint": sha256(text.encode("utf-8", "backslashreplace")).hexdigest(),
                "severity": _SEVERITIES[finding.level],
                "location": {"path": finding.span.path, "lines": {"begin": finding.span.line}},
            }
        )
    return json.dumps(rows, indent=2) + "\n"
