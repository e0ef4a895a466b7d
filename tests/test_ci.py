"""What commands are for, how shells are told apart, and that no workflow is too odd or too large."""

import shlex
import subprocess
import sys
import time

import pytest

from conftest import HANGS, ROOT, Lint
from prodlint.ci.model import Workflow
from prodlint.core.commands.configured import known
from prodlint.core.commands.families import (
    BUILD,
    CLEANUP,
    DEPLOY,
    DIAGNOSTIC,
    FIX,
    INSTALL,
    LINT,
    SCAN,
    TEST,
)
from prodlint.core.commands.purpose import use
from prodlint.core.config import Config
from prodlint.core.project import Project
from prodlint.core.source import Source

PATH = ".github/workflows/ci.yml"
HEAD = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"


def workflow(text: str, path: str = PATH) -> Workflow:
    return Workflow(Source(path, text), Project("/", Config()))


def script(text: str, shell: str = "bash") -> Workflow:
    body = "".join(f"          {line}\n" for line in text.split("\n"))
    return workflow(f"{HEAD}      - shell: {shell}\n        run: |\n{body}")


@pytest.mark.parametrize(
    ("command", "family", "label"),
    [
        ("npm test", TEST, "npm test"),
        ("npm run test:ci -- --runInBand", TEST, "npm run test:ci …"),
        ("npm run format:check", LINT, "npm run format:check"),
        ("npm run format", "", "npm run format"),
        ("npm run lint:fix", "", "npm run lint:fix"),
        ("npm --prefix web run build", BUILD, "npm … run build"),
        ("pnpm --filter @acme/api build", BUILD, "pnpm … build"),
        ("yarn workspace web build", BUILD, "build"),
        ("yarn workspaces foreach -A run lint", LINT, "yarn workspaces foreach … run lint"),
        ("yarn eslint .", LINT, "yarn eslint ."),
        ("yarn", INSTALL, "yarn"),
        ("bunx --bun vitest run", TEST, "vitest run"),
        ("npx -y playwright@1.50 test", TEST, "playwright@1.50 test"),
        ("npx @redocly/cli@latest lint api.yaml", LINT, "npx @redocly/cli@latest lint api.yaml"),
        ("npx nx run-many --target=test,lint", TEST, "npx nx run-many …"),
        ("turbo run build --filter=web", BUILD, "turbo run build …"),
        ("uv run --with x pytest -q", TEST, "pytest …"),
        ("uv run -m mypy .", LINT, "mypy ."),
        ("poetry run python -m pytest", TEST, "pytest"),
        ("hatch run types:check", LINT, "hatch run types:check"),
        ("hatch run cov:ruff", "", "hatch run cov:ruff"),
        ("$PYTHON -m pip install -e .", INSTALL, "pip install …"),
        ("python3 -m pip install -U pip wheel", "", "pip install …"),
        ("python manage.py migrate --noinput", DEPLOY, "python manage.py migrate …"),
        ("python scripts/check_links.py", LINT, "python scripts/check_links.py"),
        ("python -c 'import app'", "", "python …"),
        ("python", "", "python"),
        ("node --test", TEST, "node --test"),
        ("node scripts/build.mjs", BUILD, "node scripts/build.mjs"),
        ("./scripts/run-tests.sh --fast", TEST, "./scripts/run-tests.sh …"),
        ("./scripts/check-for-updates.sh", "", "./scripts/check-for-updates.sh"),
        ("${VENV}/bin/pytest", TEST, "${VENV}/bin/pytest"),
        ("sudo -E env A=b timeout -k 5 60 npm test", TEST, "npm test"),
        ("bash -euo pipefail -c 'cd x && npm run build'", BUILD, "npm run build"),
        ("bash -lc 'npm ci && go test ./...'", TEST, "go test ./..."),
        ("sh ./deploy.sh", DEPLOY, "sh ./deploy.sh"),
        (". /etc/os-release", "", ". /etc/os-release"),
        ("npx prisma generate", BUILD, "npx prisma generate"),
        ("ssh -i key deploy@host 'docker compose up -d'", DEPLOY, "docker compose up …"),
        (
            "docker run --rm -v .:/src hadolint/hadolint hadolint /src/Dockerfile",
            LINT,
            "hadolint /src/Dockerfile",
        ),
        ("docker run --rm aquasec/trivy:0.50 image app", SCAN, "trivy image app"),
        ("docker run --rm --entrypoint pytest app -q", TEST, "pytest …"),
        ("docker run -d -p 80:80 app", "", "docker run …"),
        ("docker compose -f ci.yml run --rm -e A=b web rspec", TEST, "rspec"),
        ("docker compose run tests", TEST, "docker compose run tests"),
        ("docker-compose up -d", DEPLOY, "docker-compose up …"),
        ("docker compose logs api", DIAGNOSTIC, "docker compose logs api"),
        ("docker rm -f app", CLEANUP, "docker rm …"),
        ("kubectl -n web exec pod -- alembic upgrade head", DEPLOY, "alembic upgrade head"),
        ("kubectl apply -f k8s/", DEPLOY, "kubectl apply …"),
        ("kubectl rollout undo deploy/web", CLEANUP, "kubectl rollout undo deploy/web"),
        ("terraform -chdir=infra apply -auto-approve", DEPLOY, "terraform … apply …"),
        ("terraform plan -detailed-exitcode", FIX, "terraform plan …"),
        ("make clean lint", LINT, "make clean lint"),
        ("make -j4", BUILD, "make …"),
        ("make deploy TOKEN=abc", DEPLOY, "make deploy …"),
        ("mvn -B clean verify", TEST, "mvn … clean verify"),
        ("./gradlew :app:testDebugUnitTest", TEST, "./gradlew :app:testDebugUnitTest"),
        ("cargo +nightly clippy -- -D warnings", LINT, "cargo … clippy …"),
        ("cargo fmt --check", LINT, "cargo fmt --check"),
        ("cargo fmt", FIX, "cargo fmt"),
        ("black --check src", LINT, "black --check src"),
        ("black src", FIX, "black src"),
        ("eslint --fix .", FIX, "eslint …"),
        ("ruff .", "", "ruff ."),
        ("npm audit fix", FIX, "npm audit fix"),
        ("pre-commit try-repo .", "", "pre-commit try-repo ."),
        ("xargs -0 shellcheck", LINT, "shellcheck"),
        ("find . -name '*.sh' -exec shellcheck {} +", LINT, "shellcheck {} +"),
        ("command -v npm", "condition", "command -v npm"),
        ("pytest --version", "", "pytest …"),
        ("npm publish --dry-run", "", "npm publish …"),
        ("/", "", "/"),
        ("--", "", "--"),
    ],
)
def test_what_a_command_is_for(command: str, family: str, label: str) -> None:
    found = use(shlex.split(command))

    assert (found.family, found.label) == (family, label)


