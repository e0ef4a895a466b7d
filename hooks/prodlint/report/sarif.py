"""SARIF 2.1.0 as GitHub code scanning takes it."""

import json
import os

from prodlint import __version__
from prodlint.core import rule as rules
from prodlint.core.engine import Result
from prodlint.core.finding import Finding
from prodlint.core.project import Project
from prodlint.core.source import Span
from prodlint.core.visible import visible
from prodlint.typed import Any

HOME = "https://github.com/prodlint/prodlint"
# Code scanning reads no more results of a run.
MAX_RESULTS = 25_000


def report(result: Result, project: Project, colour: bool) -> str:
    ids = sorted({finding.rule for finding in result.findings})
    run = {
        "tool": {
            "driver": {
                "name": "prodlint",
                "semanticVersion": __version__,
                "version": __version__,
                "informationUri": HOME,
                "rules": [_rule(rule_id) for rule_id in ids],
            }
        },
        "automationDetails": {"id": "prodlint/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The root of the repository."}}},
        "results": [_result(finding, ids) for finding in result.findings[:MAX_RESULTS]],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def page_url(rule_id: str) -> str:
    return f"{HOME}/blob/v{__version__}/hooks/prodlint/{rule_id.replace('-', '_')}.md"


def _rule(rule_id: str) -> dict[str, Any]:
    rule = rules.load(rule_id)
    page = rules.page(rule_id).partition("\n## ")[0].strip()
    hook, name = rule_id.split("/")
    return {
        "id": rule_id,
        "name": "".join(word.capitalize() for word in [hook, *name.split("-")]),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": page, "markdown": page},
        "helpUri": page_url(rule_id),
        "defaultConfiguration": {"level": rule.level},
        "properties": {
            "precision": "high",
            "problem.severity": rule.level,
            "tags": [hook, "production"],
        },
    }


def _result(finding: Finding, ids: list[str]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": ids.index(finding.rule),
        "level": finding.level,
        "message": {"text": _shown(_sentence(finding))},
        "locations": [_location(finding.span)],
    }
    if finding.related:
        data["relatedLocations"] = [
            {"id": number, **_location(place.span), "message": {"text": _shown(place.message)}}
            for number, place in enumerate(finding.related, 1)
        ]
    return data


def _sentence(finding: Finding) -> str:
    """The message and the help as whole sentences, as the format asks."""
    message = finding.message[:1].upper() + finding.message[1:] + "."
    return message + (f" Help: {finding.help.rstrip('.')}." if finding.help else "")


def _shown(text: str) -> str:
    """Line by line: the lines of a help are there to be copied."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _location(span: Span) -> dict[str, Any]:
    from urllib.parse import quote

    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.end, span.start + 1))
    region = {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(os.fsencode(span.path)), "uriBaseId": "SRCROOT"},
            "region": region,
        }
    }
