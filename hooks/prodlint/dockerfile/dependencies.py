"""Installs of dependencies that bring those for development into an image, and what takes them out again."""

import posixpath
import re
from collections.abc import Iterator

from prodlint.core.names import words
from prodlint.core.project import Project
from prodlint.core.source import Span
from prodlint.dockerfile import programs
from prodlint.dockerfile.context import Copied, copied, repository_file, working_folder
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.node_package import package_of
from prodlint.dockerfile.packages import place, scripts
from prodlint.dockerfile.servers import development_server
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.shell import Command
    from prodlint.dockerfile.process import Shipped
    from prodlint.dockerfile.stage import Stage

_NODE = ("npm", "yarn", "pnpm", "bun")
_NODE_INSTALLS = ("ci", "install", "i", "clean-install", "install-clean", "ic")
# The folder that an install fills, the manifest that says whether there is something for development, and how it says so.
_FILLED = {
    "npm": "node_modules",
    "uv": ".venv",
    "poetry": ".venv",
    "composer": "vendor",
    "pip": "",
    "bundle": "",
}
_MANIFESTS = {
    "npm": ("package.json", r'"devDependencies"\s*:\s*\{\s*"'),
    "uv": (
        "pyproject.toml",
        r"(?m)^\[dependency-groups\]\s*\n(?:[^\[]*\n)?dev\s*=|^dev-dependencies\s*=",
    ),
    "poetry": (
        "pyproject.toml",
        r"(?m)^\[tool\.poetry\.(?:group\.dev\.dependencies|dev-dependencies)\]|^\[dependency-groups\]",
    ),
    "composer": ("composer.json", r'"require-dev"\s*:\s*\{\s*"'),
    "bundle": ("Gemfile", r"(?m)^[ \t]*group\b[^\n]*:development"),
}
_OPTIONAL = r"(?m)^\[tool\.poetry\.group\.dev\]\s*\noptional\s*=\s*true"
_WITHOUT = {
    "npm": (
        "--production",
        "--prod",
        "-P",
        "-p",
        "--omit=dev",
        "--only=prod",
        "--only=production",
        "--omit",
        "--only",
        "--no-dev",
        "-g",
    ),
    "uv": (
        "--no-dev",
        "--no-default-groups",
        "--only-group",
        "--no-group",
        "--no-install-project-only",
    ),
    "poetry": ("--only", "--without", "--no-dev", "--only-root"),
    "composer": ("--no-dev",),
    "bundle": ("--without",),
}
# What outranks NODE_ENV.
_WITH = frozenset(["--production=false", "--prod=false", "--include=dev"])
# Variables that leave development dependencies out; `?` stands for what only the build knows.
_VARIABLES = {
    "npm": (
        "NODE_ENV",
        "NPM_CONFIG_OMIT",
        "NPM_CONFIG_PRODUCTION",
        "NPM_CONFIG_ONLY",
        "YARN_PRODUCTION",
    ),
    "uv": ("UV_NO_DEV", "UV_NO_DEFAULT_GROUPS", "UV_NO_GROUP"),
    "poetry": ("POETRY_ONLY", "POETRY_WITHOUT", "POETRY_INSTALL_ARGS"),
    "composer": ("COMPOSER_NO_DEV",),
    "bundle": ("BUNDLE_WITHOUT", "BUNDLE_ONLY"),
}
_CONFIGURED = frozenset(["without", "only", "omit", "production"])
_SIGNS = ("install", "yarn", " ci", "npm", "sync", "prune", "rm ", "config")
_OFF = ("", "0", "false", "development", "dev", "test", "testing")
_DEVELOPMENT = {"dev", "devel", "development", "test", "tests", "testing", "lint"}
# Programs whose package has another name.
_BROUGHT_BY = {
    "nest": "@nestjs/cli",
    "tsc": "typescript",
    "ng": "@angular/cli",
    "sequelize": "sequelize-cli",
    "dotenv": "dotenv-cli",
    "vue-cli-service": "@vue/cli-service",
    "remix-serve": "@remix-run/serve",
    "strapi": "@strapi/strapi",
}


class Install(NamedTuple):
    """`text` as a person would call it, `kind` the package manager (npm for all of Node), `folder` where it ran.

    `named` is where a manifest names dependencies for development.
    """

    text: str
    kind: str
    span: Span
    folder: str
    stage: "Stage"
    named: Span | None = None


