"""Pipelines of other systems than GitHub's: no file is too odd or too large, and GitHub's cost nothing more."""

import random
import subprocess
import sys
import time
from typing import Any

import pytest
import yaml

from conftest import HANGS, ROOT, Lint
from prodlint.ci import parse
from prodlint.ci.model import Workflow
from prodlint.core.config import Config
from prodlint.core.project import Project
from prodlint.core.source import Source

PIPELINES = {
    ".gitlab-ci.yml": """
include: [{local: /a.yml}, b.yml]
default: {before_script: [npm ci], tags: [docker]}
.base: {script: [npm test || true], allow_failure: true}
test: {extends: [.base], rules: [{when: manual}], inherit: {default: true}}
lint: {script: [!reference [.base, script], [npm run lint || true]], allow_failure: {exit_codes: [1]}}
""",
    ".circleci/config.yml": """
orbs: {own: {jobs: {a: {steps: [run: npm test || true]}}, commands: {b: {steps: [checkout]}}}}
executors: {x: {shell: /bin/bash, machine: {image: ubuntu}}}
jobs: {test: {executor: {name: x}, steps: [checkout, {run: {name: a, command: npm test || true, when: always}}, {when: {steps: [run: a]}}]}}
""",
    "azure-pipelines.yml": """
pool: {vmImage: ubuntu-latest}
stages: [{jobs: [{job: a, continueOnError: true, steps: [{bash: npm test || true}, {task: Bash@3, inputs: {script: npm test}}]}]}]
jobs: [{deployment: a, strategy: {runOnce: {deploy: {steps: [{script: npm test || true}]}, on: {success: {steps: []}}}}}]
steps: [{'${{ if a }}': [{script: npm test || true, condition: failed()}]}]
""",
    "bitbucket-pipelines.yml": """
pipelines: {default: [{step: {script: [npm test || true], on-fail: {strategy: ignore}}}, {parallel: {steps: [{step: {script: []}}]}}],
  branches: {main: [{stage: {steps: [{step: {script: [a]}}]}}]}}
""",
    ".drone.yml": """
platform: {os: linux}
steps: [{name: a, commands: [npm test || true], when: {status: [failure, success]}, failure: ignore}]
""",
    ".woodpecker/a.yml": "steps: {a: {commands: npm test || true, detach: false}}\n",
    ".travis.yml": "script: [npm test || true]\njobs: {include: [{name: a, script: npm test || true}]}\n",
    ".buildkite/a.yml": """
steps: [{label: a, command: [npm test || true], agents: {os: linux}, soft_fail: [{exit_status: 1}]}, {group: a, steps: [{command: a}]}, wait]
""",
}
JENKINSFILE = """
pipeline { stages { stage('a') { steps {
    sh 'npm test || true'
    sh(script: \"\"\"npm ${a(b) { "}" }} || true\"\"\", returnStatus: true)
    catchError(buildResult: 'SUCCESS') { sh "npm run $x" }
    script { try { sh '''a''' } catch (e) { echo "$e" } }
} } } }
"""


def pipeline(path: str, text: str) -> Workflow:
    found = parse(Source(path, text), Project(str(ROOT / "tests" / "data"), Config()))
    for job in found.jobs:
        for step in job.steps:
            assert step.switch is None or step.switch.span.text is not None
    return found


class _Loader(yaml.SafeLoader):
    pass


_Loader.add_constructor("!reference", lambda loader, node: ["!reference", "a"])
ODD: list[Any] = [None, 5, True, "", "x", [], {}, [None], [[]], {"a": None}, {"": ""}]


def spoiled(node: Any, chance: random.Random) -> Any:
    """The same with a value of the wrong kind somewhere."""
    if chance.random() < 0.12:
        return chance.choice(ODD)
    if isinstance(node, dict):
        return {
            chance.choice(["x", key]) if chance.random() < 0.05 else key: spoiled(value, chance)
            for key, value in node.items()
        }
    return [spoiled(one, chance) for one in node] if isinstance(node, list) else node


@pytest.mark.parametrize("path", PIPELINES)
def test_wrong_kinds_of_values(path: str, lint: Lint) -> None:
    chance = random.Random(5)
    documents = yaml.load(PIPELINES[path], _Loader)
    assert pipeline(path, PIPELINES[path]).jobs

    for _ in range(150):
        text = yaml.safe_dump(spoiled(documents, chance))
        list(pipeline(path, text).swallowed)
    lint({path: yaml.safe_dump(spoiled(documents, chance))})


@pytest.mark.parametrize("text", ["", "- a\n", "a", "{{ a }}\n", "&a [*a]\n", "a: [\n"])
@pytest.mark.parametrize("path", [*PIPELINES, "Jenkinsfile"])
def test_no_pipeline(path: str, text: str, lint: Lint) -> None:
    lint({path: text})


def test_every_beginning_of_a_jenkinsfile() -> None:
    for end in range(len(JENKINSFILE)):
        list(pipeline("Jenkinsfile", JENKINSFILE[:end]).swallowed)
        list(pipeline("Jenkinsfile", JENKINSFILE[end:]).swallowed)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".gitlab-ci.yml", "a:\n  script:\n    - npm ci\n    - |\n      echo\n      {}\n"),
        (".gitlab-ci.yml", ".a: &a\n  - npm ci\n  - '{}'\nb:\n  script: [*a, echo]\n"),
        (".travis.yml", "script:\n  - >-\n    {}\n"),
        ("Jenkinsfile", "sh '{}'\n"),
        ("Jenkinsfile", 'sh "echo \\"a\\"\\n {}"\n'),
        ("Jenkinsfile", "sh '''\n  echo \\\n    ok\n  {}\n'''\n"),
        ("Jenkinsfile", 'sh """echo ${a ? "}" : \'"\'}\n  {}"""\n'),
    ],
)
def test_the_place_is_exact(path: str, text: str, newline: str) -> None:
    text = text.replace("{}", "npm test || true").replace("\n", newline)
    [found] = pipeline(path, text).swallowed

    assert found.span.text == "|| true"
    assert found.span.start == text.index("|| true")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".gitlab-ci.yml", "a:\n  script:\n" + "    - npm test || true\n" * 20_000),
        (".gitlab-ci.yml", "".join(f".a{n}: {{extends: .a{n + 1}}}\n" for n in range(9_000))),
        (".gitlab-ci.yml", "x: &x [!reference [x], !reference [x]]\na: {script: *x}\n"),
        ("azure-pipelines.yml", "steps:\n" + "- bash: npm test || true\n" * 4_000),
        ("Jenkinsfile", "sh 'npm test || true'\n" * 4_000),
        ("Jenkinsfile", "sh '" + "\\" * 200_000),
        ("Jenkinsfile", 'sh "' + "${" * 50_000),
        ("Jenkinsfile", "{" * 100_000 + "sh 'npm test'"),
        ("Jenkinsfile", "/" * 100_000),
        ("Jenkinsfile", "sh(" * 30_000),
    ],
    ids=range(10),
)
def test_time_is_bounded(path: str, text: str) -> None:
    start = time.process_time()
    list(pipeline(path, text).swallowed)

    assert time.process_time() - start < HANGS


def test_a_workflow_of_github_needs_no_other_system(tmp_path: Any) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "ci.yml").write_text("on: push\njobs: {a: {steps: [{run: npm test || true}]}}\n")
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'hooks')!r})\n"
        "from prodlint.cli import main\n"
        "try:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)\n"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-c", code, "--only", "ci"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert "prodlint.ci.model" in done.stderr
    assert "prodlint.ci.systems" not in done.stderr