@pytest.mark.parametrize(
    ("pattern", "command", "fits"),
    [
        ("make acceptance", "make acceptance", True),
        ("make acceptance", "make -C web acceptance CI=1", True),
        ("make acceptance", "sudo gmake acceptance", True),
        ("make acceptance", "make all acceptance", False),
        ("make smoke-*", "make smoke-web", True),
        ("make smoke-*", "make smoke", False),
        ("verify-*", "npx verify-links docs", True),
        ("verify-*", "bash -c 'verify-links docs'", True),
        ("verify-*", "docker compose exec web verify-links", True),
        ("docker compose run bench", "docker-compose run --rm bench -v", True),
        ("bench.sh", "bash ./scripts/bench.sh --fast", True),
        ("./scripts/bench.sh", "scripts/bench.sh", True),
        ("scripts/bench.sh", "$HOME/app/scripts/bench.sh", True),
        ("scripts/bench.sh", "./bench.sh", False),
        ("scripts/bench.sh", "other-scripts/bench.sh", False),
        ("bench --strict", "bench --strict --all", True),
        ("bench --env=prod", "bench --env=prod", True),
        ("bench --env=prod", "bench --env=dev", False),
        ("bench --strict", "bench", False),
        ("npm run test:teardown", "npm --prefix web run test:teardown", True),
        ("", "make", False),
    ],
)
def test_commands_of_the_settings(pattern: str, command: str, fits: bool) -> None:
    project = Project("/", Config("", {"commands": {"cleanup": [pattern]}}))
    found = use(shlex.split(command), known(project))

    assert (found.family == CLEANUP) is fits


@pytest.mark.parametrize(
    "word", ["hatch run", "yarn", "sudo", "docker run", "bash -c", "npx", "ssh", "find -exec"]
)
def test_wrappers_without_end(word: str) -> None:
    start = time.process_time()
    use(f"{word} ".split() * 20_000)

    assert time.process_time() - start < HANGS


@pytest.mark.parametrize(
    ("strict", "lost", "covered"),
    [
        ("pytest", "pytest tests/slow", True),
        ("pytest tests", "pytest tests/slow", True),
        ("pytest tests/unit", "pytest tests/e2e", False),
        ("pytest -k fast", "pytest", False),
        ("cargo insta test --test-runner nextest", "cargo test -p parser --test golden", True),
        ("go test ./...", "go test ./pkg/api", True),
        ("npm run lint", "npm run lint:css", False),
        ("npm test", "npm run test:e2e", False),
        ("docker push app:1", "docker push app:2", False),
        ("docker push app:1", "docker push app:1", True),
    ],
)
def test_one_run_covers_another(strict: str, lost: str, covered: bool) -> None:
    assert use(strict.split()).covers(use(lost.split())) is covered


