"""What the reports make of findings, without any hook."""

import html
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from prodlint.core.config import Config
from prodlint.core.engine import Result
from prodlint.core.finding import Finding, Related
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.report import formats, render


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    return Project(str(tmp_path.resolve()), Config())


def finding(text: str, marked: str, **fields: object) -> Finding:
    start = text.index(marked)
    span = Source("compose.yaml", text).span(start, start + len(marked))
    return Finding(span, "the message", level="error", rule="dockerfile/root-user")._replace(
        **fields
    )


def printed(name: str, project: Project, *findings: Finding) -> str:
    return render(name, Result(list(findings), 1, [], []), project)


def test_full(project: Project) -> None:
    other = Source("app/Dockerfile", "FROM node:18-alpine\n").span(0, 4)
    text = "services:\n  web:\n    test: [curl, x]\n"
    fault = finding(
        text, "curl", help="use wget:\n  [wget, x]", related=[Related(other, "builds the image")]
    )

    assert printed("full", project, fault) == (
        "compose.yaml:3:12: error: the message [dockerfile/root-user]\n"
        "  |\n"
        "3 |     test: [curl, x]\n"
        "  |            ^^^^\n"
        "  = app/Dockerfile:1 builds the image\n"
        "  = help: use wget:\n"
        "        [wget, x]\n"
        "\n"
        "Found 1 error in 1 file. `prodlint explain RULE` tells more.\n"
    )


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        pytest.param("a: 日本語 curl", "curl", id="wide characters"),
        pytest.param("a:\tcurl", "curl", id="tab"),
        pytest.param("a: \x1b[0m curl", "curl", id="escape"),
        pytest.param("x" * 300 + " curl " + "y" * 300, "curl", id="long line"),
        pytest.param("curl " + "y" * 300, "curl", id="long line, at its start"),
        pytest.param("x" * 300 + " curl", "curl", id="long line, at its end"),
    ],
)
def test_the_caret_stands_below_what_is_marked(text: str, marked: str, project: Project) -> None:
    _, _, line, caret, *_ = printed("full", project, finding(text + "\n", marked)).splitlines()

    columns = sum(2 if "\u3000" < char < "\uffef" else 1 for char in line[: line.index(marked)])
    assert caret[columns:] == "^" * len(marked)
    assert len(line) <= 80


def test_a_mark_over_several_lines_ends_with_its_first(project: Project) -> None:
    _, _, _, caret, *_ = printed("full", project, finding("abc\ndef\n", "bc\nde")).splitlines()

    assert caret == "  |  ^^"


def test_a_mark_at_the_end_of_the_file(project: Project) -> None:
    span = Source("x", "").span(0, 0)

    for name in formats():
        assert printed(name, project, finding("a", "a", span=span))


def test_a_long_message_keeps_its_line_and_notes_are_wrapped(project: Project) -> None:
    fault = finding("a\n", "a", message="word " * 40, help="word " * 40)

    lines = printed("full", project, fault).splitlines()

    assert len(lines[0]) > 80
    assert max(map(len, lines[1:])) <= 80


def test_a_credential_is_never_quoted(project: Project) -> None:
    fault = finding("password: hunter2hunter2\n", "hunter2hunter2", secret=True)

    for name in formats():
        assert "hunter" not in printed(name, project, fault)


def test_github(project: Project) -> None:
    text = printed("github", project, finding("a: b\n", "b", message="50% of\nit", help="do: x, y"))

    assert text == (
        "::error file=compose.yaml,line=1,endLine=1,col=4,endColumn=5,title=dockerfile/root-user"
        "::50%25 of%0Ait%0Ado: x, y\n"
    )


def test_json(project: Project) -> None:
    data = json.loads(printed("json", project, finding("a: b\n", "b", help="write c")))

    assert data["findings"] == [
        {
            "rule": "dockerfile/root-user",
            "level": "error",
            "message": "the message",
            "help": "write c",
            "path": "compose.yaml",
            "line": 1,
            "column": 4,
            "end_line": 1,
            "end_column": 5,
            "related": [],
        }
    ]


def test_gitlab_knows_a_finding_when_it_moves(project: Project) -> None:
    first = finding("a: b\n", "b")
    moved = finding("# new\na: b\n", "b")

    one, again = json.loads(printed("gitlab", project, first, first))
    (other,) = json.loads(printed("gitlab", project, moved))

    assert one["location"] == {"path": "compose.yaml", "lines": {"begin": 1}}
    assert other["location"]["lines"] == {"begin": 2}
    assert one["fingerprint"] == other["fingerprint"] != again["fingerprint"]
    assert (one["severity"], one["check_name"]) == ("critical", "dockerfile/root-user")


def test_junit_is_xml_whatever_a_file_holds(project: Project) -> None:
    fault = finding("a: b\n", "b", message='<b> & "c"\x1b]]>', help="write\n  x: <y>")

    suite = ElementTree.fromstring(printed("junit", project, fault))[0]

    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    failure = suite[0][0]
    assert failure.get("message") == '<b> & "c"\\x1b]]>'
    assert failure.text == 'compose.yaml:1: <b> & "c"\\x1b]]>\nwrite\n  x: <y>'


def test_markdown_reads_as_it_was_written(project: Project) -> None:
    said = r"`npm test || true` in <job_1> & #2 of [a](b) *x* \n @me"
    text = printed("markdown", project, finding("a\n", "a", message=said))

    assert said in html.unescape(text)
    assert "`npm" not in text


def test_markdown_is_plain_text_and_bounded(project: Project) -> None:
    fault = finding("a\n", "a", message="<img> `x` [y](z) a|b **c** @someone #1")
    text = printed("markdown", project, *[fault] * 10_000)

    assert not set("<`[*@") & set(text.splitlines()[6])
    assert len(text.encode()) < 1024 * 1024
    assert text.endswith(" more findings are in the log.\n")


@pytest.mark.parametrize("name", formats())
def test_no_finding(name: str, project: Project) -> None:
    text = printed(name, project)

    assert text == "" or text.endswith("\n")
