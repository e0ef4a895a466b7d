"""Which loaders read an env file, as the repository shows: its dependencies, compose files, scripts and workflows."""

import posixpath
import re

from prodlint.core.package_json import package
from prodlint.core.project import Project, join
from prodlint.core.scripts import SCRIPTS
from prodlint.core.source import Span
from prodlint.env import names
from prodlint.env.loaders import BASH, COMPOSE, DOCKER_RUN, LOADERS, NODE_DOTENV, PYTHON_DOTENV
from prodlint.env.repository import env_names
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core import yaml

_MANIFESTS = re.compile(
    r"(^|/)(requirements[^/]*\.txt|requirements/[^/]+\.txt|pyproject\.toml|Pipfile|setup\.(py|cfg))$"
)
_PYTHON = r"(?im)^[ \t]*[\"']?{0}\b(?![-_\w])|[\"']{0}\b(?![-_\w])"
_SETTINGS = re.compile(
    r"(?i)(^|/)([^/]*(settings?|config|conf|env)[^/]*|main|app|core)(/[^/]+)?\.py$"
)
_MOST_SETTINGS = 300
_ENV_FILE = re.compile(
    r"\benv_file\b[\"']?\s{0,9}[=:]\s{0,9}(?P<files>\([^()\n]{0,200}\)|[^,\n]{1,200})"
)
_PACKAGES = re.compile(r"(^|/)package\.json$")
_NODE = ("dotenv", "dotenv-cli", "dotenv-safe", "@nestjs/config")
# These replace references too, each in its own way, or read quotes differently: their readings are not known.
_EXPANDING = (
    *(
        "dotenv-expand",
        "dotenv-flow",
        "dotenvx",
        "@dotenvx/dotenvx",
        "next",
        "vite",
        "nuxt",
        "astro",
        "@next/env",
    ),
    *("react-scripts", "@vue/cli-service", "dotenv-webpack", "bun-types", "expo"),
)
_COMPOSE = re.compile(r"^(?!\.github/)(.*/)?(docker-)?compose([._-][^/]*)?\.ya?ml$")
_SCRIPTS = re.compile(SCRIPTS)
_READMES = re.compile(r"(^|/)(README|INSTALL|DOCKER|DEPLOY\w*)[^/]*\.md$", re.IGNORECASE)
_DOCKER_RUN = re.compile(
    r"\b(?:docker|podman)[ \t]+(?:container[ \t]+)?(?:run|create)\b(?:[^\n;|&]|\\\r?\n)*?[ \t]--env-file[= \t][ \t]*(?P<file>[^\s;|&)]+)"
)
_SOURCED = re.compile(
    r"(?:^|[;&|({]|\bthen|\bdo|run:)[ \t]*(?:source|\.)[ \t]+(?P<file>[^\s;|&)]*env[^\s;|&)]*)",
    re.MULTILINE,
)
_COMPOSE_RUN = re.compile(
    r"\bdocker[ \t-]compose\b(?:[^\n;|&]|\\\r?\n)*?[ \t]--env-file[= \t][ \t]*(?P<file>[^\s;|&)]+)"
)
# Node reads as its package dotenv does, but for backslashes; dotenv-cli replaces references.
_NODE_RUN = re.compile(
    r"\b(?:(?:node|tsx|nodemon|ts-node)\b[^\n;|&]{0,200}?[ \t]--env-file(?:-if-exists)?[= \t]|dotenv\b[^\n;|&]{0,200}?[ \t]-e[ \t])"
    r"[ \t]*(?P<file>[^\s;|&)\"]+)"
)
_COMMANDS = {
    DOCKER_RUN: _DOCKER_RUN,
    BASH: _SOURCED,
    COMPOSE: _COMPOSE_RUN,
    NODE_DOTENV: _NODE_RUN,
}
_NAMED = re.compile(r"(^|/)(\.env[^/]*|[^/]+\.env)$")
_REFERENCE = re.compile(r"\$\{?[A-Za-z_]")


class Use(NamedTuple):
    """A loader and where it is asked for. `path`: the one file that it reads; None: any `.env` file below `folder`."""

    loader: str
    place: Span
    folder: str = ""
    path: str | None = None


class Loaders(NamedTuple):
    """The loaders of one file, each with where it is asked for; `expanding`: something replaces references in a way of its own."""

    uses: dict[str, Span]
    expanding: bool


def loaders(path: str, project: Project) -> Loaders:
    """The loaders that read a file, as its schema says; else those that the repository shows, of an example those of the
    file that it is copied to.
    """
    if listed := _listed(path, project):
        return Loaders(listed, False)
    copied = _copied_to(path)
    folder, _, name = copied.rpartition("/")
    uses: dict[str, Span] = {}
    expanding = False
    for use in project.once(_uses):
        if use.path is None:
            below = not use.folder or f"{folder}/".startswith(f"{use.folder}/")
            applies = below and name.startswith(".env")
        else:
            applies = use.path in (copied, path)
        if applies and not use.loader:
            expanding = True
        elif applies:
            uses.setdefault(use.loader, use.place)
    return Loaders(uses, expanding)


def _listed(path: str, project: Project) -> dict[str, Span]:
    """What the schema of a file lists, each with where it does."""
    from prodlint.env.model import EnvFile

    env = project.parsed(path, EnvFile)
    schema = env.schema if env else None
    if schema is None:
        return {}
    words = {module.replace("_", "-"): loader for loader, module in LOADERS.items()}
    return {
        words[word]: schema.place("loaders", index) for index, word in enumerate(schema.loaders)
    }