def shipped_installs(image: "Shipped") -> Iterator[Install]:
    """The installs whose development dependencies lie in an image that runs without them."""
    if (
        not image.stage.document.project.once(_manifests)
        and "pip" not in image.stage.document.source.text
    ):
        return
    found = [
        install._replace(named=named)
        for install in _installs(image.stage, {}).values()
        if (named := _named(install)) or install.kind == "pip"
    ]
    if not found or development_server(image) is not None:
        return
    for install in found:
        if install.kind != "npm" or not _needed(image, install):
            yield install


def _installs(
    stage: "Stage", known: dict[int, dict[str, Install]], depth: int = 20
) -> dict[str, Install]:
    """The last install of each kind that brings development dependencies and that nothing undoes; `known` by stage."""
    if stage.index in known or not depth:
        return known.get(stage.index, {})
    state: dict[str, Install] = {}
    values: dict[str, str] = {}
    folder = "/"
    brought: dict[Instruction, list[Copied]] = {}
    for copy in copied(stage):
        brought.setdefault(copy.instruction, []).append(copy)
    for one_stage in reversed(stage.chain):
        for one in one_stage.instructions:
            if one.keyword in ("ENV", "ARG"):
                values.update(_values(one))
            elif one.keyword == "WORKDIR":
                folder = posixpath.join(folder, (stage.expanded(one) or one.arguments).strip("\"'"))
            elif one.keyword == "RUN":
                _run(stage, one, posixpath.normpath(folder), values, state)
            for copy in brought.get(one, ()):
                if copy.origin is not None:
                    inner = _installs(copy.origin, known, depth - 1)
                    state |= {
                        kind: found for kind, found in inner.items() if _brings(copy.source, found)
                    }
    known[stage.index] = state
    return state


def _values(one: Instruction) -> Iterator[tuple[str, str]]:
    for pair in one.pairs:
        yield pair.name.upper(), "?" if pair.value is None else pair.value.strip("\"'")


def _brings(source: str, install: Install) -> bool:
    """Whether a copy from the stage of an install takes along what it installed."""
    filled = _FILLED[install.kind]
    source = posixpath.normpath("/" + source.lstrip("/")).rstrip("/")
    return bool(filled) and f"{posixpath.join(install.folder, filled)}/".startswith(source + "/")


def _run(
    stage: "Stage", one: Instruction, folder: str, values: dict[str, str], state: dict[str, Install]
) -> None:
    if not any(word in script for script, _ in scripts(one) for word in _SIGNS):
        return
    for command, start in _unconditional(one):
        given = [word.text for word in command.words]
        name, rest = posixpath.basename(given[0]), given[1:]
        if name in ("python", "python3") and rest[:2] == ["-m", "pip"]:
            name, rest = "pip", rest[2:]
        if name == "cd" and rest:
            folder = posixpath.normpath(posixpath.join(folder, rest[0]))
            continue
        if name == "rm" and any(word.rstrip("/").endswith("node_modules") for word in rest):
            state.pop("npm", None)
            continue
        if "config" in rest[:1] and not _CONFIGURED.isdisjoint(rest):
            values.update({"BUNDLE_WITHOUT": "?"} if name == "bundle" else {"NPM_CONFIG_OMIT": "?"})
            continue
        kind = "npm" if name in _NODE else "pip" if name in ("pip", "pip3", "pipenv") else name
        here = dict(values)
        here.update(word.text.partition("=")[::2] for word in command.assignments)
        answer = _brings_development(kind, name, rest, here)
        # What is only known when it runs may say --omit=dev.
        answer = False if answer and any(word.value is None for word in command.words) else answer
        if answer is False:
            state.pop(kind, None)
        elif answer:
            span = place(one, command.words[0].start, command.words[-1].end, start)
            state[kind] = Install(" ".join([name, *rest[:1]]), kind, span, folder, stage)


