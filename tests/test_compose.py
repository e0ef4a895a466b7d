"""How compose puts a project together: variables, merges, files that belong together; and whatever input, no crash."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import HANGS, Lint, write
from prodlint.compose import parse, recipes
from prodlint.compose.model import Compose
from prodlint.compose.origin import Origin
from prodlint.compose.variables import Variables, read
from prodlint.core import NO, UNKNOWN, YES, engine, yaml
from prodlint.core.config import Config
from prodlint.core.images import lookup
from prodlint.core.project import Document, Project
from prodlint.core.source import Source


def load(folder: Path, files: dict[str, str], path: str = "compose.yaml") -> Compose:
    write(folder, dict(files))
    document = Project(str(folder.resolve()), Config()).parsed(path, parse)
    assert document
    return document


def edges(document: Compose, service: str) -> dict[str, str]:
    return {edge.name: edge.condition for edge in document.named[service].depends_on}


# Variables

ENV = {"SET": "value", "EMPTY": "", "INNER": "SET"}


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("plain", "plain"),
        ("$SET ${SET}", "value value"),
        ("$$SET $${SET}", "$SET ${SET}"),
        ("a$", "a$"),
        ("$1 ${1} $-", "$1 ${1} $-"),
        ("$NOPE ${NOPE}", "$NOPE ${NOPE}"),
        ("${NOPE:-x} ${NOPE-y} ${NOPE:-}", "x y "),
        ("${SET:-x} ${EMPTY:-x} ${EMPTY-x}", "value x "),
        ("${NOPE:-${SET}}:${NOPE:-${OTHER:-z}}", "value:z"),
        ("${NOPE:-{a}}", "{a}"),
        ("${NOPE:?message} ${SET:?message}", "${NOPE:?message} value"),
        ("${SET:+x} ${NOPE:+x}", "${SET:+x} ${NOPE:+x}"),
        ("${SET ${SET/a/b} ${SET:1}", "${SET ${SET/a/b} ${SET:1}"),
        ("${NOPE:-", "${NOPE:-"),
        ("ö${SET}ş", "övalueş"),
    ],
)
def test_variables(text: str, expanded: str) -> None:
    assert Variables(ENV).expand(text) == expanded


def test_place_of_expanded_text() -> None:
    text = "a ${NOPE:-bb} $$c $SET d"
    expanded = Variables(ENV).traced(text)

    assert expanded.text == "a bb $c value d"
    for word in ("a", "c", "d"):
        assert expanded.origin(expanded.text.index(word)) == text.index(word)
    assert expanded.origin(expanded.text.index("value")) == text.index("$SET")


def test_env_file() -> None:
    text = (
        'A=1\nexport B = two words # comment\nC=\'$kept\'\nD="quoted # text"\nE=$A\nF="${A}"\n'
        "G=\nH: yaml\n# I=no\nJ='open\nK=x\r\nA=2\nnonsense\nL=a#b\n"
    )

    assert read(Source(".env", text)).values == {
        **{"A": "2", "B": "two words", "C": "$kept", "D": "quoted # text", "G": "", "H": "yaml"},
        **{"K": "x", "L": "a#b"},
    }
    assert read(None).values == {}


# Files that belong together


def test_base_and_override(tmp_path: Path) -> None:
    files = {
        "docker-compose.yml": (
            "services:\n"
            "  web:\n"
            "    build: ./ctx\n"
            "    ports: ['80:80']\n"
            "    profiles: [one]\n"
            "    depends_on: {db: {condition: service_healthy}}\n"
            "    healthcheck: {test: [CMD, a], interval: 5s}\n"
            "  db: {image: x}\n"
        ),
        "compose.override.yaml": (
            "services:\n"
            "  web:\n"
            "    build: {target: prod}\n"
            "    ports: ['81:81']\n"
            "    profiles: [two]\n"
            "    depends_on: [db, cache]\n"
            "    healthcheck: {timeout: 3s}\n"
            "    restart: always\n"
            "  cache: {image: x}\n"
        ),
        "ctx/Dockerfile": "FROM redis AS prod\n",
    }
    document = load(tmp_path, files, "docker-compose.yml")
    web = document.named["web"]

    assert list(document.named) == ["web", "db", "cache"]
    assert edges(document, "web") == {"db": "service_started", "cache": "service_started"}
    assert web.depends_on[0].downgraded and web.depends_on[0].downgraded.line == 6
    assert [item.text for item in web.items("ports")] == ["80:80", "81:81"]
    assert [item.text for item in web.items("profiles")] == ["one", "two"]
    assert [item.text for item in web.items("healthcheck", "test")] == ["CMD", "a"]
    assert (web.text("build", "target"), web.text("restart")) == ("prod", "always")
    assert web.health.answer is YES
    assert web.origin and web.origin.builder == "ctx/Dockerfile"
    assert load(tmp_path, files, "compose.override.yaml").services == []


@pytest.mark.parametrize(
    ("names", "merged"),
    [
        (["compose.yaml", "docker-compose.override.yml"], True),
        (["docker-compose.yaml", "compose.override.yml"], True),
        (["compose.yaml", "compose.override.yml", "compose.override.yaml"], True),
        (["docker-compose.prod.yml", "compose.override.yml"], False),
        (["compose.yml", "compose.yaml", "compose.override.yml"], False),
    ],
    ids=str,
)
def test_which_override_belongs_to_a_file(names: list[str], merged: bool, tmp_path: Path) -> None:
    files = dict.fromkeys(names, "services: {web: {image: x, restart: always}}\n")
    files[names[0]] = "services: {web: {image: x}}\n"

    assert (load(tmp_path, files, names[0]).named["web"].text("restart") == "always") is merged


def test_tags_of_compose(tmp_path: Path) -> None:
    document = load(
        tmp_path,
        {
            "compose.yaml": (
                "services:\n"
                "  a: {image: x, ports: ['1:1'], depends_on: [b, c], healthcheck: {test: ls}}\n"
                "  b: {image: x, ports: ['1:1'], depends_on: {c: {condition: service_healthy}}}\n"
                "  c: {image: x}\n"
                "  d: {image: x}\n"
            ),
            "compose.override.yaml": (
                "services:\n"
                "  a: {ports: !reset [], depends_on: !override [c], healthcheck: !reset null}\n"
                "  b: {ports: !override ['2:2'], depends_on: {c: !reset null}}\n"
                "  c: null\n"
                "  d: !reset null\n"
            ),
        },
    )
    a, b = document.named["a"], document.named["b"]

    assert not a.published and a.last("healthcheck") is None
    assert [item.text for item in b.items("ports")] == ["2:2"]
    assert (edges(document, "a"), edges(document, "b")) == ({"c": "service_started"}, {})
    assert document.named["c"].text("image") == "x"


def test_extends(tmp_path: Path) -> None:
    document = load(
        tmp_path,
        {
            "compose.yaml": (
                "services:\n"
                "  web:\n"
                "    extends: {file: 'lib/${LIB}.yml', service: base}\n"
                "    healthcheck: {interval: 5s}\n"
                "  lost: {image: redis, extends: {file: none.yml, service: base}}\n"
                "  loop: {image: redis, extends: pool}\n"
                "  pool: {image: redis, extends: loop}\n"
            ),
            ".env": "LIB=common\n",
            "lib/common.yml": (
                "services:\n"
                "  base: {extends: root, healthcheck: {test: ls}, depends_on: [db]}\n"
                "  root: {build: ./ctx}\n"
                "  db: {image: x}\n"
            ),
            "lib/ctx/Dockerfile": "FROM redis\n",
        },
    )
    web = document.named["web"]

    assert web.whole and web.health.answer is YES and list(edges(document, "web")) == ["db"]
    assert web.origin and web.origin.builder == "lib/ctx/Dockerfile"
    assert web.span.path == "compose.yaml"
    for name in ("lost", "loop", "pool"):
        assert not document.named[name].whole
        assert document.named[name].health.answer is UNKNOWN


def test_include(tmp_path: Path) -> None:
    files = {
        "compose.yaml": (
            "include:\n"
            "  - data/compose.yaml\n"
            "  - {path: [more/one.yml, more/two.yml], project_directory: more/here}\n"
            "  - oci://registry.example.com/stack\n"
            "  - ../outside.yml\n"
            "services:\n"
            "  web: {image: x, depends_on: [db, one]}\n"
        ),
        "data/compose.yaml": "services: {db: {image: 'a:${TAG}'}}\n",
        "data/.env": "TAG=16\n",
        "more/one.yml": "services: {one: {build: ./ctx}}\n",
        "more/two.yml": "services: {one: {restart: always}}\n",
        "more/here/ctx/Dockerfile": "FROM redis\n",
    }
    document = load(tmp_path, files)

    assert list(document.named) == ["db", "one", "web"]
    assert document.named["db"].text("image") == "a:16"
    assert document.named["one"].text("restart") == "always"
    assert document.named["one"].health.answer is NO
    assert load(tmp_path, files, "data/compose.yaml").services == []


@pytest.mark.parametrize(
    "files",
    [
        {"compose.yaml": "include: [compose.yaml]\nservices: {a: {image: redis}}\n"},
        {
            "compose.yaml": "include: [b/compose.yaml]\nservices: {a: {image: redis}}\n",
            "b/compose.yaml": "include: [../compose.yaml]\nservices: {b: {image: redis}}\n",
        },
        {
            "compose.yaml": "services: {a: {extends: {file: b.yml, service: b}}}\n",
            "b.yml": "services: {b: {extends: {file: compose.yaml, service: a}}}\n",
        },
    ],
)
def test_circles_end(files: dict[str, str], tmp_path: Path) -> None:
    for service in load(tmp_path, files).services:
        assert service.health.answer is UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        *("", "# nothing", "null", "[]", "text", "services:", "services: []", "services: {}"),
        *("version: '3'", "services: {web: null}", "services: {web: text}", "services: {web: []}"),
        *("services: {web: {ports: ['80:80']}}", "networks: {a: {}}", "include: null"),
    ],
)
def test_files_without_a_service_to_judge(text: str, tmp_path: Path) -> None:
    document = load(tmp_path, {"compose.yaml": text})

    assert document.services == [] and document.faults == []


# What rests on which file

PROJECT = {
    "app/compose.yaml": (
        "services:\n"
        "  web:\n"
        "    build: .\n"
        "    ports: ['80:80']\n"
        "    healthcheck: {test: 'curl -f http://localhost'}\n"
    ),
    "app/Dockerfile": "FROM node:22-alpine\n",
    "app/app.py": "",
}


@pytest.mark.parametrize(
    ("passed", "found"),
    [
        ("app/compose.yaml", True),
        ("app/Dockerfile", True),
        ("app/app.py", False),
    ],
)
def test_a_finding_rests_on_the_dockerfile_too(passed: str, found: bool, lint: Lint) -> None:
    printed = lint(PROJECT, only=["compose"], passed=[passed])

    assert ("app/compose.yaml:5:26: error: web's healthcheck runs curl" in printed) is found


def test_an_override_that_is_passed_reports_what_it_breaks(lint: Lint) -> None:
    files = {
        "compose.yaml": (
            "services:\n"
            "  web: {image: x, depends_on: {db: {condition: service_healthy}}}\n"
            "  db: {image: redis, healthcheck: {test: redis-cli ping}}\n"
        ),
        "compose.override.yaml": "services:\n  db: {healthcheck: {disable: true}}\n",
    }

    assert "compose/unhealthy-dependency" in lint(
        files, only=["compose"], passed=["compose.override.yaml"]
    )


SHARED = {
    "a/compose.yaml": "services: {it: {extends: {file: ../parts.yml, service: it}}}\n",
    "b/compose.yaml": "services: {it: {extends: {file: ../parts.yml, service: it}}}\n",
    "parts.yml": "services:\n  it: {image: node:22-alpine, healthcheck: {test: curl -f http://x}}\n",
}


def test_a_fault_in_a_file_that_two_projects_take_in_is_told_once(lint: Lint) -> None:
    printed = lint(SHARED, only=["compose"])

    assert printed.count("\n") == 1
    assert printed.startswith("parts.yml:2:")


def test_an_ignore_counts_in_a_file_that_is_only_taken_in(lint: Lint) -> None:
    files = SHARED.copy()
    files["parts.yml"] = files["parts.yml"].replace(
        "\n  it",
        "\n  # prodlint: ignore[compose/healthcheck-tool-missing] our mirror has curl\n  it",
    )

    assert lint(files, only=["compose"]) == ""


# What the help says

IMAGES = {
    "postgres:16": "5432",
    "postgis/postgis:16-3.5": "5432",
    "mysql:8.4": "3306",
    "mariadb:11": "3306",
    "redis:7-alpine": "6379",
    "valkey/valkey:8": "6379",
    "mongo:7": "27017",
    "mongo:4.4": "27017",
    "rabbitmq:4": "5672",
    "nginx:1.27": "80",
    "nginx:1.27-alpine": "80",
    "nginx:1.27-alpine-slim": "80",
    "node:22-alpine": "3000",
    "node:22-slim": "3000",
    "python:3.13-slim": "8000",
    "php:8.4-apache": "80",
    "ruby:3.4-slim": "3000",
    "prom/prometheus:v3": "9090",
    "traefik:3": "80",
    "memcached:1": "11211",
    "memcached:1-alpine": "11211",
    "eclipse-mosquitto:2": "1883",
}


def indented(lines: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" for line in lines.split("\n"))


@pytest.mark.parametrize("image", IMAGES)
def test_recipe_cures_the_fault(image: str, tmp_path: Path) -> None:
    text = f"services:\n  it:\n    image: {image}\n    ports: ['{IMAGES[image]}']\n"
    it = load(tmp_path, {"compose.yaml": text}).named["it"]
    first, _, lines = it.recipe.partition("\n")

    assert first.endswith("add below `it:`")
    cured = load(tmp_path, {"compose.yaml": text + indented(lines, 4)}).named["it"]
    assert cured.health.answer is YES and not cured.missing_program


@pytest.mark.parametrize("image", ["debian", "alpine", "php:8-fpm", "couchdb", "unknown/image"])
def test_recipe_without_a_program_that_fits(image: str, tmp_path: Path) -> None:
    text = f"services: {{it: {{image: '{image}', ports: [1]}}}}"

    assert load(tmp_path, {"compose.yaml": text}).named["it"].recipe == recipes.ADVICE


@pytest.mark.parametrize(
    ("image", "test", "program"),
    [
        ("node:22-alpine", "curl -f http://localhost:3000/health || exit 1", "wget"),
        ("node:22-alpine", "curl -f localhost:3000/health || exit 1", "wget"),
        ("node:22-slim", "wget -q http://localhost:3000/", "node"),
        ("python:3.13-slim", "curl -f http://0.0.0.0:8000/", "python"),
        ("nginx:1.27", "wget -q --spider http://localhost/", "curl"),
        ("php:8.4-fpm", "wget -q http://localhost/", "curl"),
    ],
)
def test_another_program_instead(image: str, test: str, program: str, tmp_path: Path) -> None:
    text = f"services:\n  it:\n    image: {image}\n    healthcheck:\n"
    it = load(tmp_path, {"compose.yaml": f"{text}      test: {test}\n"}).named["it"]
    first, _, line = it.instead.partition("\n")

    assert first == f"use {program}, which it has"
    assert "//127.0.0.1" in line
    cured = load(tmp_path, {"compose.yaml": f"{text}      {line}\n"}).named["it"]
    assert cured.health.own and not cured.missing_program


@pytest.mark.parametrize(
    ("base", "test", "advice"),
    [
        ("debian:12", "curl -f http://localhost/", "RUN apt-get update && apt-get install"),
        ("alpine:3.22", "nc -z $$HOST 80 && psql -c x", "RUN apk add --no-cache postgresql-client"),
        ("scratch", "/app check", 'a list that begins with "CMD"'),
        ("gcr.io/distroless/static", "['CMD', 'curl', 'x']", "use a program that it has"),
    ],
)
def test_what_to_install(base: str, test: str, advice: str, tmp_path: Path) -> None:
    files = {
        "compose.yaml": f"services:\n  it:\n    build: .\n    healthcheck:\n      test: {test}\n",
        "Dockerfile": f'FROM {base}\nCMD ["/app"]\n',
    }

    assert advice in load(tmp_path, files).named["it"].instead


def test_quotes_of_a_recipe() -> None:
    words = ["CMD", 'say "a\\b"', "$$x", "ş"]
    node = yaml.load(Source("x.yaml", f"a: {recipes.flow(words)}\n")).documents[0]

    assert yaml.to_python(node) == {"a": words}


def test_http_test_needs_a_program() -> None:
    image = lookup("debian:12")
    place = Source("x", "").span(0, 0)

    assert recipes.http_test(None, "http://x/") is None
    assert recipes.http_test(Origin("debian:12", image, NO, place), "http://x/") is None


# Whatever the input

WHOLE = """\
include: [other.yml, {path: [a.yml], project_directory: b, env_file: c}]
x-base: &base
  restart: always
  healthcheck: &check {test: [CMD, curl, -f, "http://localhost"], interval: 5s}
