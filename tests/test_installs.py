"""Installs of dependencies in Dockerfiles: what the rules about them cost on hostile files."""

import time

import pytest

from conftest import HANGS, Lint

RULES = ["dockerfile/copy-before-install", "dockerfile/missing-lockfile"]
STAGE = "FROM node:22 AS s{next}\nWORKDIR /app\nCOPY --from=s{index} . .\nCOPY . .\nRUN npm ci\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("COPY . .\n" * 10_000 + "RUN npm ci", id="10,000 copies"),
        pytest.param("COPY package.json .\nRUN npm ci\n" * 5_000, id="5,000 installs"),
        pytest.param("COPY . .\nRUN npm ci" + " && npm ci" * 8_000, id="installs in a line"),
        pytest.param("COPY " + "a.js " * 10_000 + "./\nRUN npm ci", id="10,000 sources"),
        pytest.param("WORKDIR " + "a/" * 30_000 + "\nCOPY . .\nRUN npm ci", id="a deep folder"),
        pytest.param("WORKDIR a\n" * 10_000 + "COPY . .\nRUN npm ci", id="10,000 folders"),
        pytest.param(
            "".join(f"FROM s{i} AS s{i + 1}\nRUN npm ci\n" for i in range(3_000)), id="a chain"
        ),
        pytest.param(
            "".join(STAGE.format(index=i, next=i + 1) for i in range(3_000)), id="3,000 stages"
        ),
    ],
)
def test_hostile_files_take_linear_time(lint: Lint, text: str) -> None:
    head = "FROM node:22 AS s0\nWORKDIR /app\n"
    files: dict[str, str | bytes] = {
        "Dockerfile": f'{head}{text}\nEXPOSE 80\nCMD ["node", "a.js"]\n',
        "package.json": '{"dependencies": {"a": "1", "b": "2", "c": "3"}}',
        **{f"{name}.js": "" for name in "abcde"},
    }
    begun = time.process_time()
    lint(files, select=RULES)

    assert time.process_time() - begun < HANGS
