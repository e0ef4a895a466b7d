"""Inline ignores: which lines they cover, and what is said of bad ones."""

import random

import pytest

from conftest import Lint
from prodlint.core import extent
from prodlint.core.extent import Extents
from prodlint.core.ignore import Covers, Ignore, Ignores, Name
from prodlint.core.source import Source

ROOT_USER = "dockerfile/root-user"
TAIL = 'CMD ["python", "app.py"]\n'


def rules(printed: str) -> list[str]:
    return [line.rpartition("[")[2].rstrip("]") for line in printed.splitlines()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("FROM python:3.13-slim\n", [ROOT_USER], id="no ignore"),
        pytest.param(
            f"# prodlint: ignore[{ROOT_USER}] why\nFROM python:3.13-slim\n", [], id="line above"
        ),
        pytest.param(
            f"# prodlint: ignore[{ROOT_USER}] why\n\n# more\nFROM python:3.13-slim\n",
            [],
            id="above a comment block",
        ),
        pytest.param(
            f"FROM python:3.13-slim\n# prodlint: ignore[{ROOT_USER}] why\n",
            [ROOT_USER, "ignore/unused"],
            id="below",
        ),
        pytest.param(
            f"# prodlint: ignore-file[{ROOT_USER}] why\n\nFROM python:3.13-slim\n",
            [],
            id="whole file",
        ),
        pytest.param(
            f"# prodlint: ignore[ {ROOT_USER} , dockerfile/no-instructions] why\nFROM python:3.13-slim\n",
            ["ignore/unused"],
            id="two rules, one of them not needed",
        ),
        pytest.param(
            "# prodlint: ignore[dockerfile/root] why\nFROM python:3.13-slim\n",
            ["ignore/unknown-rule", ROOT_USER],
            id="no such rule",
        ),
        pytest.param(
            f"# prodlint: ignore[{ROOT_USER}]\nFROM python:3.13-slim\n",
            ["ignore/missing-reason"],
            id="no reason",
        ),
        pytest.param(
            f"FROM python:3.13-slim\n# a prodlint: ignore[{ROOT_USER}]\n",
            [ROOT_USER],
            id="only a mention",
        ),
    ],
)
def test_ignore(text: str, found: list[str], lint: Lint) -> None:
    printed = lint({"Dockerfile": text + TAIL}, only=["dockerfile"])

    assert sorted(rules(printed)) == sorted(found)


def test_an_ignore_is_unused_only_when_its_rule_ran(lint: Lint) -> None:
    text = f"# prodlint: ignore[{ROOT_USER}] why\nFROM python:3.13-slim\nUSER nobody\n"

    assert rules(lint({"Dockerfile": text + TAIL}, only=["secrets"])) == []
    assert rules(lint({"Dockerfile": text + TAIL}, only=["dockerfile"])) == ["ignore/unused"]


# Last days


@pytest.mark.parametrize(
    ("text", "found", "told"),
    [
        ("until=2026-11-24 why", [], ""),
        ("until=2027-01-31 why", [], ""),
        ("until=2026-11-23 why", [ROOT_USER], "(ignored until 2026-11-23)"),
        ("until=soon why", ["ignore/invalid-date", ROOT_USER], "(ignored until soon)"),
        ("until= why", [], ""),
        ("until=2027-02-00 why", ["ignore/invalid-date", ROOT_USER], ""),
        ("until=2027-01-31", ["ignore/missing-reason"], ""),
        ("not until=2026-01-01", [], ""),
    ],
    ids=str,
)
def test_until(text: str, found: list[str], told: str, lint: Lint) -> None:
    ignore = f"# prodlint: ignore[{ROOT_USER}] {text}\n"
    printed = lint({"Dockerfile": f"{ignore}FROM python:3.13-slim\n{TAIL}"}, only=["dockerfile"])

    assert sorted(rules(printed)) == sorted(found)
    assert told in printed


def test_an_expired_ignore_of_what_was_mended_is_unused(lint: Lint) -> None:
    ignore = f"# prodlint: ignore[{ROOT_USER}] until=2026-01-01 why\n"
    text = f"{ignore}FROM python:3.13-slim\nUSER nobody\n{TAIL}"

    assert rules(lint({"Dockerfile": text}, only=["dockerfile"])) == ["ignore/unused"]


def test_of_two_ignores_one_may_still_count(lint: Lint) -> None:
    ignores = f"# prodlint: ignore[{ROOT_USER}] until=2026-01-01 old\n# prodlint: ignore-file[{ROOT_USER}] new\n"

    assert (
        lint({"Dockerfile": f"{ignores}FROM python:3.13-slim\n{TAIL}"}, only=["dockerfile"]) == ""
    )


# What follows a comment


