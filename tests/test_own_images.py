"""Base images that the settings describe."""

from pathlib import Path

import pytest

from conftest import Lint, write
from prodlint.core import NO, UNKNOWN, YES
from prodlint.core.config import BadConfig, Config, find
from prodlint.core.images import Image, known, lookup

NODE = "registry.example.com/platform/node"
DOCKERFILE = f"""\
FROM {NODE}:22
WORKDIR /app
COPY . .
EXPOSE 8080
HEALTHCHECK CMD curl -f http://127.0.0.1:8080/
CMD ["node", "server.js"]
"""


def image(reference: str, settings: dict[str, object]) -> Image:
    found = known(reference, Config(data={"base-images": settings}))
    assert found is not None
    return found


def settings(*lines: str) -> str:
    return "\n  ".join([f"base-images:\n  {NODE}:", *(f"  {line}" for line in lines), ""])


@pytest.mark.parametrize(
    ("lines", "finding"),
    [
        ((), ""),
        (("user: 1000",), ""),
        (("user: root",), f"1:6: error: the image runs as root, as {NODE}:22 does"),
        (("user: 0",), f"1:6: error: the image runs as root, as {NODE}:22 does"),
    ],
)
def test_root_user(lines: tuple[str, ...], finding: str, lint: Lint) -> None:
    files: dict[str, str | bytes] = {"Dockerfile": DOCKERFILE}
    if lines:
        files[".prodlint.yaml"] = settings(*lines)

    printed = lint(files, select=["dockerfile/root-user"])

    assert finding in printed and bool(finding) is bool(printed)


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        (("user: 1000",), False),
        (("system: alpine",), True),
        (("system: alpine", "tools: {curl: true}"), False),
        (("tools: {curl: false}",), True),
        (("tools: {wget: false}",), False),
        (("shell: false",), True),
        (("shell: true",), False),
    ],
)
def test_tools(lines: tuple[str, ...], missing: bool, lint: Lint) -> None:
    compose = f"""\
services:
  web:
    image: {NODE}:22
    healthcheck:
      test: ["CMD-SHELL", "curl -f http://127.0.0.1:8080/"]
"""
    rules = ["dockerfile/healthcheck-tool-missing", "compose/healthcheck-tool-missing"]
    files: dict[str, str | bytes] = {"Dockerfile": DOCKERFILE, "compose.yaml": compose}

    printed = lint({**files, ".prodlint.yaml": settings(*lines)}, select=rules)

    assert [rule in printed for rule in rules] == [missing, missing]


def test_health_check(lint: Lint) -> None:
    compose = f"""\
services:
  web:
    image: {NODE}:22
  proxy:
    image: nginxinc/nginx-unprivileged:1.29
    depends_on:
      web: {{condition: service_healthy}}
"""
    rule = "compose/unhealthy-dependency"

    for answer, silent in (("false", False), ("true", True)):
        config = settings(f"healthcheck: {answer}")
        printed = lint({"compose.yaml": compose, ".prodlint.yaml": config}, select=[rule])
        assert (rule not in printed) is silent


@pytest.mark.parametrize(("date", "ended"), [("2026-11-23", True), ("2026-11-24", False)])
def test_end_of_life(date: str, ended: bool, lint: Lint) -> None:
    config = settings(f"end-of-life: {date}")
    rule = "dockerfile/end-of-life-image"

    printed = lint({"Dockerfile": DOCKERFILE, ".prodlint.yaml": config}, select=[rule])

    told = f"Dockerfile:1:6: warning: {NODE}:22: the image has had no security fixes since {date} [{rule}]\n"
    assert printed == (told if ended else "")


def test_kind(lint: Lint) -> None:
    files: dict[str, str | bytes] = {
        "Dockerfile": f"FROM {NODE}:22\nCOPY . .\nRUN go build -o /app .\nEXPOSE 80\nCMD /app\n"
    }
    rule = ["dockerfile/build-tools-shipped"]

    assert not lint({**files, ".prodlint.yaml": settings("kind: runtime")}, select=rule)
    assert lint({**files, ".prodlint.yaml": settings("kind: toolchain")}, select=rule)


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        (NODE, True),
        (f"{NODE}:22*", True),
        (f"{NODE}:20*", False),
        ("registry.example.com/*", True),
        ("*/node", True),
        ("registry.example.com/platform/nod", False),
        ("node", False),
    ],
)
def test_names(name: str, fits: bool) -> None:
    found = known(f"{NODE}:22-alpine", Config(data={"base-images": {name: {"user": "app"}}}))

    assert (found is not None and found.user == "app") is fits


def test_the_later_name_counts_for_what_it_says() -> None:
    both = {"*": {"user": "root", "tools": {"curl": True, "wget": True}}}
    found = image(NODE, {**both, f"{NODE}:latest": {"user": 1000, "tools": {"curl": False}}})

    assert (found.user, found.tool("curl"), found.tool("wget")) == ("1000", NO, YES)


def test_what_is_not_said_stays_as_the_table_has_it() -> None:
    found = image("docker.io/library/node:22-alpine", {"node": {"user": "node"}})

    assert (found.root, found.tool("curl"), found.tool("wget"), found.account) == (
        NO,
        NO,
        YES,
        "node",
    )
    assert known("node:22", Config(data={"base-images": {}})) == lookup("node:22")
    assert image(NODE, {NODE: {}}).root is UNKNOWN


def test_a_digest_without_a_tag_is_not_latest() -> None:
    config = Config(data={"base-images": {f"{NODE}:latest": {"user": "app"}}})

    assert known(f"{NODE}@sha256:ab", config) is None


def test_an_image_of_the_settings_may_have_any_account(lint: Lint) -> None:
    files: dict[str, str | bytes] = {
        "Dockerfile": f'FROM {NODE}:22\nUSER app\nCMD ["node", "server.js"]\n'
    }

    assert not lint(
        {**files, ".prodlint.yaml": settings("system: alpine")}, select=["dockerfile/unknown-user"]
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("usr: app", "3: unknown key 'usr', did you mean 'user'?"),
        ("user: [app]", "3: user: expected a text"),
        ("kind: runtme", "3: kind: expected one of os, runtime, toolchain, server, database, did you mean 'runtime'?"),
        ("tools: [curl]", "3: tools: expected a mapping"),
        ("tools: {curl: maybe}", "3: curl: expected a boolean"),
        ("end-of-life: 2026-13-01", "3: end-of-life: expected a text like 2026-04-30"),
        ("healthcheck: 1", "3: healthcheck: expected a boolean"),
    ],
)  # fmt: skip
def test_wrong_values_are_one_line(line: str, message: str, tmp_path: Path) -> None:
    write(tmp_path, {".prodlint.yaml": settings(line)})

    with pytest.raises(BadConfig) as why:
        find(str(tmp_path), None)

    assert str(why.value) == f".prodlint.yaml:{message}"
