"""Health checks seen from Dockerfile and compose file together: one cause, one finding."""

import time

import pytest

from conftest import HANGS, Lint
from prodlint.core.ending import Ending, settled
from prodlint.core.probe import Reading
from prodlint.core.probe.lenient import lenient_curl, passing_end
from prodlint.core.source import Source, Span

CHECK = "HEALTHCHECK CMD wget -q --spider http://127.0.0.1:3000/health\n"
BUILD = f"FROM node:22-alpine AS build\n{CHECK}FROM node:22-alpine\nCOPY --from=build /app /app\nUSER node\n"
LEFT_BEHIND = BUILD + 'CMD ["node", "/app/server.js"]\n'
HIDDEN = f'FROM node:22-alpine AS production\nUSER node\n{CHECK}CMD ["node", "/app/server.js"]\n'
HIDDEN += 'FROM node:22-alpine AS development\nCMD ["npm", "run", "dev"]\n'
WEB = "services:\n  web:\n    build: .\n    ports: ['3000:3000']\n"
WAITING = (
    WEB
    + "  proxy:\n    image: example/proxy:1\n    depends_on:\n      web: {condition: service_healthy}\n"
)

ON_HEALTH = [
    "dockerfile/unshipped-healthcheck",
    "dockerfile/missing-healthcheck",
    "dockerfile/development-stage-shipped",
    "compose/missing-healthcheck",
]


@pytest.mark.parametrize(
    ("dockerfile", "compose", "rule"),
    [
        (LEFT_BEHIND, "", "dockerfile/unshipped-healthcheck"),
        (LEFT_BEHIND, WEB, "dockerfile/unshipped-healthcheck"),
        (LEFT_BEHIND, WAITING, "compose/unhealthy-dependency"),
        (HIDDEN, "", "dockerfile/development-stage-shipped"),
        (HIDDEN, WEB, "dockerfile/development-stage-shipped"),
    ],
)
def test_one_cause_gives_one_finding(lint: Lint, dockerfile: str, compose: str, rule: str) -> None:
    files: dict[str, str | bytes] = {"Dockerfile": dockerfile}
    if compose:
        files["compose.yaml"] = compose
    found = lint(files, select=[*ON_HEALTH, "compose/unhealthy-dependency"]).splitlines()

    assert [line.rpartition("[")[2] for line in found if "[" in line] == [f"{rule}]"]


@pytest.mark.parametrize("dockerfile", [LEFT_BEHIND, HIDDEN])
def test_a_finding_rests_on_the_compose_file_too(lint: Lint, dockerfile: str) -> None:
    files: dict[str, str | bytes] = {"Dockerfile": dockerfile, "compose.yaml": WEB}

    assert lint(files, select=ON_HEALTH, passed=["compose.yaml"]).startswith("Dockerfile:")


@pytest.mark.parametrize(
    ("script", "ending"),
    [
        ("curl -f x", Ending.OPEN),
        ("curl -f x || true", Ending.PASSES),
        ("curl -f x || exit 0", Ending.PASSES),
        ("curl -f x || exit 1; exit 0", Ending.OPEN),
        ("curl -f x || exit $?; echo", Ending.OPEN),
        ("curl -f x; exit", Ending.OPEN),
        ("curl -f x && exit 0; exit 1", Ending.OPEN),
        ("(curl -f x || exit 1) || :", Ending.PASSES),
        ("set -o pipefail; curl x | true", Ending.OPEN),
        ("set -eu; curl x; true", Ending.OPEN),
        (": > /dev/tcp/127.0.0.1/1", Ending.OPEN),
        ("{ echo; } > /dev/tcp/127.0.0.1/1", Ending.OPEN),
        ("echo ok >&2", Ending.PASSES),
        ("exit 1", Ending.FAILS),
        ("false || false", Ending.FAILS),
        ("while curl -f x; do exit 1; done; true", Ending.OPEN),
    ],
)
def test_how_a_script_ends(script: str, ending: Ending) -> None:
    place = Span(Source("Dockerfile", script), 0, 0)
    reading = Reading(lambda name: False, None)

    assert settled(reading.script(script, lambda start, end: place)) is ending


@pytest.mark.parametrize("word", ["curl x || ", "$(", "(", "if ", "curl -s -o ", "! ", "{ "])
def test_hostile_checks_take_linear_time(lint: Lint, word: str) -> None:
    begun = time.process_time()
    text = word * (60_000 // len(word))
    passing_end(text)
    lenient_curl(text)
    lint(
        {"Dockerfile": f"FROM alpine:3.22\nHEALTHCHECK CMD {text}\nCMD ./x\n"},
        select=["dockerfile/healthcheck-tool-missing", "dockerfile/healthcheck-cannot-fail"],
    )

    assert time.process_time() - begun < HANGS


def test_many_stages_take_linear_time(lint: Lint) -> None:
    begun = time.process_time()
    chain = "".join(f"FROM s{number} AS s{number + 1}\n" for number in range(10_000))
    leaves = "".join(f"FROM s{number} AS t{number}\n" for number in range(10_000))
    text = f"FROM node:22-alpine AS s0\n{CHECK}{chain}{leaves}FROM alpine:3.22\nCMD ./x\n"
    lint({"Dockerfile": text}, select=ON_HEALTH)

    assert time.process_time() - begun < HANGS


@pytest.mark.parametrize("calls", ["curl x || " * 300, "".join(f"a{n} || " for n in range(400))])
def test_many_calls_in_a_long_build_take_linear_time(lint: Lint, calls: str) -> None:
    begun = time.process_time()
    text = (
        "FROM alpine:3.22\n" + "RUN apk add x\n" * 10_000 + f"HEALTHCHECK CMD {calls} x\nCMD ./x\n"
    )
    lint({"Dockerfile": text}, select=["dockerfile/healthcheck-tool-missing"])

    assert time.process_time() - begun < HANGS


@pytest.mark.parametrize(
    "text",
    ["curl -f http://127.0.0.1/", "wget -q x", "/usr/bin/curl x", "timeout 5 curl x", "env A=b curl x", "./check", "nice curl"],
)  # fmt: skip
def test_a_plain_command_is_read_as_the_parser_reads_it(text: str) -> None:
    """Both name the same program at the same place, the one without a parser and the one with it."""
    source = Source("x", text)
    found = []
    for script in (text, f"{text};"):
        reading = Reading(lambda name: name in ("curl", "wget"), None)
        ending = settled(reading.script(script, source.span))
        found.append((ending, reading.culprit))

    assert found[0] == found[1]
