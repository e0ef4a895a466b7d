"""The composite action, step by step as a runner takes it: what it prints, writes and hands on; and that nothing is injected."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import runner
from conftest import ROOT, write
from prodlint.core import rule
from test_changed import git
from test_cli import prodlint

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for the runner needs bash")

BAD = {"Dockerfile": 'FROM python:3.13-slim\nCMD ["python", "app.py"]\n'}
GOOD = {"notes.txt": "nothing to deploy\n", "compose.yaml": "services: {}\n"}

Act = Callable[..., runner.Job]


def _script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


@pytest.fixture
def act(tmp_path: Path) -> Act:
    """`act(files, inputs=…, environment=…)`: the action on a repository. Its install step gets what is installed here."""
    tools = tmp_path / "tools"
    tools.mkdir()
    base = getattr(sys, "_base_executable", sys.executable)
    _script(tools / "python3", f'exec "{base}" "$@"')
    installed = Path(yaml.__file__).parent.parent
    _script(
        tools / "uv",
        'while [ "$1" != --target ]; do shift; done\n' + f'ln -s "{installed}"/* "$2"',
    )
    temp = tmp_path / "temp"
    temp.mkdir()

    def run(
        files: dict[str, str | bytes],
        *,
        inputs: dict[str, str] | None = None,
        environment: dict[str, str] | None = None,
        folder: Path = tmp_path / "workspace",
        path: str = f"{tools}:{os.environ['PATH']}",
    ) -> runner.Job:
        if not (folder / ".git").exists():
            folder.mkdir(exist_ok=True)
            git(folder, "init", "-q")
        write(folder, files)
        git(folder, "add", "-A")
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("GIT", "PYT"))
        }
        return runner.run(
            ROOT, folder, temp, inputs, {**kept, **(environment or {}), "PATH": path, "HOME": "/"}
        )

    return run


def test_clean(act: Act) -> None:
    job = act(GOOD)

    assert job.passed
    assert job.used == []
    assert job.outputs["findings"] == "0"
    assert job.outputs["exit-code"] == "0"
    assert json.loads(Path(job.outputs["sarif-file"]).read_text())["runs"][0]["results"] == []
    assert job.summary == "### prodlint\n\nNothing found in 1 file.\n"
    assert runner.commands(job.log) == []


def test_findings_fail_the_job_and_are_shown_everywhere(act: Act) -> None:
    job = act(BAD, inputs={"upload-sarif": "true"})
    results = json.loads(Path(job.outputs["sarif-file"]).read_text())["runs"][0]["results"]
    annotations = runner.commands(job.log)

    assert not job.passed
    assert results
    assert job.outputs["findings"] == str(len(results)) == str(len(annotations))
    assert job.outputs["exit-code"] == "1"
    assert {command.properties["file"] for command in annotations} == {"Dockerfile"}
    assert {command.properties["title"] for command in annotations} <= set(rule.all_rule_ids())
    assert all(result["ruleId"] in job.summary for result in results)
    assert [used.action.partition("@")[0] for used in job.used] == [
        "github/codeql-action/upload-sarif"
    ]
    assert job.used[0].inputs == {"sarif_file": job.outputs["sarif-file"]}


@pytest.mark.parametrize(
    ("inputs", "code", "findings"),
    [
        pytest.param({"fail-on": "never"}, "0", True, id="fail-on"),
        pytest.param({"paths": "app\nother folder\n"}, "1", True, id="paths"),
        pytest.param({"paths": "other folder"}, "0", False, id="another path"),
        pytest.param({"config": "lax.yaml\n"}, "0", False, id="config"),
        pytest.param({"working-directory": "app", "paths": "Dockerfile"}, "1", True, id="folder"),
        pytest.param({"summary": "false"}, "1", True, id="no summary"),
        pytest.param({"changed-files-only": "true"}, "1", True, id="not a pull request"),
    ],
)
def test_inputs(act: Act, inputs: dict[str, str], code: str, findings: bool) -> None:
    files = {"app/Dockerfile": BAD["Dockerfile"], "other folder/compose.yaml": "services: {}\n"}

    job = act({**files, "lax.yaml": "exclude: [app]\n"}, inputs=inputs)

    assert job.outputs["exit-code"] == code
    assert (job.outputs["findings"] != "0") == findings
    assert job.passed == (code == "0")
    assert bool(job.summary) == (inputs.get("summary") != "false")


def test_sarif_file(act: Act, tmp_path: Path) -> None:
    job = act(
        {"app/Dockerfile": BAD["Dockerfile"]},
        inputs={"working-directory": "app", "sarif-file": "out.sarif\n"},
    )

    assert job.outputs["sarif-file"] == "app/out.sarif"
    assert json.loads((tmp_path / "workspace" / "app" / "out.sarif").read_text())["version"]


def test_python_version(act: Act) -> None:
    job = act(GOOD, inputs={"python-version": "3.13"})

    assert [(used.action.partition("@")[0], used.inputs) for used in job.used] == [
        ("actions/setup-python", {"python-version": "3.13"})
    ]


@pytest.mark.parametrize(
    ("files", "inputs"),
    [
        pytest.param({".prodlint.yaml": "ruels: {}\n"}, {}, id="bad settings"),
        pytest.param({}, {"paths": "no/such/folder"}, id="no such path"),
        pytest.param({}, {"fail-on": "info"}, id="no such level"),
        pytest.param({}, {"sarif-file": "Dockerfile"}, id="a report over a file"),
    ],
)
def test_cannot_do_its_job(
    act: Act, files: dict[str, str | bytes], inputs: dict[str, str], tmp_path: Path
) -> None:
    job = act({**BAD, **files}, inputs={**inputs, "upload-sarif": "true"})

    assert not job.passed
    assert job.outputs["exit-code"] == "2"
    assert job.outputs["sarif-file"] == ""
    assert job.used == []
    assert "error" in {command.name for command in runner.commands(job.log)}
    assert (tmp_path / "workspace" / "Dockerfile").read_text() == BAD["Dockerfile"]


def test_an_input_cannot_write_another_output(act: Act) -> None:
    job = act(BAD, inputs={"sarif-file": "a\nexit-code=0"})

    assert not job.passed
    assert set(job.outputs.values()) == {""}


@pytest.mark.parametrize("name", ["paths", "config", "fail-on", "changed-files-only", "sarif-file"])
def test_no_input_is_run(act: Act, name: str, tmp_path: Path) -> None:
    act(
        BAD,
        inputs={name: """$(touch stolen) `touch stolen` "; touch stolen; " ' ; touch stolen #"""},
    )

    assert not list(tmp_path.rglob("stolen"))


