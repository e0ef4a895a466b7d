"""Settings: what they do, and what is said of wrong ones."""

from pathlib import Path

import pytest

from conftest import Lint, write
from prodlint.core.config import BadConfig, Config, find
from prodlint.core.project import Project

DOCKERFILE = 'FROM python:3.13-slim\nCMD ["python", "app.py"]\n'
ROOT_USER = "dockerfile/root-user"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({".prodlint.yaml": "exclud: [x]\n"}, ".prodlint.yaml:1: unknown key 'exclud', did you mean 'exclude'?"),
        ({".prodlint.yaml": "exclude:\n  - a\n  - {b: c}\n"}, ".prodlint.yaml:3: exclude.1: expected a text"),
        ({".prodlint.yaml": "rules:\n  dockerfile/rootuser: off\n"},
         ".prodlint.yaml:2: unknown rule 'dockerfile/rootuser', did you mean 'dockerfile/root-user'?"),
        ({".prodlint.yaml": "rules:\n  dockerfile/root-user: of\n"},
         ".prodlint.yaml:2: dockerfile/root-user: expected one of error, warning, on, off, did you mean 'off'?"),
        ({".prodlint.yaml": "overrides:\n  - paths: [a]\n"}, ".prodlint.yaml:2: the key 'rules' is missing"),
        ({".prodlint.yaml": "- a\n"}, ".prodlint.yaml:1: expected a mapping"),
        ({".prodlint.yaml": "ci:\n  strict: 1\n"}, ".prodlint.yaml:2: strict: expected a boolean"),
        ({".prodlint.yaml": "", ".prodlint.yml": ""}, ".prodlint.yaml and .prodlint.yml both exist: keep one"),
        ({"pyproject.toml": "[tool.prodlint]\nfail_on = 1\n"},
         "pyproject.toml: tool.prodlint.fail_on: unknown key 'fail_on', did you mean 'fail-on'?"),
    ],
)  # fmt: skip
def test_wrong_settings_are_named(files: dict[str, str], message: str, tmp_path: Path) -> None:
    write(tmp_path, files)

    with pytest.raises(BadConfig) as why:
        find(str(tmp_path), None)

    assert str(why.value) == message


@pytest.mark.parametrize(
    "files",
    [
        {".prodlint.yaml": "a: [\n"},
        {"pyproject.toml": "[tool.prodlint\n"},
        {".prodlint.yaml": b"\0"},
    ],
    ids=["YAML", "TOML", "binary"],
)
def test_unreadable_settings_are_one_line(files: dict[str, str | bytes], tmp_path: Path) -> None:
    write(tmp_path, files)

    with pytest.raises(BadConfig) as why:
        find(str(tmp_path), None)

    assert "\n" not in str(why.value)


def test_no_settings(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")

    assert find(str(tmp_path), None) == Config()


def test_a_named_file(tmp_path: Path) -> None:
    write(tmp_path, {"own.toml": 'fail-on = "error"\n', ".prodlint.yaml": "fail-on: never\n"})

    assert find(str(tmp_path), str(tmp_path / "own.toml")).fail_on == "error"
    with pytest.raises(BadConfig, match="no such file"):
        find(str(tmp_path), str(tmp_path / "absent.yaml"))


@pytest.mark.parametrize(
    ("config", "level"),
    [
        ("{}", "error"),
        (f"rules: {{{ROOT_USER}: warning}}", "warning"),
        (f"rules: {{{ROOT_USER}: off}}", None),
        ("rules: {dockerfile/*: off}", None),
        (f"rules: {{dockerfile/*: off, {ROOT_USER}: on}}", "error"),
        (f"rules: {{{ROOT_USER}: off, dockerfile/*: on}}", None),
        (f"overrides: [{{paths: [app/**], rules: {{{ROOT_USER}: off}}}}]", None),
        (f"overrides: [{{paths: [lib/**], rules: {{{ROOT_USER}: off}}}}]", "error"),
        ("exclude: [app]", None),
    ],
)
def test_levels(config: str, level: str | None, lint: Lint) -> None:
    printed = lint({"app/Dockerfile": DOCKERFILE, ".prodlint.yaml": config}, only=["dockerfile"])

    levels = [line.split(": ")[1] for line in printed.splitlines() if ROOT_USER in line]
    assert levels == ([level] if level else [])


def test_an_excluded_folder_is_linted_when_it_is_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"app/sub/Dockerfile": DOCKERFILE, "app/compose.yaml": "", "Dockerfile": DOCKERFILE},
    )
    config = Config(data={"exclude": ["app", "Dockerfile"]})
    root = str(tmp_path.resolve())

    assert Project(root, config).files == []
    assert Project(root, config, ["app/sub"]).files == ["app/sub/Dockerfile"]
    assert Project(root, config, ["Dockerfile"]).files == ["Dockerfile"]
    assert Project(root, Config(data={"exclude": ["app/sub"]}), ["app"]).files == [
        "Dockerfile",
        "app/compose.yaml",
    ]


def test_a_runner_that_names_every_file_does_not_lift_an_exclusion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"app/Dockerfile": DOCKERFILE})
    monkeypatch.setenv("PRE_COMMIT", "1")

    assert (
        Project(
            str(tmp_path.resolve()), Config(data={"exclude": ["app"]}), ["app/Dockerfile"]
        ).files
        == []
    )
