"""The baseline: what an entry accepts, what it never accepts, and what is said of entries and files that do not fit."""

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Lint, write
from prodlint.core import baseline
from prodlint.core.config import BASELINE
from samples import sample
from test_cli import prodlint

ROOT_USER = "dockerfile/root-user"
TOKEN = sample("GitHub token")
DOCKERFILE = 'FROM python:3.13-slim\nCMD ["python", "app.py"]\n'


def accept(folder: Path, *words: str) -> str:
    """What `prodlint baseline` notes."""
    done = prodlint(folder, "baseline", *words, PRODLINT_DATE="2026-11-24")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return done.stderr


def entries(folder: Path) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads((folder / BASELINE).read_text())["findings"]
    return listed


def check(folder: Path, *words: str) -> tuple[list[str], str]:
    """The findings, without their rules, and the notes."""
    done = prodlint(folder, "--format", "concise", *words, PRODLINT_DATE="2026-11-24")
    assert done.returncode in (0, 1), done.stderr
    return [line.partition(": ")[0] for line in done.stdout.splitlines()], done.stderr


def test_findings_of_today_are_quiet_and_new_ones_are_not(tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": DOCKERFILE})

    assert accept(tmp_path) == f"prodlint: {BASELINE}: accepts 1 finding\n"
    assert check(tmp_path) == ([], "")
    write(tmp_path, {"api/Dockerfile": DOCKERFILE})
    assert check(tmp_path) == (["api/Dockerfile:1:6"], "")


def test_written_file_is_sorted_and_stays_the_same(tmp_path: Path) -> None:
    write(tmp_path, {f"{name}/Dockerfile": DOCKERFILE for name in ("b", "a", "c")})
    accept(tmp_path)
    first = (tmp_path / BASELINE).read_text()

    accept(tmp_path)

    assert (tmp_path / BASELINE).read_text() == first
    assert [entry["path"][0] for entry in entries(tmp_path)] == ["a", "b", "c"]
    assert sum("Dockerfile" in line for line in first.splitlines()) == 3
    assert {*entries(tmp_path)[0]} == {"path", "rule", "hash"}


def test_moved_lines_stay_quiet(tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": DOCKERFILE})
    accept(tmp_path)

    write(
        tmp_path, {"Dockerfile": "# the app\n\nARG A=1\n" + DOCKERFILE.replace("FROM ", "FROM   ")}
    )

    assert check(tmp_path) == ([], "")


def test_changed_text_is_new(tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": DOCKERFILE})
    accept(tmp_path)

    write(tmp_path, {"Dockerfile": DOCKERFILE.replace("3.13", "3.14")})

    found, notes = check(tmp_path)
    assert found == ["Dockerfile:1:6"]
    assert notes == (
        f"prodlint: {BASELINE}: 1 entry accepts nothing any more, `prodlint baseline --update` removes such\n"
    )


def test_same_line_several_times(tmp_path: Path) -> None:
    job = "  {}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pytest || true\n"
    start = "on: push\npermissions: {}\njobs:\n"
    path = ".github/workflows/ci.yml"
    write(tmp_path, {path: start + job.format("a") + job.format("b")})
    accept(tmp_path)
    assert [entry["times"] for entry in entries(tmp_path)] == [2]

    write(tmp_path, {path: start + "".join(map(job.format, "cab"))})
    assert check(tmp_path) == ([f"{path}:15:21"], "")

    write(tmp_path, {path: start + job.format("a")})
    assert check(tmp_path) == ([], "")
    accept(tmp_path, "--update")
    assert "times" not in entries(tmp_path)[0]
    write(tmp_path, {path: start + job.format("a") + job.format("b")})
    assert check(tmp_path) == ([f"{path}:11:21"], "")


def test_two_findings_on_a_line(tmp_path: Path) -> None:
    line = 'LINKS="{} {}"\n'
    first, second, third = (sample("GitHub token", seed) for seed in (1, 2, 3))
    write(tmp_path, {".env.production": line.format(first, second)})
    accept(tmp_path)
    assert len(entries(tmp_path)) == 2

    write(tmp_path, {".env.production": line.format(third, second)})

    assert check(tmp_path)[0] == [".env.production:1:8"]


def test_a_renamed_file_takes_its_entries_along(tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": DOCKERFILE})
    accept(tmp_path, "--reason", "moves in spring")

    (tmp_path / "Dockerfile").rename(tmp_path / "Dockerfile.api")
    assert check(tmp_path) == ([], "")
    assert check(tmp_path, "Dockerfile.api") == ([], "")
    write(tmp_path, {"Dockerfile.web": DOCKERFILE})
    assert check(tmp_path)[0] == ["Dockerfile.web:1:6"]

    accept(tmp_path, "--update")
    assert [(entry["path"], entry["reason"]) for entry in entries(tmp_path)] == [
        ("Dockerfile.api", "moves in spring")
    ]


def test_a_copy_is_new(tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": DOCKERFILE})
    accept(tmp_path)

    write(tmp_path, {"Dockerfile.api": DOCKERFILE})

    assert check(tmp_path)[0] == ["Dockerfile.api:1:6"]


def test_update_only_removes(tmp_path: Path) -> None:
    write(tmp_path, {"a/Dockerfile": DOCKERFILE, "b/Dockerfile": DOCKERFILE})
    accept(tmp_path)
    write(tmp_path, {"a/Dockerfile": DOCKERFILE + "USER 1000\n", "c/Dockerfile": DOCKERFILE})

    noted = accept(tmp_path, "--update")

    assert [entry["path"] for entry in entries(tmp_path)] == ["b/Dockerfile"]
    assert noted == f"prodlint: {BASELINE}: accepts 1 finding, without 1 entry of before\n"


def test_last_day(tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": DOCKERFILE})
    accept(tmp_path, "--until", "2026-11-24", "--reason", "the new image comes in December")
    assert check(tmp_path) == ([], "")

    late = prodlint(tmp_path, "--format", "concise", PRODLINT_DATE="2026-11-25")

    assert late.returncode == 1
    assert "no USER follows (the baseline accepted it until 2026-11-24) [" in late.stdout
    prodlint(tmp_path, "baseline", PRODLINT_DATE="2026-11-25")
    assert "until" not in entries(tmp_path)[0]


def test_new_entries_alone_get_the_reason(tmp_path: Path) -> None:
    write(tmp_path, {"a/Dockerfile": DOCKERFILE})
    accept(tmp_path, "--reason", "first")
    write(tmp_path, {"b/Dockerfile": DOCKERFILE})
    accept(tmp_path, "--reason", "second", "--until", "2027-01-31")

    assert [(entry["reason"], entry.get("until")) for entry in entries(tmp_path)] == [
        ("first", None),
        ("second", "2027-01-31"),
    ]


def test_a_partial_run_says_nothing_of_other_entries(tmp_path: Path) -> None:
    write(tmp_path, {"a/Dockerfile": DOCKERFILE, "b/Dockerfile": DOCKERFILE})
    accept(tmp_path)
    write(tmp_path, {"b/Dockerfile": DOCKERFILE + "USER 1000\n"})

    assert check(tmp_path, "a/Dockerfile") == ([], "")
    assert check(tmp_path, "--only", "compose") == ([], "")
    assert check(tmp_path, "--ignore", ROOT_USER) == ([], "")
    assert "1 entry" in check(tmp_path, "--only", "dockerfile")[1]


def test_it_is_no_file_to_lint(tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": DOCKERFILE, ".prodlint.yaml": "secrets:\n  scope: all\n"})
    accept(tmp_path)
    text = (tmp_path / BASELINE).read_text()
    write(tmp_path, {BASELINE: text.replace('"hash"', f'"reason": "{TOKEN}", "hash"')})

    assert check(tmp_path) == ([], "")
    assert check(tmp_path, BASELINE) == ([], "")


def test_a_hook_of_its_own_leaves_the_entries_of_the_others(tmp_path: Path) -> None:
    token = {"config/production.yaml": f"GH_TOKEN: {TOKEN}\n"}
    write(tmp_path, {"Dockerfile": DOCKERFILE, **token})

    noted = accept(tmp_path, "--only", "secrets", "--reason", "rotated in May")
    assert noted == f"prodlint: {BASELINE}: accepts 1 finding\n"
    assert [entry["rule"] for entry in entries(tmp_path)] == ["secrets/leaked-token"]
    assert check(tmp_path)[0] == ["Dockerfile:1:6"]

    accept(tmp_path, "--select", ROOT_USER)
    assert [entry["rule"] for entry in entries(tmp_path)] == [ROOT_USER, "secrets/leaked-token"]
    assert check(tmp_path) == ([], "")

    write(tmp_path, {"Dockerfile": "FROM scratch\n", "config/production.yaml": "A: 1\n"})
    noted = accept(tmp_path, "--update", "--only", "dockerfile")
    assert noted == f"prodlint: {BASELINE}: accepts 1 finding, without 1 entry of before\n"
    assert [entry["reason"] for entry in entries(tmp_path)] == ["rotated in May"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "secret"], "prodlint: unknown hook 'secret', did you mean 'secrets'?"),
        (["--select", "secrets/leaked"], "prodlint: unknown rule 'secrets/leaked'"),
    ],
)
def test_a_hook_that_there_is_not(words: list[str], said: str, tmp_path: Path) -> None:
    done = prodlint(tmp_path, "baseline", *words)

    assert done.returncode == 2
    assert done.stderr.startswith(said)
    assert not (tmp_path / BASELINE).exists()


# Credentials


def test_an_entry_never_hides_a_new_value(tmp_path: Path) -> None:
    # An env file would have a second finding: that it is in the repository at all.
    write(tmp_path, {"config/production.yaml": f"GH_TOKEN: {TOKEN}\n"})
    accept(tmp_path)
    assert check(tmp_path) == ([], "")

    write(tmp_path, {"config/production.yaml": f"GH_TOKEN: {sample('GitHub token', 8)}\n"})

    assert check(tmp_path)[0] == ["config/production.yaml:1:11"]


def test_a_guessable_credential_has_no_entry(tmp_path: Path) -> None:
    compose = "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: postgres\n"
    write(tmp_path, {"compose.yaml": compose})

    noted = accept(tmp_path)

    assert "1 credential could be guessed from an entry, so there is none" in noted
    assert "secrets/weak-credential" not in (tmp_path / BASELINE).read_text()
    assert check(tmp_path)[0] == ["compose.yaml:5:26"]


def test_no_hash_of_a_credential_is_one_that_anybody_could_compute(tmp_path: Path) -> None:
    write(tmp_path, {"a/.env.production": f"GH_TOKEN={TOKEN}\n"})
    accept(tmp_path)
    text = (tmp_path / BASELINE).read_text()
    other = baseline.Baseline(str(tmp_path))

    assert other.salt not in text
    assert len({other.salt, baseline.Baseline(str(tmp_path)).salt}) == 2
    assert not any(TOKEN[at : at + 5] in text for at in range(len(TOKEN) - 4))


@pytest.mark.parametrize(
    ("value", "guessed"),
    [
        *(("postgres", True), ("correct horse battery staple", True), ("Summer2026!", True)),
        *(("superSecret123x", True), ("admin:admin", True), ("", True), ("aB3$kL9!mN2@", True)),
        *((TOKEN, False), (sample("password"), False), (sample("AWS access key"), False)),
        (sample("private key"), False),
        ("0f3c9b1d-e0b3-f57f-3c3c-9a2b75d1e604", False),
    ],
    ids=range(12),
)
def test_guessable(value: str, guessed: bool) -> None:
    assert baseline.guessable(value) is guessed


def test_lines_are_hashed_without_their_credentials(tmp_path: Path) -> None:
    """So that nobody finds a short password from the entry of another finding on its line."""
    from prodlint.core.finding import Finding
    from prodlint.core.source import Source

    known = baseline.Baseline(str(tmp_path))
    texts = [
        f"command: redis-server --requirepass {value} || true\n" for value in ("abcd", "efghij")
    ]
    first, second = (
        Finding(Source("a.yaml", text).span(0, 7), "", rule="ci/swallowed-failure")
        for text in texts
    )

    assert known.hash(first) == known.hash(second)


# Files that do not fit

GOOD: dict[str, Any] = {"prodlint-baseline": 1, "salt": "0" * 32, "findings": []}
ENTRY = {"path": "Dockerfile", "rule": ROOT_USER, "hash": "0" * 16}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{\n  oops", ":2: not JSON: expecting property name enclosed in double quotes"),
        ("<<<<<<< HEAD\n{}", ":1: not JSON: expecting value"),
        ("[" * 100_000, ": not JSON that prodlint wrote"),
        ("9" * 10_000, ": "),
        (b"\x00\x01", ": binary"),
        (" " * 2_100_000, ": larger than 2 MB"),
        ({**GOOD, "prodlint-baseline": 2}, ": prodlint-baseline: expected 1"),
        ({**GOOD, "salt": "abc"}, ": salt: expected a text like "),
        ({**GOOD, "finding": []}, ": finding: unknown key 'finding', did you mean 'findings'?"),
        ({"salt": "0" * 32}, ": the key 'prodlint-baseline' is missing"),
        ([], ": expected a mapping"),
        ({**GOOD, "findings": [{}]}, ": findings[0]: the key 'path' is missing"),
        (
            {**GOOD, "findings": [{**ENTRY, "untill": "2027-01-31"}]},
            ": findings[0].untill: unknown key 'untill', did you mean 'until'?",
        ),
        (
            {**GOOD, "findings": [{**ENTRY, "until": "soon"}]},
            ": findings[0].until: expected a text like 2027-01-31",
        ),
        (
            {**GOOD, "findings": [{**ENTRY, "rule": "dockerfile/root-usr"}]},
            ": unknown rule 'dockerfile/root-usr', did you mean 'dockerfile/root-user'?",
        ),
        ({**GOOD, "findings": [{**ENTRY, "times": 0}]}, ": findings[0].times: expected at least 1"),
        (
            {**GOOD, "findings": [{**ENTRY, "plugins_used": [{"path": "file://x.py"}]}]},
            ": findings",
        ),
    ],
    ids=range(17),
)
@pytest.mark.parametrize("words", [[], ["baseline"], ["baseline", "--update"]], ids=str)
def test_a_broken_file(content: Any, said: str, words: list[str], tmp_path: Path) -> None:
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    write(tmp_path, {"Dockerfile": DOCKERFILE, BASELINE: text})

    done = prodlint(tmp_path, *words)

    assert done.returncode == 2
    assert done.stderr.startswith(f"prodlint: {BASELINE}{said}")
    assert done.stderr.count("\n") == 1 and len(done.stderr) < 400


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--updat"], "unknown option --updat, did you mean '--update'?"),
        (["Dockerfile"], "baseline takes no paths"),
        (["--until", "soon"], "--until soon: expected a date like 2027-01-31"),
        (["--update", "--reason", "x"], "--update adds no entries"),
        (["--update"], f"{BASELINE}: there is none: `prodlint baseline` writes it"),
    ],
    ids=str,
)
def test_wrong_words(words: list[str], said: str, tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": DOCKERFILE})

    done = prodlint(tmp_path, "baseline", *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"prodlint: {said}")
    assert not (tmp_path / BASELINE).exists()


def test_a_link_out_of_the_repository_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"repo/Dockerfile": DOCKERFILE, "elsewhere.json": "{}"})
    (tmp_path / "repo" / BASELINE).symlink_to(tmp_path / "elsewhere.json")

    done = prodlint(tmp_path / "repo", "baseline")

    assert done.returncode == 2
    assert done.stderr == f"prodlint: {BASELINE}: a symbolic link that leaves the repository\n"
    assert (tmp_path / "elsewhere.json").read_text() == "{}"


def test_ten_thousand_entries(lint: Lint, tmp_path: Path) -> None:
    many = [{**ENTRY, "path": f"{number}/Dockerfile"} for number in range(10_000)]
    write(tmp_path, {BASELINE: json.dumps({**GOOD, "findings": many})})

    assert ROOT_USER in lint({"Dockerfile": DOCKERFILE})


def test_no_baseline_costs_no_import(tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": DOCKERFILE})
    done = prodlint(tmp_path, PYTHONVERBOSE="1")

    assert "prodlint.core.engine" in done.stderr
    assert "prodlint.core.baseline" not in done.stderr
