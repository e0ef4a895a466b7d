"""What the README says is so: its commands run, its samples are what is printed, its files are valid."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

from conftest import ROOT, Lint
from test_cli import prodlint

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.M | re.S)
COMMANDS = [body.strip() for language, body in BLOCKS if language == "sh"]


def blocks(language: str, holding: str) -> list[str]:
    return [body for kind, body in BLOCKS if kind == language and holding in body]


def test_two_commands_do_all_the_set_up() -> None:
    programs = [command.rpartition(" && ")[2].split()[0] for command in COMMANDS]

    assert programs == [".venv/bin/prodlint", ".venv/bin/pytest"]


@pytest.mark.slow
def test_the_first_command_in_a_fresh_clone(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone / name)
    subprocess.run(["git", "init", "-q", clone], check=True)

    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTHON")
    } | {"TMPDIR": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-c", COMMANDS[0]],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    expected = (ROOT / "tests/projects/reviewed-app.txt").read_text(encoding="utf-8")
    folder = re.match(r".*?/(?=\.env\.example:)", done.stdout)
    assert done.returncode == 1, done.stderr
    assert folder
    # The longer paths break some lines elsewhere.
    assert done.stdout.replace(folder[0], "").split() == expected.split()


def test_the_printed_sample_is_what_is_printed() -> None:
    expected = (ROOT / "tests/projects/reviewed-app.txt").read_text(encoding="utf-8")
    (sample,) = blocks("console", "$ prodlint\n")

    shown = sample.partition("\n")[2].strip().split("\n\n")
    assert all(block in expected for block in shown)


def test_the_graph_is_what_is_printed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/projects/reviewed-app", tmp_path / "app")
    (sample,) = blocks("console", "$ prodlint graph")
    command, _, shown = sample.partition("\n")

    assert prodlint(tmp_path / "app", *command.split()[2:]).stdout == shown


def test_the_settings_are_valid() -> None:
    (settings,) = blocks("yaml", "fail-on:")
    schema = json.loads((ROOT / "schemas/config.schema.json").read_text(encoding="utf-8"))

    jsonschema.validate(yaml.safe_load(settings.replace(": off", ": 'off'")), schema)


def test_the_schema_for_env_files_finds_what_it_says(lint: Lint) -> None:
    (schema,) = blocks("yaml", "prodlint-env: 1")
    printed = lint(
        {".env.schema.yaml": schema, ".env.production": "PORT=http\nDEBUG=true\nX_ENABLED=maybe\n"},
        only=["env"],
    )

    for name in ("PORT", "DEBUG", "X_ENABLED", "DATABASE_URL", "JWT_SECRET"):
        assert name in printed


def test_the_ignore_is_one(lint: Lint) -> None:
    (dockerfile,) = blocks("dockerfile", "prodlint: ignore")
    printed = lint(
        {"Dockerfile": dockerfile + 'CMD ["python", "server.py"]\n'}, only=["dockerfile"]
    )

    assert "root-user" not in printed
    assert "ignore/" not in printed


def test_the_snippets_name_what_exists() -> None:
    (hook,) = blocks("yaml", "- id: prodlint")
    (workflow,) = blocks("yaml", "on: pull_request")
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (inputs,) = blocks("yaml", "upload-sarif: true")

    assert {entry["id"] for entry in yaml.safe_load(hook)["repos"][0]["hooks"]} <= {
        entry["id"] for entry in manifest
    }
    assert set(yaml.safe_load(inputs)[0]["with"]) <= set(action["inputs"])
    assert "prodlint/prodlint@" in workflow


def test_every_link_leads_to_a_file() -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