@pytest.mark.parametrize(
    ("path", "text", "last"),
    [
        ("Dockerfile", "RUN a\nRUN b\n", 2),
        ("Dockerfile", "RUN a && \\\n    b\nRUN c\n", 3),
        ("Dockerfile", "RUN a && \\\n  # why\n\n  b\nRUN c\n", 5),
        ("Dockerfile", "RUN <<EOF\nb || true\n\n# c\nEOF\nRUN c\n", 6),
        ("Dockerfile", "RUN <<A cat <<-'B' && \\\n  c\n1\nA\n2\n  B\nRUN c\n", 7),
        ("Dockerfile", "RUN cat <<<word\nRUN b\n", 2),
        ("Dockerfile", "RUN <<EOF\nb\n", 4),
        ("Dockerfile", "\n# more\n\nRUN a\n", 5),
        ("Dockerfile", "# only comments\n", 1),
        ("compose.yaml", "web:\n  image: a\n  ports: [80]\ndb:\n", 4),
        ("compose.yaml", "web:\n  image: a\n\n  # why\n  ports:\n  - 80\n\n# of db\ndb:\n", 7),
        ("compose.yaml", "ports:\n- 80\n- 81\nimage: a\n", 4),
        ("compose.yaml", "- a: 1\n  b: 2\n- c: 3\n", 3),
        ("compose.yaml", "  - a\n  - b\n", 2),
        ("ci.yml", "- run: |\n    a\n\n    b || true\n- run: c\n", 5),
        ("ci.yml", "    a && \\\n    b || true\n    c\n", 3),
        ("ci.yml", "    a || true\n    b || true\n", 2),
    ],
)
def test_extent_of_what_follows(path: str, text: str, last: int) -> None:
    _, found = Extents(Source(path, "# a comment\n" + text)).below(1)

    assert found == last


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        (
            "Dockerfile",
            "FROM python:3.13-slim\n{}RUN apt-get update && \\\n    pip install gunicorn || true\nUSER 1000\n",
            "dockerfile/swallowed-failure",
        ),
        (
            ".github/workflows/ci.yml",
            "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n"
            "{}      - name: test\n        run: |\n          npm ci\n          npm test || true\n",
            "ci/swallowed-failure",
        ),
    ],
    ids=["continued", "block"],
)
def test_above_several_lines(path: str, text: str, rule: str, lint: Lint) -> None:
    assert rules(lint({path: text.format("")}, select=[rule])) == [rule]
    assert lint({path: text.format(f"# prodlint: ignore[{rule}] why\n")}, select=[rule]) == ""


def test_beside_the_first_of_several_lines(lint: Lint) -> None:
    rule = "ci/swallowed-failure"
    text = (
        "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n"
        f"      - run: | # prodlint: ignore[{rule}] why\n          npm test || true\n"
    )

    assert sorted(rules(lint({".github/workflows/ci.yml": text}, only=["ci"]))) == [
        rule,
        "ignore/unused",
    ]


def test_many_comments_above_one_line_end_with_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[int] = []
    whole = extent._block_end

    def counted(source: Source, first: int) -> int:
        ends.append(first)
        return whole(source, first)

    monkeypatch.setattr(extent, "_block_end", counted)
    text = "# prodlint: ignore[compose/syntax] why\n" * 500 + "services:\n  web: {image: nginx}\n"
    entries = Ignores(Source("compose.yaml", text)).entries
    assert [(one.first, one.last) for one in entries] == [(501, 502)] * 500
    assert ends == [501]


def test_a_line_is_covered_by_what_reaches_it() -> None:
    chance = random.Random(7)
    span = Source("compose.yaml", "a").span(0, 1)
    for _ in range(50):
        lines = [sorted((chance.randint(1, 30), chance.randint(1, 30))) for _ in range(12)]
        entries = [Ignore(span, [Name("a", span)], "why", *both) for both in lines]
        covers = Covers(entries, "a")
        for line in range(1, 32):
            wanted = {(first, last) for first, last in lines if first <= line <= last}
            assert {(one.first, one.last) for one in covers.of(line)} == wanted


def test_a_finding_is_not_compared_with_every_ignore(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"a{n}: 1 # prodlint: ignore[compose/syntax] why\n" for n in range(500))
    covers = Covers(Ignores(Source("compose.yaml", text)).entries, "compose/syntax")
    looked: list[int] = []

    class Found(list):  # type: ignore[type-arg]
        def __getitem__(self, at):  # type: ignore[no-untyped-def]
            looked.append(at)
            return super().__getitem__(at)

    monkeypatch.setattr(covers, "_found", Found(covers._found))
    assert [one.first for one in covers.of(300)] == [300]
    assert len(looked) < 25
