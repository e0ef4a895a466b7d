"""Ignores that were written for other tools: which rules and lines they cover, and how they are switched off."""

import re

import pytest

from conftest import Lint
from prodlint.ci.foreign_ignores import CORRESPONDING as ci
from prodlint.core import rule
from prodlint.dockerfile import FOREIGN
from prodlint.dockerfile.foreign_ignores import CORRESPONDING
from samples import sample
from test_ignore import rules

ROOT, HEALTH = "dockerfile/root-user", "dockerfile/missing-healthcheck"
SHELL, TAG = "dockerfile/shell-form-command", "dockerfile/untagged-image"
ALL = [HEALTH, ROOT, SHELL, TAG]
# With the places where the comments below go.
FILE = """{top}FROM node:latest
WORKDIR /app
{user}USER root
EXPOSE 3000
{command}CMD cd /app && \\
  node server.js
"""


def found(lint: Lint, **comments: str) -> list[str]:
    lines = {name: f"{text}\n" if text else "" for name, text in comments.items()}
    text = FILE.format(**{"top": "", "user": "", "command": "", **lines})
    return sorted(rules(lint({"Dockerfile": text}, only=["dockerfile"])))


def test_without_any(lint: Lint) -> None:
    assert found(lint) == ALL


@pytest.mark.parametrize(
    ("comment", "covered"),
    [
        ("# hadolint ignore=DL3007", [TAG]),
        ("# hadolint ignore=DL3007,DL3057,SC2086 # a reason", [HEALTH, TAG]),
        ("# hadolint ignore=DL3002", []),
        ("# hadolint ignore=DL3025", []),
        ("#hadolint ignore = DL3007\n\n# more", [TAG]),
        ("# hadolint stage ignore=DL3002,DL3025", [ROOT, SHELL]),
        ("# hadolint global ignore=DL3002, DL3025", [ROOT, SHELL]),
        ("# hadolint shell=/bin/bash", []),
        ("# hadolint ignore=DL9999", []),
        ("# check=skip=JSONArgsRecommended", [SHELL]),
        ("# syntax=docker/dockerfile:1\n# check=error=true;skip=all", [SHELL]),
        ("# check=error=true", []),
        ("# a comment\n# check=skip=JSONArgsRecommended", []),
        ("# checkov:skip=CKV_DOCKER_2:no port of its own", [HEALTH]),
        ("# checkov:skip=CKV_DOCKER_3: a reason\n# bridgecrew:skip=CKV_DOCKER_7:why", [ROOT, TAG]),
        ("# trivy:ignore:AVD-DS-0002 -- as root by design", [ROOT]),
        ("#trivy:ignore:ds-0001 trivy:ignore:DS026", [HEALTH, TAG]),
        ("# trivy:ignore:*", [TAG]),
        ("# trivy:ignore:DS-0002:exp:2026-12-31", [ROOT]),
        ("# trivy:ignore:DS-0002:exp:2026-01-01", []),
        ("# see checkov:skip=CKV_DOCKER_2", []),
        ("# hadolint", []),
    ],
)
def test_above_from(comment: str, covered: list[str], lint: Lint) -> None:
    assert found(lint, top=comment) == sorted(set(ALL) - set(covered))


@pytest.mark.parametrize(
    ("place", "comment", "covered"),
    [
        ("user", "# hadolint ignore=DL3002", [ROOT]),
        ("user", "# hadolint ignore=DL3002\n# why", [ROOT]),
        ("user", "# trivy:ignore:DS-0002", [ROOT]),
        ("user", "# hadolint ignore=DL3025", []),
        ("user", "# trivy:ignore:DS-0026", []),
        ("user", "# checkov:skip=CKV_DOCKER_7", [TAG]),
        ("command", "# hadolint ignore=DL3025", [SHELL]),
        ("command", "# check=skip=JSONArgsRecommended // why", [SHELL]),
        ("command", "# hadolint global ignore=DL3002", [ROOT]),
    ],
)
def test_above_an_instruction(place: str, comment: str, covered: list[str], lint: Lint) -> None:
    assert found(lint, **{place: comment}) == sorted(set(ALL) - set(covered))


def test_of_a_stage_that_is_not_the_last(lint: Lint) -> None:
    text = "# hadolint ignore=DL3002,DL3057\nFROM node:22 AS build\nUSER root\n\n" + FILE
    text = text.format(top="", user="", command="")

    assert sorted(rules(lint({"Dockerfile": text}, only=["dockerfile"]))) == ALL


def test_beside_an_ignore_of_ours(lint: Lint) -> None:
    ours = f"# hadolint ignore=DL3007\n# prodlint: ignore[{TAG}] moves with node"

    assert found(lint, top=ours) == sorted(set(ALL) - {TAG})


def test_switched_off(lint: Lint) -> None:
    text = FILE.format(top="# hadolint global ignore=DL3002\n", user="", command="")
    files: dict[str, str | bytes] = {
        "Dockerfile": text,
        ".prodlint.yaml": "foreign-ignores: false\n",
    }

    assert sorted(rules(lint(files, only=["dockerfile"]))) == ALL