def _brings_development(
    kind: str, name: str, rest: list[str], values: dict[str, str]
) -> bool | None:
    """Whether an install brings development dependencies (or takes them out, or has none); None when it is no install."""
    plain = [word for word in rest if not word.startswith("-")]
    verb = plain[0] if plain else ""
    if kind == "pip":
        if name == "pipenv":
            return (
                True if verb in ("install", "sync") and ("--dev" in rest or "-d" in rest) else None
            )
        return True if verb == "install" and any(map(_is_development, rest)) else None
    if kind == "npm":
        if verb == "prune" or (verb in ("workspaces", "deploy") and name != "bun"):
            return False
        install = (verb in _NODE_INSTALLS and len(plain) == 1) or (
            name == "yarn" and not plain and "--version" not in rest
        )
        if not install or any(
            word.startswith(("--prefix", "-C", "--dir", "--cwd", "--filter", "-w", "--workspace"))
            for word in rest
        ):
            return None
    elif kind not in _WITHOUT or verb != ("sync" if kind == "uv" else "install"):
        return None
    if kind == "npm" and not _WITH.isdisjoint(rest):
        return True
    without = any(
        word.partition("=")[0] in _WITHOUT[kind] or word in _WITHOUT[kind] for word in rest
    )
    without = without or any(
        values.get(variable, "").lower() not in _OFF for variable in _VARIABLES[kind]
    )
    return False if without and "-g" not in rest else None if "-g" in rest else True


def _is_development(word: str) -> bool:
    """Whether an argument of pip names requirements or extras for development."""
    extras = re.search(r"^[.\w/-]*\[([\w,-]+)\]$", word)
    if extras:
        return word.startswith(".") and not _DEVELOPMENT.isdisjoint(extras[1].split(","))
    return word.endswith((".txt", ".in")) and not _DEVELOPMENT.isdisjoint(
        words(posixpath.basename(word))
    )


def _unconditional(one: Instruction) -> Iterator[tuple["Command", int | None]]:
    """The commands of a RUN that no condition and no loop guards."""
    from prodlint.core.shell import Command, ShellError, parse

    for script, start in scripts(one):
        try:
            items = parse(script).items
        except ShellError:
            continue
        for item in items:
            for pipeline in item.pipelines:
                first = pipeline.commands[0]
                if not isinstance(first, Command) or (
                    first.name in ("[", "test") and len(item.pipelines) > 1
                ):
                    break
                yield from (
                    (node, start)
                    for node in pipeline.commands
                    if isinstance(node, Command) and node.words
                )


def _manifests(project: Project) -> bool:
    """Whether the repository has a file that may name dependencies for development."""
    names = {name for name, _ in _MANIFESTS.values()}
    return any(posixpath.basename(path) in names for path in project.files)


def _named(install: Install) -> Span | None:
    """Where the manifest, where the repository has it, names dependencies for development."""
    if install.kind == "pip":
        return None
    name, pattern = _MANIFESTS[install.kind]
    path = repository_file(install.stage, posixpath.join(install.folder, name))
    source = install.stage.document.project.source(path) if path is not None else None
    if source is None or (install.kind == "uv" and "default-groups" in source.text):
        return None
    found = re.search(pattern, source.text)
    optional = re.search(_OPTIONAL, source.text)
    return source.span(*found.span()) if found and not optional else None


def _needed(image: "Shipped", install: Install) -> bool:
    """Whether the command of an image runs one of them, as `tsx`."""
    stage, project = image.stage, image.stage.document.project
    package = package_of(stage)
    path = repository_file(install.stage, posixpath.join(install.folder, "package.json"))
    source = project.source(path) if path is not None else None
    given = [word for text in (stage.entrypoint, stage.command) if text for word in _plain(text)]
    texts = list(given)
    for word in given:
        if package is not None and word in package.scripts:
            texts += programs.words(package.scripts[word])
        if word.endswith(".sh"):
            script = repository_file(
                stage, posixpath.normpath(posixpath.join(working_folder(stage), word))
            )
            held = project.source(script) if script is not None else None
            texts += programs.words(held.text) if held is not None else []
    if package is not None:
        texts += [
            word
            for text in texts[:200]
            if text in package.scripts
            for word in programs.words(package.scripts[text])
        ]
    names = {
        _BROUGHT_BY.get(name, name)
        for text in texts
        for name in (posixpath.basename(text), text.partition("/")[0])
    }
    development = package.development if package is not None else frozenset()
    if source is not None:
        below = source.text.partition('"devDependencies"')[2].partition("}")[0]
        development |= frozenset(re.findall(r'"([^"\n]+)"\s*:', below))
    return not names.isdisjoint(development)


def _plain(one: Instruction) -> list[str]:
    return [
        word
        for text in (one.json if one.json is not None else [one.arguments])
        for word in programs.words(text)
    ]
