"""Rules about what a compose file refers to end soon, whatever the files hold."""

import time
from pathlib import Path

import pytest

from conftest import HANGS, write
from prodlint.core import engine
from prodlint.core.config import Config
from prodlint.core.project import Project

HEAD = "services:\n"
RULES = ["duplicate-port", "duplicate-container-name", "replicas-conflict", "undefined-resource"]
RULES += ["unknown-build-argument", "unset-variable", "misspelt-restart"]
MANY = 2000
HOSTILE: dict[str, dict[str, str]] = {
    "one port of many": {
        "compose.yaml": HEAD
        + "".join(
            f" a{i}: {{image: x, profiles: [p{i}], ports: ['1-60000:1-60000', '80:{i + 1}']}}\n"
            for i in range(MANY)
        )
    },
    "one name of many": {
        "compose.yaml": HEAD
        + "".join(
            f" a{i}: {{image: x, profiles: [p{i}], container_name: n}}\n" for i in range(MANY)
        )
    },
    "files that are not there": {
        "compose.yaml": HEAD
        + "".join(
            f" a{i}: {{env_file: [e{i}], build: b{i}, networks: [n{i}], volumes: ['v{i}:/v']}}\n"
            for i in range(MANY)
        )
        + "secrets:\n"
        + "".join(f" s{i}: {{file: f{i}}}\n" for i in range(MANY)),
        "README.md": "clone " * 50_000,
        ".gitignore": "".join(f"x{i}/*\n" for i in range(200)),
    },
    "compose files that are not there": {
        "compose.yaml": "include:\n"
        + "".join(f" - i{i}.yaml\n" for i in range(MANY))
        + HEAD
        + "".join(f" a{i}: {{extends: {{file: f{i}.yaml, service: x}}}}\n" for i in range(MANY))
    },
    "arguments": {
        "compose.yaml": HEAD
        + " a: {build: {context: ., args: {"
        + ", ".join(f"A{i}: x" for i in range(MANY))
        + "}}}\n",
        "Dockerfile": "FROM node:22\n" + "".join(f"ARG B{i}\n" for i in range(1000)),
    },
    "variables": {
        "compose.yaml": HEAD
        + f' a: {{image: x, command: "{"${A_SECRET" * 50_000}"}}\n'
        + f' b: {{image: x, command: "{"${A_SECRET:-" * 50_000}"}}\n'
        + "".join(f" c{i}: {{image: '${{S{i}_SECRET}}'}}\n" for i in range(MANY)),
        "up.sh": "A" + " " * 500_000 + "\nA" * 1000,
    },
    "lists": {
        "compose.yaml": HEAD + " a: {image: x}\n",
        "compose.prod.yaml": HEAD + " a: {image: x}\n",
        "a.sh": "docker compose" + " -f a.yaml" * 50_000,
        "b.sh": "docker compose" + (" -f compose.yaml" + " --a b" * 500) * 100,
        "c.sh": "docker compose -f x.yaml " + "--a " * 100_000 + "up -f y.yaml",
        "d.sh": "-f " + "a" * 400_000 + "\n" + "-f a" * 50_000,
        "e.sh": "COMPOSE_FILE=" + "a.yml:" * 50_000,
        "f.sh": '"dockerComposeFile": [' * 5_000,
    },
    "scalars for everything": {
        "compose.yaml": "services:\n a: x\n b: []\n c: {build: [], ports: {}, env_file: {}, restart: {}}\n"
        " d: {build: {args: x, target: []}, volumes: x, networks: x, secrets: [[]], scale: []}\n"
        " e: {deploy: {replicas: {}, restart_policy: x}, container_name: [], env_file: [[], {}]}\n"
        "networks: x\nvolumes: []\nsecrets: {a: x, b: {file: []}}\ninclude: {path: {}}\n"
    },
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_soon(name: str, tmp_path: Path) -> None:
    write(tmp_path, dict(HOSTILE[name]))
    project = Project(str(tmp_path.resolve()), Config())
    start = time.process_time()
    selection = engine.Selection(only=["compose"], select=[f"compose/{rule}" for rule in RULES])
    result = engine.run(project, selection)

    assert result.crashes == []
    assert time.process_time() - start < HANGS