def test_of_a_file_that_ends_before_the_instruction(lint: Lint) -> None:
    text = FILE.format(top="", user="", command="") + "# hadolint ignore=DL3002\n"

    assert sorted(rules(lint({"Dockerfile": text}, only=["dockerfile"]))) == ALL


# Credentials


def tokens(lint: Lint, path: str, text: str, settings: str = "") -> list[str]:
    """The lines with a finding; `«1»` and `«2»` are tokens."""
    for number in (1, 2):
        text = text.replace(f"«{number}»", sample("GitHub token", number))
    printed = lint({path: text, ".prodlint.yaml": settings}, select=["secrets/leaked-token"])
    return [line.split(":")[1] for line in printed.splitlines()]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        (".env.production", "A=«1»\n", ["1"]),
        (".env.production", "A=«1» # pragma: allowlist secret\nB=«2»\n", ["2"]),
        (".env.production", "A=«1» #pragma: whitelist-secret, only a test\n", []),
        (".env.production", "# pragma: allowlist nextline secret\nA=«1»\nB=«2»\n", ["3"]),
        (".env.production", "  # pragma:allowlist-nextline-secret\nA=«1»\n", []),
        (".env.production", "A=«1» # pragma: allowlist nextline secret\nB=«2»\n", ["1", "2"]),
        (".env.production", "# pragma: allowlist nextline secret\n\nA=«1»\n", ["3"]),
        (".env.production", "A=«1» # gitleaks:allow\nB=«2»\n", ["2"]),
        (".env.production", "# gitleaks:allow\nA=«1»\n", ["2"]),
        (".env.production", "A=«1» # pragma: no cover\n", ["1"]),
        ("a.yaml", "a: «1» # pragma: allowlist secret\n", []),
        ("a.yaml", "a: «1» // pragma: allowlist secret\n", ["1"]),
        ("main.tf", 'a = "«1»" // pragma: allowlist secret\n', []),
    ],
)
def test_allowed_secret(path: str, text: str, found: list[str], lint: Lint) -> None:
    assert tokens(lint, path, text) == found
    assert tokens(lint, path, text, "foreign-ignores: false\n") == [
        str(number) for number, line in enumerate(text.splitlines(), 1) if "«" in line
    ]


def test_allowed_secrets_are_those_of_the_secrets_hook_alone(lint: Lint) -> None:
    text = "FROM python:3.13-slim\nCMD python app.py # pragma: allowlist secret\n"

    assert SHELL in rules(lint({"Dockerfile": text}, only=["dockerfile"]))


# Workflows


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("", 1),
        (" # zizmor: ignore[unpinned-uses]", 0),
        (" # zizmor: ignore[artipacked, unpinned-uses] our own", 0),
        (" # zizmor: ignore[artipacked]", 1),
        (" # zizmor: ignore", 1),
        ("\n        # zizmor: ignore[unpinned-uses]", 1),
    ],
    ids=str,
)
def test_zizmor(comment: str, found: int, lint: Lint) -> None:
    text = (
        "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n"
        f"      - uses: somebody/action@main{comment}\n"
    )

    printed = lint({".github/workflows/ci.yml": text}, select=["ci/unpinned-action"])

    assert len(printed.splitlines()) == found


def test_the_table_of_zizmor_names_rules() -> None:
    assert set(ci) <= set(rule.rule_ids("ci"))


def test_the_table_names_rules() -> None:
    ids = [name for known in CORRESPONDING.values() for name in known.split()]

    assert {f"dockerfile/{name}" for name in CORRESPONDING} <= set(rule.rule_ids("dockerfile"))
    assert all(re.fullmatch(r"DL\d{4}|DS-\d{4}|CKV2?_DOCKER_\d+|[A-Za-z]+", name) for name in ids)
    assert all(" " not in word.strip() or word == "check =" for word in FOREIGN)


# Pages

NOTHING = "None of hadolint, BuildKit, trivy and checkov has a rule for this."
RANGE = re.compile(r"(CKV2?_DOCKER_)(\d+) to CKV2?_DOCKER_(\d+)")


@pytest.mark.parametrize("rule_id", rule.rule_ids("dockerfile"))
def test_page_names_the_rules_of_other_tools(rule_id: str) -> None:
    introduction = rule.page(rule_id).partition("\n## ")[0]
    text = " ".join(introduction.partition("\n\n**In other tools.** ")[2].split())
    named = set(re.findall(r"DL\d{4}|DS-\d{4}|CKV2?_DOCKER_\d+|(?<=`)[A-Z][A-Za-z]+(?=`)", text))
    for stem, first, last in RANGE.findall(text):
        named |= {f"{stem}{number}" for number in range(int(first), int(last) + 1)}
    ours = set(CORRESPONDING.get(rule_id.partition("/")[2], "").split())

    assert text and introduction.count("**In other tools.**") == 1
    assert ours <= named
    assert bool(ours) != text.startswith(NOTHING) or rule_id == "dockerfile/syntax"
    for tool in ("hadolint", "BuildKit", "trivy", "checkov"):
        assert tool in text