def _hostile() -> dict[str, str | bytes]:
    """Names and lines that would be commands, options or code anywhere but in a careful tool."""
    dockerfile = (
        "# ##[error]forged\n"
        "FROM python:3.13-slim AS x\n"
        "::set-output name=exit-code::0\n"
        'CMD ["python", "##[error]forged", "::error::forged"] ##[error]forged\r::error::forged\n'
    )
    names = [
        "a\"b'c`d$(touch stolen)/Dockerfile",
        "a\n::error::forged\n/Dockerfile",
        "a\r::error::forged/Dockerfile",
        "##[error]forged/Dockerfile",
        "--config=evil.Dockerfile",
        "--config=evil/Dockerfile",
        "%0A::error::forged/Dockerfile",
        "a,line=9::forged/Dockerfile",
        "<img src=x> [a](http:x) |/Dockerfile",
    ]
    workflow = (
        'name: "##[error]forged"\non: push\njobs:\n  "a":\n    runs-on: ubuntu-latest\n    steps:\n'
        '      - name: "::error::forged"\n        run: |\n          pytest || true ##[error]forged\n'
        '          ::set-output name=a::b || true\n          npm test "##[add-path]x" || true\n'
        "          \u2028::error::forged || true\n"
    )
    compose = (
        'services:\n  "##[error]forged":\n    image: "nginx:1.27 ##[error]forged"\n'
        '    healthcheck:\n      test: ["CMD", "curl", "##[error]forged"]\n'
        '    depends_on: ["::error::forged"]\n'
        '  "::error::forged":\n    build: .\n    environment:\n      POSTGRES_PASSWORD: "::error::forged"\n'
    )
    stolen = "raise SystemExit(open('stolen', 'w'))\n"
    return {
        **dict.fromkeys(names, dockerfile),
        ".github/workflows/ci.yml": workflow,
        "compose.yaml": compose,
        "##[error]forged/binary.Dockerfile": b"\0",
        "b/compose.yaml": "services:\n  a: [\n##[error]forged\n",
        ".env.production": "# A=1 B=2 ##[error]forged\nPASSWORD=##[error]forged\nPASSWORD=x\n",
        **{f"{name}.py": stolen for name in ("prodlint", "yaml", "re", "pip", "sitecustomize")},
        "prodlint/__init__.py": stolen,
        "pip/__init__.py": stolen,
        "pip/__main__.py": stolen,
        "requirements-action.txt": "evil\n",
        "uv.toml": 'index-url = "http://evil.invalid"\n',
    }


@pytest.mark.parametrize("inputs", [{}, {"paths": ".\n--config=evil.Dockerfile"}], ids=str)
def test_nothing_of_the_repository_is_obeyed(
    act: Act, inputs: dict[str, str], tmp_path: Path
) -> None:
    job = act(_hostile(), inputs=inputs)
    lint = job.steps[1]
    *annotations, notice = runner.commands(job.log)
    results = json.loads(Path(job.outputs["sarif-file"]).read_text())["runs"][0]["results"]

    assert job.outputs["exit-code"] == "1"
    assert len(results) > 10
    assert notice.name == "notice"
    assert notice.data.startswith(f"{len(results)} findings: ")
    assert {command.name for command in annotations} <= {"error", "warning"}
    assert sorted(command.properties["title"] for command in annotations) == sorted(
        result["ruleId"] for result in results
    )
    # The runner reads the two streams apart: on the second, a line could fall between the marks of the first.
    assert lint.errors == ""
    assert [step.environment for step in job.steps] == ["", "", ""]
    assert set(lint.outputs) == {"findings", "exit-code", "sarif-file"}
    assert not list(tmp_path.rglob("stolen"))
    assert not {"<img", "](http"} & set(job.summary.split())


