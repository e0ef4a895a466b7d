"""Healthchecks of compose files: what docker compose itself says of them; and whatever input, an end soon."""

import functools
import json
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from conftest import HANGS, Lint, write
from prodlint.compose.timing import milliseconds
from prodlint.core import engine
from prodlint.core.config import Config
from prodlint.core.project import Project


@functools.cache
def compose() -> list[str]:
    """The command of docker compose, of its second version or later; empty where it is not installed."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]):
            done = subprocess.run([*command, "version"], capture_output=True, check=False)
            if done.returncode == 0 and b"Compose version" in done.stdout:
                return command
    return []


needs_compose = pytest.mark.skipif(
    not compose(), reason="docker compose, whose answer is compared, is not installed"
)


def accepted(folder: Path, healthcheck: dict[str, object]) -> bool:
    """Whether `docker compose config` takes the healthcheck."""
    text = json.dumps({"services": {"it": {"image": "x", "healthcheck": healthcheck}}})
    write(folder, {"compose.yaml": text})
    command = [*compose(), "-f", str(folder / "compose.yaml"), "config", "-q"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


DURATIONS = {
    **{"30s": 30_000, "1m30s": 90_000, "500ms": 500, "1.5s": 1500, ".5s": 500, "1.s": 1000},
    **{"1d": 86_400_000, "1w2d3h": 788_400_000, "3h1w": 615_600_000, "+5s": 5000, "-5s": -5000},
    **{"0": 0, "-0": 0, "0s": 0, "100us": 0.1, "100µs": 0.1, "100μs": 0.1, "5ns": 5e-6},
    **dict.fromkeys(("30", "", "s", "-", "+-5s", "--5s", "1 m", "5s 30ms", "30sec", "5S", "1y")),
    **dict.fromkeys(("1:30", "1m30", ".s", "1..5s", "5s,", "٣s", "1e3s", "0x1s", " 5s", "5s ")),
}


@pytest.mark.parametrize("written", DURATIONS)
def test_durations(written: str) -> None:
    assert milliseconds(written) == pytest.approx(DURATIONS[written])


@needs_compose
@pytest.mark.parametrize("written", DURATIONS)
def test_durations_as_docker_compose_reads_them(written: str, tmp_path: Path) -> None:
    healthcheck = {"test": "true", "interval": written}

    assert accepted(tmp_path, healthcheck) is (DURATIONS[written] is not None)


# Each with what docker compose says: it refuses one of them, and runs into the others.
MALFORMED = [
    ("NONE", True),
    ("CMD curl http://127.0.0.1/", True),
    ("['CMD', 'curl', 'http://127.0.0.1/']", True),
    (["CMD-SHELL", "pg_isready", "-U", "shop"], True),
    (["CMD-SHELL"], True),
    (["CMD"], True),
    (["CMD", "curl -f http://127.0.0.1/ || exit 1"], True),
    (["CMD", "curl", "-f", "http://127.0.0.1/", "||", "exit", "1"], True),
    (["CMD", "mysqladmin", "ping", "-p$$PASSWORD"], True),
    (["curl", "-f", "http://127.0.0.1/"], False),
    (["cmd", "true"], False),
]


@pytest.mark.parametrize(("test", "passes"), MALFORMED, ids=str)
def test_malformed(test: object, passes: bool, lint: Lint) -> None:
    service = {"image": "x", "healthcheck": {"test": test}}
    printed = lint({"compose.yaml": json.dumps({"services": {"it": service}})}, only=["compose"])

    assert printed.count("\n") == 1
    assert "[compose/healthcheck-malformed]" in printed
    assert ("docker compose refuses the file" in printed) is not passes


@needs_compose
@pytest.mark.parametrize(("test", "passes"), MALFORMED, ids=str)
def test_malformed_as_docker_compose_takes_it(test: object, passes: bool, tmp_path: Path) -> None:
    assert accepted(tmp_path, {"test": test}) is passes


# One cause, one finding

DATABASE = """\
services:
  web:
    image: example/web:3
    ports: ["80:80"]
    restart: always
    depends_on: {{db: {{condition: service_healthy}}}}
    healthcheck: {{test: [CMD, /web, health]}}
  db:
    image: postgres:17-alpine
    restart: always
    volumes: ["data:/var/lib/postgresql/data", "./init:/docker-entrypoint-initdb.d"]
    environment: {{USER: shop}}
    healthcheck: {{{}}}
