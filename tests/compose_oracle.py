"""`docker compose config` beside prodlint: whether each refuses a compose file.

The program is Debian's package docker-compose (from trixie on) or docker-compose-v2, or what PRODLINT_COMPOSE names.
"""

import json
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from prodlint.core import rule
from prodlint.core.config import schema_path
from prodlint.core.project import Project

_PLUGINS = ("/usr/libexec/docker", "/usr/lib/docker", "/usr/local/lib/docker")
# The rules that speak of what compose refuses; an error of another one is no answer to a refusal.
_REFUSALS = frozenset(
    f"compose/{name}"
    for name in (
        "dependency-cycle",
        "duplicate-container-name",
        "healthcheck-bad-timing",
        "healthcheck-malformed",
        "invalid-compose",
        "replicas-conflict",
        "syntax",
        "undefined-dependency",
        "undefined-resource",
    )
)
# Files that a fresh clone need not have; and what becomes of variables that nobody sets.
_ABSENT = re.compile(r"required variable|env file|no such file|not found: stat|oci|resolve|lookup")
_UNSET = re.compile(
    r'""|<empty>|empty section|does not match pattern|neither an image|undefined volume|not found|name must not be empty'
)


@cache
def program() -> str | None:
    """The path of compose, version 2 or newer; None without it."""
    names = [os.environ.get("PRODLINT_COMPOSE", ""), shutil.which("docker-compose") or ""]
    names += [f"{folder}/cli-plugins/docker-compose" for folder in _PLUGINS]
    for name in names:
        if name and os.access(name, os.X_OK):
            done = subprocess.run([name, "version"], capture_output=True, text=True, check=False)
            if re.search(r"version v?[2-9]", done.stdout):
                return name
    return None


def theirs(root: Path, path: str) -> str | None:
    """Why compose refuses a file, or None; all profiles are on, and of variables only those of `.env` are set."""
    command = [program() or "", "--profile", "*", "-f", Path(path).name, "config", "--quiet"]
    done = subprocess.run(
        command,
        cwd=(root / path).parent,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
    )
    lines = [line for line in done.stderr.splitlines() if not line.startswith("time=")]
    return (lines or ["no reason given"])[-1] if done.returncode else None


def commands(root: Path) -> dict[str, list[str]]:
    """The command of each service, as compose takes it apart."""
    done = subprocess.run(
        [program() or "", "config", "--format", "json"], cwd=root, capture_output=True, check=True
    )
    services = json.loads(done.stdout)["services"]
    return {name: service["command"] for name, service in services.items()}


def is_elsewhere(reason: str, text: str) -> bool:
    """Whether compose refuses what only its machine lacks: a file, or a variable that the text asks for."""
    return bool(_ABSENT.search(reason) or ("$" in text and _UNSET.search(reason)))


def is_newer(reason: str) -> bool:
    """Whether compose refuses a key that the shipped schema knows."""
    keys = re.findall(r"'([\w-]+)'", reason) if "additional properties" in reason else []
    schema = Path(schema_path("compose-spec.json")).read_text(encoding="utf-8")
    return bool(keys) and all(f'"{key}":' in schema for key in keys)


def ours(project: Project, path: str) -> tuple[list[str], list[str]]:
    """What the rules say of a file that compose may refuse, and what of that calls it invalid."""
    document = project.parsed(path, rule.hook("compose").parse)
    errors, invalid = [], []
    for name in sorted(_REFUSALS):
        for finding in rule.load(name).check(document):
            line = f"{finding.span.path}:{finding.span.line}: {finding.message} [{name}]"
            errors.append(line)
            if name == "compose/invalid-compose":
                invalid.append(line)
    return errors, invalid