def test_settings_of_the_repository_are_not_obeyed_either(act: Act) -> None:
    job = act({**BAD, ".prodlint.yaml": '"##[error]forged\\n::error::forged": 1\n'})

    assert [command.properties["title"] for command in runner.commands(job.log)] == ["prodlint"]


def test_each_stream_is_harmless_by_itself(tmp_path: Path) -> None:
    # A package of our own name stands before ours with -m, so it is left out: the action and the console script do not use it.
    files = {name: text for name, text in _hostile().items() if not name.startswith("prodlint")}
    write(tmp_path, files)

    done = prodlint(tmp_path, GITHUB_ACTIONS="true")

    assert "forged" in done.stdout
    assert "forged" in done.stderr
    assert runner.commands(done.stdout) == []
    assert runner.commands(done.stderr) == []
    assert not (tmp_path / "stolen").exists()


def test_oracle_sees_what_is_not_protected() -> None:
    log = "  ::error file=a%2Cb::x%0Ay\nfoo ##[error]y\r::set-output name=a::b\n::nothing::\n"

    assert runner.commands(log) == [
        runner.Command("error", {"file": "a,b"}, "x\ny"),
        runner.Command("error", {}, "y"),
        runner.Command("set-output", {"name": "a"}, "b"),
    ]
    assert runner.commands(f"::stop-commands::t\n{log}::t::\n") == []


def _pull_request(tmp_path: Path) -> tuple[Path, str]:
    """A checkout of the merge of a pull request, without its parents, as actions/checkout makes it."""
    origin = tmp_path / "origin"
    write(
        origin, {"first/Dockerfile": BAD["Dockerfile"], "moved/Dockerfile": BAD["Dockerfile"] * 2}
    )
    git(origin, "init", "-q")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "base")
    git(origin, "checkout", "-qb", "topic")
    git(origin, "mv", "moved", "renamed")
    write(origin, {"new/Dockerfile": BAD["Dockerfile"]})
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "topic")
    git(origin, "checkout", "-q", "main")
    write(origin, {"late/Dockerfile": BAD["Dockerfile"]})
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "main goes on")
    git(origin, "merge", "-q", "--no-ff", "topic", "-m", "merge")
    merge = git(origin, "rev-parse", "HEAD")
    checkout = tmp_path / "checkout"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{origin}", str(checkout))
    return checkout, merge


def _reported(job: runner.Job) -> set[str]:
    return {
        command.properties["file"]
        for command in runner.commands(job.log)
        if "file" in command.properties
    }


def test_changed_files_of_a_pull_request(act: Act, tmp_path: Path) -> None:
    checkout, merge = _pull_request(tmp_path)
    event = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_SHA": merge}

    job = act({}, folder=checkout, environment=event, inputs={"changed-files-only": "true"})

    assert _reported(job) == {"new/Dockerfile", "renamed/Dockerfile"}


@pytest.mark.parametrize("lost", ["origin", "commit"])
def test_everything_is_reported_when_the_changed_files_are_unknown(
    act: Act, lost: str, tmp_path: Path
) -> None:
    checkout, merge = _pull_request(tmp_path)
    if lost == "origin":
        shutil.rmtree(tmp_path / "origin")
    event = {
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_SHA": merge if lost == "origin" else "0" * 40,
    }

    job = act({}, folder=checkout, environment=event, inputs={"changed-files-only": "true"})

    assert len(_reported(job)) == 4
    assert "The files of the pull request are not known" in job.log


@pytest.mark.slow
@pytest.mark.parametrize("installer", ["pip", "uv"])
def test_what_it_installs(act: Act, installer: str, tmp_path: Path) -> None:
    """The locked packages as they come from the index, nothing else: the interpreter has none of them."""
    tools = tmp_path / "real"
    tools.mkdir()
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "bare")], check=True)
    (tools / "python3").symlink_to(tmp_path / "bare" / "bin" / "python3")
    found = shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if installer == "uv":
        if not found:
            pytest.skip("uv is not installed")
        (tools / "uv").symlink_to(found)
    for name in ("bash", "git", "mktemp", "cat", "wc"):
        (tools / name).symlink_to(str(shutil.which(name)))
    work = tmp_path / "workspace"

    job = act({**_hostile(), **BAD}, folder=work, path=str(tools))

    if job.steps[0].code and any(
        sign in job.log for sign in ("Could not find a version", "onnection", "error sending")
    ):
        pytest.skip("the package index cannot be reached")
    assert job.steps[0].code == 0, job.log
    assert job.outputs["exit-code"] == "1"
    assert not list(tmp_path.rglob("stolen"))
