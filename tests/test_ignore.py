"""Inline ignores: which lines they cover, and what is said of bad ones."""

import pytest

from conftest import Lint

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
