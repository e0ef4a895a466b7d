"""The command as a user meets it: what is printed, where, and the exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, write
from prodlint.commands.explain import wrapped

BAD = {"Dockerfile": 'FROM python:3.13-slim\nCMD ["python", "app.py"]\n'}
GOOD = {"Dockerfile": 'FROM python:3.13-slim\nUSER nobody\nCMD ["python", "-c", "pass"]\n'}


def prodlint(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "prodlint", *words],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT / "hooks"), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("files", "words", "code"),
    [
        pytest.param(GOOD, [], 0, id="clean"),
        pytest.param(BAD, [], 1, id="findings"),
        pytest.param(BAD, ["check"], 1, id="by name"),
        pytest.param(BAD, ["check", "--", "Dockerfile"], 1, id="a named file"),
        pytest.param(BAD, ["."], 1, id="a folder"),
        pytest.param(BAD, ["--fail-on", "never"], 0, id="never fail"),
        pytest.param(BAD, ["--only", "env"], 0, id="another hook"),
        pytest.param(BAD, ["--select", "dockerfile/no-instructions"], 0, id="another rule"),
        pytest.param(BAD, ["--ignore", "dockerfile"], 0, id="without the hook"),
        pytest.param({}, [], 0, id="nothing to lint"),
    ],
)
def test_exit_code(
    files: dict[str, str | bytes], words: list[str], code: int, tmp_path: Path
) -> None:
    write(tmp_path, files)

    done = prodlint(tmp_path, *words)

    assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["absent"], "prodlint: absent: no such file or folder\n"),
        (
            ["--only", "docker"],
            "prodlint: unknown hook 'docker', did you mean 'dockerfile'?: there are ci, compose, ",
        ),
        (
            ["--select", "dockerfile/root"],
            "prodlint: unknown rule 'dockerfile/root', did you mean 'dockerfile/root-",
        ),
        (
            ["--ignore", "root-user"],
            "prodlint: unknown rule 'root-user', did you mean 'dockerfile/root-user'?",
        ),
        (["grahp"], "prodlint: grahp: no such file or folder, did you mean 'graph'?\n"),
        (["--config", "absent.yaml"], "prodlint: absent.yaml: no such file or directory\n"),
        (
            ["--output", "sarif"],
            "prodlint: --output sarif: expected FORMAT:PATH with one of concise, full, ",
        ),
        (["--output", "xml:out"], "prodlint: --output xml:out: expected FORMAT:PATH"),
        (
            ["--output", "json:no/such/folder"],
            "prodlint: no/such/folder: no such file or directory\n",
        ),
        (
            ["--output", "json:Dockerfile"],
            "prodlint: Dockerfile: a file of the repository, a report would overwrite",
        ),
        (
            ["explain", "root-user"],
            "prodlint: unknown rule 'root-user', did you mean 'dockerfile/root-user'?",
        ),
    ],
    ids=" ".join,
)
def test_bad_input_is_one_clear_line_and_exit_code_2(
    words: list[str], said: str, tmp_path: Path
) -> None:
    write(tmp_path, BAD)

    done = prodlint(tmp_path, *words)

    assert done.returncode == 2
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "Dockerfile").read_text() == BAD["Dockerfile"]


def test_unknown_option(tmp_path: Path) -> None:
    done = prodlint(tmp_path, "--sellect", "x")

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_bad_config(tmp_path: Path) -> None:
    write(tmp_path, {".prodlint.yaml": "rule: {}\n"})

    done = prodlint(tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "prodlint: .prodlint.yaml:1: unknown key 'rule', did you mean 'rules'?\n"


def test_what_is_not_read_is_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"a/Dockerfile": b"FROM a\0", "b/Dockerfile": "#" * 2_100_000, "outside/x": "FROM a\n"},
    )
    root = tmp_path / "root"
    root.mkdir()
    for name in ("a", "b"):
        (tmp_path / name).rename(root / name)
    os.mkfifo(root / "app.Dockerfile")
    (root / "loop.Dockerfile").symlink_to("loop.Dockerfile")
    (root / "away.Dockerfile").symlink_to(tmp_path / "outside" / "x")

    done = prodlint(root, "--only", "dockerfile")

    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "prodlint: a/Dockerfile: binary, not linted",
        "prodlint: app.Dockerfile: not a regular file, not linted",
        "prodlint: away.Dockerfile: a symbolic link that leaves the repository, not linted",
        "prodlint: b/Dockerfile: larger than 2 MB, not linted",
        "prodlint: loop.Dockerfile: too many levels of symbolic links, not linted",
    ]


def test_a_link_to_a_file_that_is_read_is_not_told_twice(tmp_path: Path) -> None:
    write(tmp_path, BAD)
    (tmp_path / "api.Dockerfile").symlink_to("Dockerfile")

    done = prodlint(tmp_path, "--only", "dockerfile", "--format", "concise")

    assert done.returncode == 1
    assert {line.partition(":")[0] for line in done.stdout.splitlines()} == {"Dockerfile"}


def test_a_named_file_that_no_hook_reads(tmp_path: Path) -> None:
    write(tmp_path, {"notes.txt": "x"})

    done = prodlint(tmp_path, "notes.txt")

    assert (done.returncode, done.stderr) == (0, "prodlint: notes.txt: no hook reads this file\n")


def test_a_file_that_is_named_like_an_option(tmp_path: Path) -> None:
    name = "--config=x.Dockerfile"
    write(tmp_path, {name: BAD["Dockerfile"]})

    done = prodlint(tmp_path, "--format", "concise", name)

    assert done.returncode == 1
    assert done.stdout.startswith(f"{name}:1:")


def test_paths_are_printed_as_seen_from_the_working_directory(tmp_path: Path) -> None:
    write(tmp_path, {"app/Dockerfile": BAD["Dockerfile"], "app/sub/x": ""})
    (tmp_path / ".git").mkdir()

    for folder, shown in (
        (".", "app/Dockerfile"),
        ("app", "Dockerfile"),
        ("app/sub", "../Dockerfile"),
    ):
        done = prodlint(tmp_path / folder, "--format", "concise", str(tmp_path / "app"))
        assert done.stdout.startswith(f"{shown}:1:6: error: ")


def test_several_reports_of_one_run(tmp_path: Path) -> None:
    write(tmp_path, BAD)

    done = prodlint(
        tmp_path, "--format", "concise", "--output", "json:out.json", "--output", "concise:out.txt"
    )

    assert done.stdout == (tmp_path / "out.txt").read_text()
    assert '"rule": "dockerfile/root-user"' in (tmp_path / "out.json").read_text()


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(
    words: list[str], environment: dict[str, str], coloured: bool, tmp_path: Path
) -> None:
    write(tmp_path, BAD)

    assert ("\x1b[" in prodlint(tmp_path, *words, **environment).stdout) is coloured


def test_a_linted_file_cannot_speak_to_the_terminal_or_the_runner(tmp_path: Path) -> None:
    name = "a\x1b[31m\u202e\n::error::x.Dockerfile"
    write(
        tmp_path,
        {name: 'FROM python:3.13-slim\nEXPOSE 80\nCMD ["\x1b]0;x\x07##[error]pwned\u202e"]\n'},
    )

    for words in ([], ["--format", "concise"], ["--format", "github"], ["--format", "markdown"]):
        done = prodlint(tmp_path, *words, GITHUB_ACTIONS="true")
        printed = done.stdout.replace("\n", "")
        assert done.returncode == 1
        assert printed.isprintable()
        inside = done.stdout.split("\n")
        if words in ([], ["--format", "concise"]):
            token = inside[0].removeprefix("::stop-commands::")
            assert len(token) == 32
            assert inside[-2] == f"::{token}::"


def test_explain_breaks_the_text_of_a_page_for_a_terminal() -> None:
    page = "# a/b\n\nOne two three four\nfive six.\n\n- seven eight nine\n  ten\n- eleven\n`# a line to be copied`\n"
    code = "\n```sh\na line of code that is longer\n```\n\n| a | table | that | is | longer |\n"

    assert wrapped(page + code, 18) == (
        "# a/b\n\nOne two three four\nfive six.\n\n- seven eight nine\n  ten\n- eleven\n`# a line to be copied`\n"
        + code
    )


def test_explain_prints_the_page(tmp_path: Path) -> None:
    page = (ROOT / "hooks/prodlint/dockerfile/root_user.md").read_text(encoding="utf-8")

    assert prodlint(tmp_path, "explain", "dockerfile/root-user").stdout == page


def test_rules_lists_every_page(tmp_path: Path) -> None:
    done = prodlint(tmp_path, "rules")

    pages = sorted(path for path in (ROOT / "hooks/prodlint").glob("*/*.md"))
    listed = [line.split()[0] for line in done.stdout.splitlines()]
    assert listed == [f"{path.parent.name}/{path.stem.replace('_', '-')}" for path in pages]


def test_help_fits_a_terminal(tmp_path: Path) -> None:
    done = prodlint(tmp_path, "--help", COLUMNS="80")

    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    write(tmp_path, {f"{number}/Dockerfile": BAD["Dockerfile"] for number in range(300)})
    command = f"{sys.executable} -m prodlint 2>errors | head -1"

    subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip

    assert (tmp_path / "errors").read_text() == ""


def test_a_closed_standard_output_is_no_traceback(tmp_path: Path) -> None:
    write(tmp_path, {"Dockerfile": BAD["Dockerfile"]})
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m prodlint >&-"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")}, check=False, capture_output=True,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (1, b"")


def test_only_what_a_passed_file_may_have_changed(tmp_path: Path) -> None:
    write(tmp_path, {"a/Dockerfile": BAD["Dockerfile"], "b/Dockerfile": BAD["Dockerfile"]})

    done = prodlint(tmp_path, "--format", "concise", "b/Dockerfile")

    assert done.stdout.startswith("b/Dockerfile:1:")
    assert "a/Dockerfile" not in done.stdout


def test_without_git_the_files_that_gitignore_leaves_in_are_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a/Dockerfile": BAD["Dockerfile"],
            "build/Dockerfile": BAD["Dockerfile"],
            ".gitignore": "build/\n",
        },
    )

    done = prodlint(tmp_path, "--format", "concise")

    assert "a/Dockerfile" in done.stdout
    assert "build/Dockerfile" not in done.stdout


def test_in_git_new_files_are_read_and_ignored_ones_are_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a/Dockerfile": BAD["Dockerfile"],
            "build/Dockerfile": BAD["Dockerfile"],
            ".gitignore": "build/\n",
        },
    )
    subprocess.run(["git", "init", "-q", tmp_path], check=True)

    printed = prodlint(tmp_path, "--format", "concise").stdout
    committed = prodlint(tmp_path, "--format", "concise", PRE_COMMIT="1").stdout

    assert "a/Dockerfile" in printed
    assert "build/Dockerfile" not in printed
    assert committed == ""
