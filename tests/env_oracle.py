"""The loaders of env files themselves, to hold our models against."""

import io
import json
import logging
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import compose_oracle
from prodlint.core import shell
from prodlint.env.loaders import BASH, COMPOSE, NODE_DOTENV, PYTHON_DOTENV, Reading, read

_NODE = """
const dotenv = require('dotenv');
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const parsed = texts.map(text => dotenv.parse(Buffer.from(text)));
process.stdout.write(JSON.stringify(parsed));
"""
_HARMLESS = {"export", "readonly", "declare", "typeset", ":", "true"}
_OWN = {"_", "PWD", "OLDPWD", "SHLVL", "PATH"}


class Answer(NamedTuple):
    """What a loader read; `refused`: it read nothing of the file."""

    values: dict[str, str | None]
    refused: bool = False


def missing(loader: str) -> str | None:
    """Why a loader cannot be asked here."""
    if loader == NODE_DOTENV and _run(["node", "-e", "require('dotenv')"]).returncode:
        return "node with the package dotenv (npm) is not installed, or NODE_PATH does not name its folder"
    if loader == COMPOSE and compose_oracle.program() is None:
        return "docker compose is not installed"
    if loader == BASH and shutil.which("bash") is None:
        return "bash is not installed"
    return None


def may_ask(loader: str, text: str) -> bool:
    """Whether a loader can be asked without running anything of the file."""
    return "\0" not in text and (loader != BASH or _is_harmless(text))


def _is_harmless(text: str) -> bool:
    if (
        re.search(r"\$\(|`|[<>]|\$\[|\bPATH=|\bBASH|\bENV=|\bLD_", text)
        or not read(BASH, text).complete
    ):
        return False
    items, _, _ = shell.readable(text)
    named = [command.name for item in items for command in shell.walk(item) if command.words]
    return all(
        name is not None and "/" not in name and name not in _builtins() - _HARMLESS
        for name in named
    )


@cache
def _builtins() -> frozenset[str]:
    return frozenset(_run(["bash", "-c", "compgen -b -k"]).stdout.split())


def agrees(reading: Reading, answer: Answer) -> bool:
    """Whether a model reads what the loader does, but for what hangs on the machine."""
    if answer.refused:
        return reading.refused is not None
    mine = {name: value for name, value in reading.values.items() if name not in reading.unsure}
    theirs = {name: value for name, value in answer.values.items() if name not in reading.unsure}
    return mine == theirs


def python_dotenv(texts: Sequence[str]) -> list[Answer]:
    from dotenv import main

    logging.getLogger("dotenv").setLevel(logging.ERROR)
    kept, os_environ = [], main.os.environ.copy()
    main.os.environ.clear()
    try:
        for text in texts:
            stream = io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8")
            kept.append(Answer(dict(main.dotenv_values(stream=stream))))
    finally:
        main.os.environ.update(os_environ)
    return kept


def node_dotenv(texts: Sequence[str]) -> list[Answer]:
    done = _run(["node", "-e", _NODE], json.dumps(list(texts)))
    return [Answer(values) for values in json.loads(done.stdout)]


def bash(texts: Sequence[str]) -> list[Answer]:
    return [_bash(text) for text in texts]


def _bash(text: str) -> Answer:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "file").write_bytes(text.encode())
        script = "PATH=/nonexistent; set -a; . ./file >/dev/null; PATH=/nonexistent /usr/bin/env -0"
        done = subprocess.run(
            ["bash", "--norc", "--noprofile", "-c", script],
            cwd=folder,
            env={},
            capture_output=True,
            check=False,
            timeout=20,
        )
    pairs = [
        entry.split("=", 1) for entry in done.stdout.decode(errors="replace").split("\0") if entry
    ]
    return Answer({name: value for name, value in pairs if name not in _OWN})


def compose(texts: Sequence[str]) -> list[Answer]:
    return [_compose(text) for text in texts]


def _compose(text: str) -> Answer:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "file").write_bytes(text.encode())
        Path(folder, "compose.yaml").write_text(
            "name: x\nservices:\n  one:\n    image: x\n    env_file: [file]\n"
        )
        done = subprocess.run(
            [compose_oracle.program() or "", "config", "--format", "json"],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=False,
            timeout=60,
        )
    if done.returncode:
        return Answer({}, refused=True)
    values = json.loads(done.stdout)["services"]["one"].get("environment") or {}
    return Answer(
        {name: value.replace("$$", "$") if value else value for name, value in values.items()}
    )


ORACLES: dict[str, Callable[[Sequence[str]], list[Answer]]] = {
    PYTHON_DOTENV: python_dotenv,
    NODE_DOTENV: node_dotenv,
    COMPOSE: compose,
    BASH: bash,
}


def _run(command: list[str], stdin: str = "") -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, check=False, env=os.environ
        )
    except FileNotFoundError:
        return subprocess.CompletedProcess(command, 127, "", "")
