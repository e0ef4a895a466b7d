"""`prodlint graph`: the order in which compose starts services, as Mermaid and as text."""

import re
import time
from pathlib import Path

import pytest

from conftest import HANGS, write
from prodlint.cli import main

APP = """\
services:
  web:
    image: nginx:1.27
    depends_on: [api]
  api:
    image: registry.example.com/api:1
    depends_on:
      db: {condition: service_healthy}
      migrate: {condition: service_completed_successfully}
      cache: {condition: service_started, required: false}
  migrate:
    image: registry.example.com/api:1
    depends_on: [db]
  db:
    image: postgres:17
    healthcheck: {test: [CMD, pg_isready]}
"""


def graph(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    *words: str,
    code: int = 0,
) -> str:
    """What the command prints in a folder: the output, or in case of a failure the note."""
    (folder / ".git").mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    assert main(["graph", *words]) == code
    printed = capfd.readouterr()
    return printed.err if code else printed.out


def test_mermaid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"compose.yaml": APP})

    assert graph(tmp_path, monkeypatch, capfd).partition("  classDef")[0] == (
        "flowchart LR\n"
        '  subgraph p0["compose.yaml"]\n'
        '    p0s0["web<br>no healthcheck"]:::unhealthy\n'
        '    p0s1["api<br>health unknown"]:::unknown\n'
        '    p0s2["migrate<br>runs once"]:::job\n'
        '    p0s3["db<br>healthcheck"]:::healthy\n'
        '    p0s4["cache<br>not defined"]:::missing\n'
        "    p0s1 -.->|started| p0s0\n"
        "    p0s3 -->|healthy| p0s1\n"
        "    p0s2 ==>|completed| p0s1\n"
        "    p0s4 -.->|started, if there| p0s1\n"
        "    p0s3 -.->|started| p0s2\n"
        "  end\n"
    )


def test_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"compose.yaml": APP})

    assert graph(tmp_path, monkeypatch, capfd, "--format", "text") == (
        "compose.yaml\n"
        "  1  db: healthcheck\n"
        "  2  migrate: runs once\n"
        "       after db (started)\n"
        "  3  api: health unknown\n"
        "       after db (healthy), migrate (completed), cache (not defined)\n"
        "  4  web: no healthcheck\n"
        "       after api (started)\n"
    )


def test_a_healthcheck_that_cannot_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    test = "    healthcheck: {test: [CMD, curl, -f, http://localhost]}\n"
    write(tmp_path, {"compose.yaml": f"services:\n  web:\n    image: node:22-alpine\n{test}"})

    assert "web: never healthy, curl is not in its image" in graph(
        tmp_path, monkeypatch, capfd, "--format=text"
    )


def test_projects_are_told_apart_and_overrides_belong_to_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    web = "services:\n  web:\n    image: nginx\n"
    override = "services:\n  web:\n    depends_on: [db]\n  db:\n    image: postgres\n"
    write(
        tmp_path,
        {"a/compose.yaml": web, "a/compose.override.yaml": override, "b/stack.yaml": web},
    )

    whole = graph(tmp_path, monkeypatch, capfd, "--format", "text")
    assert whole == (
        "a/compose.yaml\n  1  db: no healthcheck\n  2  web: no healthcheck\n       after db (started)\n"
    )
    assert graph(tmp_path, monkeypatch, capfd, "--format", "text", "a", "a/compose.yaml") == whole
    two = graph(tmp_path, monkeypatch, capfd, "a", "b/stack.yaml")
    assert 'subgraph p0["a/compose.yaml"]' in two
    assert 'subgraph p1["b/stack.yaml"]' in two
    assert two.count("classDef healthy") == 1


def test_a_circle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    services = "".join(
        f"  {name}: {{image: nginx, depends_on: [{after}]}}\n" for name, after in ("ab", "ba", "cb")
    )
    write(tmp_path, {"compose.yaml": f"services:\n{services}  d: {{image: nginx}}\n"})

    assert graph(tmp_path, monkeypatch, capfd, "--format", "text") == (
        "compose.yaml\n  1  d: no healthcheck\n  -  never, as they wait for each other: a, b, c\n"
    )
    assert "p0s1 -.->|started| p0s0\n" in graph(tmp_path, monkeypatch, capfd)


HOSTILE = [
    '"]:::x',
    "end",
    "a%%b",
    "`x`",
    "<b>",
    "a\\nb",
    "\\u001b[31m",
    "\\u202eabc",
    "#quot;",
    "ş",
]


def test_names_cannot_leave_their_quotes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    keys = ['"' + name.replace('"', '\\"') + '"' for name in HOSTILE]
    services = "".join(f"  {key}: {{image: nginx, depends_on: [{keys[0]}]}}\n" for key in keys[1:])
    write(tmp_path, {"compose.yaml": f"services:\n  {keys[0]}: {{image: nginx}}\n{services}"})

    drawn = graph(tmp_path, monkeypatch, capfd)
    nodes = re.findall(r'^    p0s\d+\["((?:[\w ,./-]|#\d+;)+)<br>[\w ]+"\]:::\w+$', drawn, re.M)
    assert len(nodes) == len(HOSTILE)
    assert nodes[0] == "#34;#93;#58;#58;#58;x"
    assert nodes[-1] == "ş"
    assert graph(tmp_path, monkeypatch, capfd, "--format", "text").replace("\n", "").isprintable()


def test_text_fits_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    names = [f"service-with-a-long-name-{number}" for number in range(20)] + ["x" * 200]
    services = "".join(f"  {name}: {{image: nginx}}\n" for name in names)
    last = f"  last: {{image: nginx, depends_on: [{', '.join(names)}]}}\n"
    write(tmp_path, {f"{'f' * 90}/compose.yaml": f"services:\n{services}{last}"})

    lines = graph(tmp_path, monkeypatch, capfd, "--format", "text").splitlines()
    assert max(map(len, lines)) <= 80
    assert "service-with-a-long-name-19" in " ".join(lines)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["nowhere.yaml"], "nowhere.yaml: no such file or folder"),
        (["empty"], "no compose file with services here"),
        (["README.md"], "README.md: no compose file with services"),
        (["broken.yaml"], "broken.yaml:2: "),
        (["compose.override.yaml"], "compose.override.yaml: completes another compose file"),
        (["--format", "svg"], "--format svg: expected one of mermaid, text"),
        (["--colour"], "unknown option --colour"),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(value),
)
def test_what_cannot_be_drawn(
    words: list[str],
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    write(
        tmp_path,
        {
            "compose.yaml": APP,
            "compose.override.yaml": "services:\n  web:\n    restart: always\n",
            "README.md": "text\n",
            "broken.yaml": "services:\n  a: [\n",
            "empty/a.txt": "",
        },
    )

    assert graph(tmp_path, monkeypatch, capfd, *words, code=2).startswith(f"prodlint: {why}")


def test_a_broken_file_among_others_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"a/compose.yaml": APP, "b/compose.yaml": "services:\n  a: [\n"})
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    assert main(["graph"]) == 0
    printed = capfd.readouterr()
    assert "a/compose.yaml" in printed.out
    assert "b/compose.yaml:" in printed.err


def test_a_long_chain_is_drawn_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    chain = "".join(f"  s{n}: {{image: nginx, depends_on: [s{n + 1}]}}\n" for n in range(5000))
    write(tmp_path, {"compose.yaml": f"services:\n{chain}  s5000: {{image: nginx}}\n"})

    begin = time.process_time()
    assert graph(tmp_path, monkeypatch, capfd, "--format", "text").endswith("after s1 (started)\n")
    assert time.process_time() - begin < HANGS
