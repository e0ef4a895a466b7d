"""Real cases of CI scripts, one by one: what must be reported, and what must not."""

import pytest

from conftest import Lint

PATH = ".github/workflows/ci.yml"
HEAD = "on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n"
SWALLOWED, PIPE, ERREXIT = "swallowed-failure", "pipe-hides-failure", "errexit-off"
SEED = (
    "npm run lint",
    "npm run type-check",
    "npm audit --audit-level=high",
    "npm test -- --coverage",
    "npm run build",
    "npm run test:e2e",
    "docker build -t app .",
    "npx prisma migrate deploy",
    "npm run deploy",
)


def step(script: str, *settings: str) -> str:
    body = "".join(f"          {line}\n" for line in script.split("\n"))
    more = "".join(f"        {setting}\n" for setting in settings)
    return f"      - run: |\n{body}{more}"


def rules(printed: str) -> list[str]:
    return [line.rpartition("[ci/")[2].rstrip("]") for line in printed.splitlines()]


@pytest.mark.parametrize(
    ("script", "rule"),
    [
        *((f"{command} || true", SWALLOWED) for command in SEED),
        ('npm test || echo "No tests found"', SWALLOWED),
        ("ruff check a || echo x", SWALLOWED),
        ("docker run --rm -v .:/src hadolint/hadolint hadolint X || true", SWALLOWED),
        ("cd a && npm run build || true", SWALLOWED),
        ('cd "$D" || exit 0\ndocker compose up -d', SWALLOWED),
        ("cargo test || find . -exec cat {} +", SWALLOWED),
        ("pytest | tee f", PIPE),
        # The forms that no other tool knows.
        ("npm test || :", SWALLOWED),
        ("npm test || /bin/true", SWALLOWED),
        ("npm test || exit 0", SWALLOWED),
        ("npm test || { echo failed; }", SWALLOWED),
        ("(npm test) || true", SWALLOWED),
        ("npm run build && echo ok || echo bad", SWALLOWED),
        ("set +e\nnpm test; true", SWALLOWED),
        ("set +e\nnpm test\nexit 0", SWALLOWED),
        ("npm test &\nwait", SWALLOWED),
        ("if npm test; then echo ok; fi", SWALLOWED),
        ("if ! npm test; then echo failed; fi", SWALLOWED),
        ("bash -c 'npm test || true'", SWALLOWED),
        ("sudo -E npx vitest run || true", SWALLOWED),
        ("docker compose exec -T web pytest || true", SWALLOWED),
        ("npm test \\\n  || true", SWALLOWED),
        ("set +e\nnpm run build\n./report.sh", ERREXIT),
        ("bash -c 'npm run build; ./report.sh'", ERREXIT),
        ("ssh host 'git pull; docker compose up -d'", ERREXIT),
        ("npm run build 2>&1 | cat", PIPE),
    ],
)
def test_reported(script: str, rule: str, lint: Lint) -> None:
    assert rules(lint({PATH: HEAD + step(script)}, only=["ci"])) == [rule]


@pytest.mark.parametrize(
    "script",
    [
        "if ! docker compose ps; then\n  docker compose logs x || true\n  exit 1\nfi",
        "x=$(grep -c a f || true)",
        "read -r -d '' V <<'EOF' || true\ntext\nEOF",
        '[ -n "$T" ] || { echo skip; exit 0; }',
        "npm test || { echo bad; rc=1; }\nexit $rc",
        'git commit -m x || echo "No changes"',
        "npm ci || npm install",
        "echo ${{ a || 'b' }}",
        "npm test -- ${{ inputs.a || 'b' }}",
        "if [[ -n $X ]]; then diff a b || true; exit 1; fi",
        "black x || true",
        "timeout 5 ./bin > out.txt || true\ngrep -q started out.txt",
        "npm test || exit 1",
        "set +e\nnpm test\nrc=$?\n./report.sh\nexit $rc",
        "npm test & pid=$!\nwait $pid",
        "if ! npm test; then echo failed; exit 1; fi",
        "set -o pipefail\npytest | tee f",
        "docker rm -f x || true",
        "ssh host 'set -e; git pull; docker compose up -d'",
        "npm run build\nnpm test",
    ],
)
def test_silent(script: str, lint: Lint) -> None:
    assert lint({PATH: HEAD + step(script)}, only=["ci"]) == ""


@pytest.mark.parametrize(
    ("shell", "found"),
    [
        ("bash", []),
        ("bash -l {0}", [ERREXIT, PIPE]),
        ("bash {0}", [ERREXIT, PIPE]),
        ("sh {0}", [ERREXIT, PIPE]),
        ("bash -el {0}", [PIPE]),
        ("bash -E {0}", [ERREXIT, PIPE]),
        ("bash -eo pipefail {0}", []),
        ("bash -Eeuo pipefail -x {0}", []),
    ],
)
def test_shells(shell: str, found: list[str], lint: Lint) -> None:
    text = HEAD + step("npm run build\npytest | tee f", f"shell: {shell}")

    assert sorted(rules(lint({PATH: text}, only=["ci"]))) == found


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("continue-on-error: true", ["continue-on-error"]),
        ("continue-on-error: ${{ matrix.experimental }}", []),
        ("id: x\n        continue-on-error: true", []),
    ],
)
def test_a_step_that_may_fail(settings: str, found: list[str], lint: Lint) -> None:
    asks = "      - if: steps.x.outcome == 'failure'\n        run: exit 1\n"

    assert rules(lint({PATH: HEAD + step("npm test", settings) + asks}, only=["ci"])) == found


def test_the_status_job_of_the_seed(lint: Lint) -> None:
    text = f"""{HEAD}{step("npm test")}  status:
    needs: [job]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: |
          echo "Tests: ${{{{ needs.job.result }}}}"
"""
    assert rules(lint({PATH: text}, only=["ci"])) == ["hollow-status-job"]


def test_what_ci_calls(lint: Lint) -> None:
    script = step("npm run type-check")
    files: dict[str, str | bytes] = {
        PATH: f"{HEAD}      - uses: actions/checkout@v5\n{script}",
        "package.json": '{"scripts": {"type-check": "tsc --noEmit || true"}}',
    }
    assert rules(lint(files, only=["ci"])) == ["indirect-swallow"]


def test_both_builds_of_an_image(lint: Lint) -> None:
    dockerfile = "FROM node:22\nRUN npm run build || true && npm run b2-build || true\n"

    printed = lint({"Dockerfile": dockerfile}, select=["dockerfile/swallowed-failure"])

    assert printed.count("swallowed-failure") == 2


def test_script_stop_is_no_input_any_more(lint: Lint) -> None:
    text = f"""{HEAD}      - uses: appleboy/ssh-action@v1.2.0
        with:
          script_stop: true
          script: |
            git pull
            docker compose up -d
"""
    assert rules(lint({PATH: text}, only=["ci"])) == [ERREXIT]


@pytest.mark.parametrize(
    ("allowed", "found"), [("{exit_codes: 137}", []), ("true", ["continue-on-error"])]
)
def test_a_job_of_gitlab_that_may_fail(allowed: str, found: list[str], lint: Lint) -> None:
    text = f"test:\n  script: [npm test]\n  allow_failure: {allowed}\n"

    assert rules(lint({".gitlab-ci.yml": text}, only=["ci"])) == found