def _copied_to(path: str) -> str:
    """`.env.production` for `.env.production.example`, `.env` for `env.dist`."""
    folder, slash, name = path.rpartition("/")
    if not names.is_example(path):
        return path
    parts = [part for part in re.split(r"[._-]", name) if part and not names.is_example(part)]
    parts = [part for part in parts if part != "env"]
    first = name.startswith((".env", "env"))
    joined = ".".join([".env", *parts]) if first else ".".join([*parts, "env"])
    return folder + slash + joined


def _uses(project: Project) -> list[Use]:
    found: list[Use] = []
    for path in project.files:
        if _MANIFESTS.search(path):
            found += _python(path, project)
        elif _PACKAGES.search(path):
            found += _node(path, project)
        if _COMPOSE.search(path):
            found += _compose(path, project)
        if _SCRIPTS.search(path) or _READMES.search(path) or path.endswith(".envrc"):
            found += _script(path, project)
    return found


def _folder(path: str, project: Project) -> str:
    """The folder whose env files the code beside a manifest reads: where it has none of its own, the nearest above that has."""
    folder = posixpath.dirname(path).removesuffix("requirements").rstrip("/")
    having = project.once(env_names).folders
    if any(f"{other}/".startswith(f"{folder}/") for other in having):
        return folder
    while folder and folder not in having:
        folder = posixpath.dirname(folder)
    return folder


def _python(path: str, project: Project) -> list[Use]:
    source = project.source(path)
    if source is None:
        return []
    found = re.search(_PYTHON.format("python[-_]dotenv"), source.text)
    if found:
        place = source.line_span(source.line_of(found.end() - 1))
        return [Use(PYTHON_DOTENV, place, _folder(path, project))]
    if not re.search(_PYTHON.format("pydantic[-_]settings"), source.text):
        return []
    return [
        Use(PYTHON_DOTENV, place, path=target)
        for name, place in project.once(_given_to_settings).items()
        for folder in _run_in(path, project)
        if (target := join(folder, name))
    ]


def _given_to_settings(project: Project) -> dict[str, Span]:
    """The env files that settings of pydantic name: without any, they read none."""
    found: dict[str, Span] = {}
    for path in project.matching(_SETTINGS)[:_MOST_SETTINGS]:
        source = project.source(path)
        if source is None or "ettings" not in source.text:
            continue
        for given in _ENV_FILE.finditer(source.text):
            for name in re.findall(r"[\"']([^\"'\n]*env[^\"'\n]*)[\"']", given["files"]):
                found.setdefault(name, Span(source, *given.span("files")))
    return found


def _node(path: str, project: Project) -> list[Use]:
    source = project.source(path)
    if source is None or '"' not in source.text:
        return []
    read = project.parsed(path, package)
    uses, folder = [], _folder(path, project)
    for name in (*_NODE, *_EXPANDING):
        if read is not None and name in read.packages:
            at = max(source.text.find(f'"{name}"'), 0)
            loader = NODE_DOTENV if name in _NODE else ""
            uses.append(Use(loader, Span(source, at, at + len(name) + 2), folder))
    return uses


def _compose(path: str, project: Project) -> list[Use]:
    source = project.source(path)
    if source is None:
        return []
    folder, uses = posixpath.dirname(path), []
    if "env_file" in source.text:
        from prodlint.core import yaml

        for document in yaml.load(source).documents[:1]:
            for _, service in yaml.mapping(yaml.find(document, "services")).items():
                uses += _env_files(yaml.find(service, "env_file"), folder)
    if found := _REFERENCE.search(source.text):
        beside = join(folder, ".env")
        uses.append(Use(COMPOSE, Span(source, *found.span()), path=beside))
    return uses


def _env_files(node: "yaml.Node | None", folder: str) -> list[Use]:
    from prodlint.core import yaml

    if node is None:
        return []
    uses = []
    for item in yaml.sequence(node) or [node]:
        if yaml.find(item, "format") is not None:
            continue  # raw: read as docker run does
        named = yaml.find(item, "path") or item
        written = yaml.text(named)
        if written and "$" not in written and (path := join(folder, written)):
            uses.append(Use(COMPOSE, named.span, path=path))
    return uses


def _run_in(path: str, project: Project) -> set[str]:
    """The folders in which the commands of a file may run: its own, and the repository's where its own has no env files."""
    own = posixpath.dirname(path)
    return {own} if own in project.once(env_names).folders else {"", own}


def _script(path: str, project: Project) -> list[Use]:
    source = project.source(path)
    if source is None or "env" not in source.text:
        return []
    uses = []
    patterns = {DOCKER_RUN: _DOCKER_RUN} if path.endswith(".md") else _COMMANDS
    for loader, pattern in patterns.items():
        for found in pattern.finditer(source.text):
            written = re.sub(r"^(\$\w+|\$\{\w+\}|\$\([^)]*\))/", "", found["file"].strip("\"'`"))
            if "$" in written or not _NAMED.search(written):
                continue
            for folder in _run_in(path, project):
                if target := join(folder, written):
                    place = Span(source, *found.span("file"))
                    uses.append(Use(loader, place, path=target))
                    if loader == NODE_DOTENV:
                        uses.append(Use("", place, path=target))
    return uses