services:
  web:
    <<: *base
    image: node:22-alpine
    ports: ["80:80", {target: 1, published: 2}]
    expose: [80]
    profiles: [prod]
    depends_on: {db: {condition: service_healthy, required: false}, cache: {condition: service_started}}
    command: [npm, start]
    entrypoint: sh -c "x"
    volumes: ["./a:/usr/bin/a", {type: bind, source: a, target: /b}]
    configs: [{source: a, target: /c}]
    network_mode: bridge
    scale: 1
    deploy: {replicas: 1, mode: replicated, restart_policy: {condition: any}}
  db:
    build: {context: ., dockerfile: Dockerfile, target: last, args: {A: b}, additional_contexts: [a=b]}
    depends_on: [cache]
    healthcheck: {disable: false, test: ["CMD-SHELL", "curl x || exit 1"]}
  cache:
    extends: {file: other.yml, service: base}
    healthcheck: *check
  inline:
    build: {dockerfile_inline: "FROM redis"}
    extends: cache
"""
ODD = [
    *("", "null", "[]", "{}", "5", "-1.5", "true", "text", "'${A:-b}'", "'${'", "'$$'", "[null]"),
    *("[[[]]]", "{a: {b: c}}", "[{a: [b]}]", "!reset null", "!override []", "!!binary x", "*base"),
    *("*check", "{<<: *base}", "[*base, *check]", "2001-01-01", "'\\0'", '"\\0"', "'../..'", "/x"),
]


def test_wrong_types_never_crash(tmp_path: Path) -> None:
    chance = random.Random(8)
    files = {"Dockerfile": "FROM redis AS last\n", "other.yml": WHOLE.replace("other.yml", "x.yml")}
    lines = WHOLE.split("\n")
    for _ in range(400):
        changed = lines.copy()
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(changed))
            key, colon, _ = changed[at].partition(":")
            if chance.random() < 0.7 and colon:
                changed[at] = f"{key}: {chance.choice(ODD)}"
            elif chance.random() < 0.5:
                del changed[at]
            else:
                changed.insert(at, chance.choice(lines))
        write(tmp_path, {**files, "compose.yaml": "\n".join(changed)})
        project = Project(str(tmp_path.resolve()), Config())
        result = engine.run(project, engine.Selection(only=["compose"]))

        assert result.crashes == [], "\n".join(changed)


HEAD = "services:\n"
HOSTILE = {
    "services": HEAD + "".join(f" a{i}: {{image: redis, ports: [1]}}\n" for i in range(3000)),
    "too many services": HEAD + "".join(f" a{i}: {{image: x}}\n" for i in range(100_000)),
    "extends": HEAD + "".join(f" a{i}: {{image: x, extends: a{i + 1}}}\n" for i in range(5000)),
    "dependents": (
        HEAD + " b: {image: redis}\n"
        "" + "".join(f" a{i}: {{image: x, depends_on: [b]}}\n" for i in range(5000))
    ),
    "documents": "services: {a: {extends: b}, b: {image: redis, ports: [1]}}\n---\n" * 3000,
    "merges": (
        "x0: &x0 {image: redis, ports: [1]}\n"
        + "".join(f"x{i}: &x{i} {{<<: [*x{i - 1}, *x{i - 1}], k{i}: 1}}\n" for i in range(1, 40))
        + HEAD
        + " a: *x39\n"
    ),
    "aliases": (
        "x0: &x0 [1]\n"
        + "".join(f"x{i}: &x{i} [*x{i - 1}, *x{i - 1}]\n" for i in range(1, 40))
        + HEAD
        + " a: {image: redis, ports: *x39}\n"
    ),
    "brackets": "[" * 50_000,
    "variables": HEAD + f' a: {{image: "{"${A:-" * 300_000}"}}\n',
    "values": HEAD + f' a: {{image: "{"$BIG" * 2400}"}}\n',
    "test": HEAD
    + f' a: {{image: redis, healthcheck: {{test: "{"curl x && " * 100_000} true"}}}}\n',
    "nested test": HEAD + f' a: {{image: redis, healthcheck: {{test: "{"( " * 1900} true"}}}}\n',
    "nested shells": (
        HEAD
        + " a:\n  image: redis\n  healthcheck:\n   test: |\n    "
        + "( " * 60
        + "sh -c '"
        + "if true; then " * 60
        + "curl x"
        + "; fi" * 60
        + "'"
        + " )" * 60
        + "\n"
    ),
    "port": HEAD + f' a: {{image: redis, ports: ["{"1" * 900_000}x"]}}\n',
    "name": HEAD + f" {'create-' * 100}: {{image: redis, ports: [1]}}\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_soon(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"compose.yaml": HOSTILE[name], ".env": f"BIG={'x' * 999}\n"})
    project = Project(str(tmp_path.resolve()), Config())
    start = time.process_time()
    result = engine.run(project, engine.Selection(only=["compose"]))

    assert result.crashes == []
    assert time.process_time() - start < HANGS


class Counting(Project):
    """Counts how often somebody asks for a file."""

    asked = 0

    def parsed(self, path: str, parse: Callable[[Source, Project], Document]) -> Document | None:
        self.asked += 1
        return super().parsed(path, parse)


def test_many_files_that_include_each_other_end_soon(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            f"d{i}/compose.yaml": (
                f"include: [../d{i + 1}/compose.yaml, ../d{i + 2}/compose.yaml]\n"
                f"services: {{a{i}: {{image: redis, ports: [1]}}}}\n"
            )
            for i in range(200)
        },
    )
    project = Counting(str(tmp_path.resolve()), Config())
    result = engine.run(project, engine.Selection(only=["compose"]))

    found = [one for one in result.findings if one.rule == "compose/missing-healthcheck"]
    assert result.crashes == [] and len(found) == 100
    assert project.asked < 200 * 150