@pytest.mark.parametrize(
    ("shell", "posix", "errexit"),
    [
        ("bash", True, True),
        ("sh", True, True),
        ("bash -l {0}", True, False),
        ("bash -el {0}", True, True),
        ("bash -Eeuo pipefail -x {0}", True, True),
        ("bash --noprofile --norc -o errexit {0}", True, True),
        ("/usr/bin/bash {0}", True, False),
        ("msys2 {0}", True, True),
        ("wsl-bash {0}", True, True),
        ("${{ matrix.shell }}", True, True),
        ("pwsh", False, True),
        ("cmd", False, True),
        ("python {0}", False, True),
        ("Rscript {0}", False, True),
    ],
)
def test_shells(shell: str, posix: bool, errexit: bool) -> None:
    [step] = script("echo", f"'{shell}'").jobs[0].steps

    assert step.shell[:2] == (posix, errexit)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "run",
    [
        "pytest || true",
        "'pytest || true'",
        '"pytest || true"',
        "|\n          pytest || true",
        "|-\n          echo\n          pytest || true\n",
        ">\n          pytest\n          || true",
        "|2-  # text\n            pytest || true",
        "pytest\n          || true",
        "|\n          pytest \\\n            -q \\\n            || true",
        '"pytest \\\n          || true"',
    ],
)
def test_the_place_is_exact(run: str, newline: str) -> None:
    text = f"{HEAD}      - run: {run}\n".replace("\n", newline)
    [found] = workflow(text).swallowed

    assert found.span.text == "|| true"
    assert found.span.start == text.index("|| true")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jobs",
        "[]",
        "jobs: []\n",
        "jobs: {a: }\n",
        "jobs: {a: {steps: }}\n",
        "jobs: {a: {steps: {run: npm test || true}}}\n",
        "jobs: {a: {steps: [npm test || true, [], {}, 5, {run: }]}}\n",
        "jobs: {a: {steps: [{run: {}, shell: [], if: {}, uses: []}], runs-on: {}, defaults: []}}\n",
        "jobs: {a: {steps: [{run: 'a || true', shell: '{0}'}], runs-on: [[]], defaults: {run: []}}}\n",
        "jobs: {a: {steps: [{run: '|| true'}, {run: '> x || true'}, {run: 'x=1 || true'}]}}\n",
        "runs: {using: composite}\n",
        "runs: {using: node20, main: index.js}\n",
        "runs: []\n",
        "&a [*a]\n",
    ],
)
@pytest.mark.parametrize("path", [PATH, "action.yml"])
def test_odd_shapes(text: str, path: str, lint: Lint) -> None:
    assert "swallowed-failure" not in lint({path: text}, only=["ci"])


@pytest.mark.parametrize(
    "run",
    [
        "vercel deploy --token hunter2hunter2 || true",
        "make deploy API_KEY=hunter2hunter2 || true",
        "env DB_PASSWORD=hunter2hunter2 npm run migrate || true",
        "DB_PASSWORD=hunter2hunter2 npm run migrate || true",
        "npm run migrate -- --url postgres://root:hunter2hunter2@db/app || true",
        "prisma db push postgres://root:hunter2hunter2@db/app || true",
        "npm test || curl -u root:hunter2hunter2 https://example.com || true",
        "npm test || echo hunter2hunter2",
    ],
)
def test_no_credential_is_told(run: str, lint: Lint) -> None:
    printed = lint({PATH: f"{HEAD}      - run: {run}\n"}, select=["ci/swallowed-failure"])

    assert printed.count("\n") == 1
    assert "hunter2" not in printed


@pytest.mark.parametrize(
    "text",
    [
        "pytest || true\n" * 10_000,
        "pytest" + " || true" * 20_000,
        "pytest" + " && pytest" * 20_000 + " || true",
        "pytest > out.json || true\n" * 5_000 + "if grep x log.txt; then exit 1; fi\n" * 5_000,
        "if pytest; then echo; fi\n" * 5_000,
        "set +e\n" + "pytest\ntrue\n" * 5_000,
        "cd x || exit 0\n" * 5_000,
        "if x; then\n" + "pytest || true\n" * 10_000,
        "if x; then " + "pytest || true; " * 10_000,
        "{ " * 50 + "pytest || true; " + "}; " * 50,
        "pytest " + "a " * 50_000 + "|| true",
        "f() { pytest || g; }\ng() { f; }\n" * 1_000,
        "bash -c 'pytest || true'\n" * 10_000,
        "bash -c '" * 5_000 + "pytest || true" + "'" * 5_000,
        "pytest &\n" * 10_000,
        "if " + "pytest && " * 10_000 + "pytest; then echo; fi",
    ],
    ids=range(16),
)
def test_time_is_bounded(text: str) -> None:
    start = time.process_time()
    list(script(text.rstrip("\n")).swallowed)

    assert time.process_time() - start < HANGS


def test_five_thousand_steps() -> None:
    steps = "".join(f"      - run: npm run test:{n} > {n}.json || true\n" for n in range(5_000))

    assert len(workflow(HEAD + steps).swallowed) == 5_000


def test_a_workflow_that_loses_nothing_is_read_without_the_shell_parser() -> None:
    code = (
        "import sys\n"
        "from prodlint.ci.model import Workflow\n"
        "from prodlint.core.config import Config\n"
        "from prodlint.core.project import Project\n"
        "from prodlint.core.source import Source\n"
        f"text = {HEAD!r} + '      - run: npm test\\n'\n"
        f"assert Workflow(Source({PATH!r}, text), Project('/', Config())).swallowed == []\n"
        "assert 'prodlint.core.shell' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(ROOT / "hooks")}, check=False
    )
    assert done.returncode == 0
