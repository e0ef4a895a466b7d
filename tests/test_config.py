"""Settings: what they do, and what is said of wrong ones."""

from pathlib import Path

import pytest

from conftest import Lint, write
from prodlint.core.config import BadConfig, Config, find
from prodlint.core.project import Project
from test_cli import prodlint

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


ALIASES = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level + 1}: &a{level + 1} [{', '.join([f'*a{level}'] * 9)}]\n" for level in range(12)
)
HOSTILE = {
    "call": "exclude: !!python/object/apply:os.system ['touch made']\n",
    "object": "!!python/object/new:subprocess.Popen\nargs: [[touch, made]]\n",
    "name": "exclude: [!!python/name:os.system x]\n",
    "aliases": f"{ALIASES}exclude: *a12\n",
    "itself": "exclude: &a [*a]\n",
    "outside": "exclude: ['../../**', /etc/**, '**/../../*']\n",
    "patterns": f"exclude: ['{'*a' * 40}b', '{'**/' * 60}x', '[a-', '{'[' * 2000}']\n",
    "deep": f"exclude: {'[' * 20_000}\n",
    "toml": "[tool.prodlint]\nexclude = ['!!python/object/apply:os.system [touch made]']\n",
    "toml patterns": f"[tool.prodlint]\nexclude = ['{'*a' * 40}b']\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_settings_execute_nothing_and_end(name: str, tmp_path: Path) -> None:
    long = f"{'a' * 100}/{'a' * 100}.Dockerfile"
    file = "pyproject.toml" if name.startswith("toml") else ".prodlint.yaml"
    paths = ("in/Dockerfile", f"in/{long}", "outside/Dockerfile")
    write(tmp_path, {**dict.fromkeys(paths, DOCKERFILE), f"in/{file}": HOSTILE[name]})

    done = prodlint(tmp_path / "in", "--only", "dockerfile", "--format", "concise")

    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert "outside" not in done.stdout
    assert [path.name for path in tmp_path.rglob("made")] == []