volumes:
  data:
"""


@pytest.mark.parametrize(
    ("healthcheck", "rule"),
    [
        ("test: [CMD-SHELL, pg_isready, -U, shop]", "healthcheck-malformed"),
        ("test: CMD curl http://127.0.0.1/", "healthcheck-malformed"),
        ("test: curl -f http://127.0.0.1/", "healthcheck-tool-missing"),
        ("test: curl http://127.0.0.1/", "healthcheck-tool-missing"),
        ("test: curl http://127.0.0.1/ || true", "healthcheck-cannot-fail"),
        ("test: pg_isready || true", "healthcheck-cannot-fail"),
        ("test: pg_isready", "healthcheck-too-early"),
        ("test: pg_isready -h 127.0.0.1 -U $USER", "healthcheck-host-variable"),
        ("interval: 5s", "healthcheck-lost-in-merge"),
        ("test: []", "healthcheck-lost-in-merge"),
        ("disable: true", "unhealthy-dependency"),
        ("test: [NONE]", "unhealthy-dependency"),
        ("test: pg_isready -h 127.0.0.1, start_interval: 1s", "healthcheck-bad-timing"),
    ],
)
def test_one_cause_gives_one_finding(healthcheck: str, rule: str, lint: Lint) -> None:
    printed = lint({"compose.yaml": DATABASE.format(healthcheck)}, only=["compose"])

    assert printed.count("\n") == 1, printed
    assert f"[compose/{rule}]" in printed


# Whatever the input

HEAD = "services:\n"
HOSTILE = {
    "shared": "x: &x {test: 'curl $A'}\n"
    + HEAD
    + "".join(
        f" a{i}: {{image: redis, environment: {{A: b}}, healthcheck: *x}}\n" for i in range(1500)
    ),
    "variables": HEAD
    + "".join(
        f" a{i}: {{image: redis, environment: {{V{i}: b}}, healthcheck: {{test: 'x $V{i}'}}}}\n"
        for i in range(1500)
    ),
    "references": HEAD
    + f" a: {{image: redis, environment: {{A: b}}, healthcheck: {{test: '{'$A ' * 100_000}'}}}}\n",
    "items": HEAD + f" a: {{image: redis, healthcheck: {{test: [CMD, x{', $$a' * 100_000}]}}}}\n",
    "brackets": HEAD + f" a: {{image: redis, healthcheck: {{test: '{'[' * 500_000}'}}}}\n",
    "quotes": HEAD + f' a: {{image: redis, healthcheck: {{test: "[{" " * 500_000}x"}}}}\n',
    "duration": HEAD + f" a: {{image: redis, healthcheck: {{interval: {'1s' * 500_000}}}}}\n",
    "retries": HEAD + f" a: {{image: redis, healthcheck: {{retries: -{'1' * 900_000}}}}}\n",
    "commands": HEAD
    + " a: {image: node:22-alpine, command: x 0.0.0.0, healthcheck: {test: '"
    + "wget http://localhost; " * 40_000
    + "'}}\n",
    "merges": "x0: &x0 {healthcheck: {test: x}}\n"
    + "".join(f"x{i}: &x{i} {{<<: *x{i - 1}, healthcheck: {{}}}}\n" for i in range(1, 2000))
    + HEAD
    + " a: {<<: *x1999, image: redis, healthcheck: {interval: 5s}}\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_healthchecks_end_soon(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"compose.yaml": HOSTILE[name]})
    project = Project(str(tmp_path.resolve()), Config())
    start = time.process_time()
    result = engine.run(project, engine.Selection(only=["compose"]))

    assert result.crashes == []
    assert time.process_time() - start < HANGS
