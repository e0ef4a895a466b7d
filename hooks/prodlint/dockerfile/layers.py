"""Installs of dependencies that follow the whole source, so that no change of it leaves them in the build cache."""

import posixpath
import re
from collections.abc import Iterator
from itertools import pairwise

from prodlint.core.package_json import Package, package
from prodlint.core.source import Span
from prodlint.dockerfile.contents import MAX_CHAIN, MAX_STAGES, folder_of
from prodlint.dockerfile.context import Copied, copied
from prodlint.dockerfile.downloads import contributing
from prodlint.dockerfile.ignores import certain
from prodlint.dockerfile.packages import commands, place
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.project import Project
    from prodlint.core.shell import Command
    from prodlint.core.source import Source
    from prodlint.dockerfile.instruction import Instruction
    from prodlint.dockerfile.model import Dockerfile
    from prodlint.dockerfile.stage import Stage

# Fewer are installed faster than the cache is worth.
_FEW = 3
_SMALL = 6
_NODE_FILES = """
package.json package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb .npmrc .yarnrc .yarnrc.yml
"""


class Reader(NamedTuple):
    """What an install reads: `files`, the manifest first. One with an argument that is not a flag is another command.

    `verbs` are its own (`-` stands for none), `local` is what a manifest says that needs the source too.
    """

    verbs: str
    files: str
    local: str
    entries: str


_NODE = Reader(
    "install i ci clean-install -",
    _NODE_FILES,
    r'"(?:workspaces|patchedDependencies)"\s*:|"(?:file|link|portal|workspace|patch):',
    "",
)
_READERS = {
    "npm": _NODE._replace(verbs="install i ci clean-install"),
    "yarn": _NODE._replace(verbs="install -"),
    "pnpm": _NODE._replace(verbs="install i"),
    "bun": _NODE._replace(verbs="install i"),
    "pip": Reader(
        "install",
        "",
        r"(?m)^\s*(?:-e|--editable|\.|file:|-r\s*\.\./)",
        r"(?m)^\s*[A-Za-z][\w.-]*\s*(?:\[|[=<>~!;]|$)",
    ),
    "pipenv": Reader(
        "install sync", "Pipfile Pipfile.lock", r"path\s*=", r"(?m)^[\w.\"-]+\s*=\s*[\"{]"
    ),
    "poetry": Reader(
        "install",
        "pyproject.toml poetry.lock",
        r"path\s*=",
        r"(?m)^[\w.-]+\s*=\s*[\"{][\^~*>\dv]|^\s+\"",
    ),
    "uv": Reader(
        "sync", "pyproject.toml uv.lock", r"path\s*=|workspace", r"(?m)^\s+\"[A-Za-z][\w.\[\]-]*"
    ),
    "bundle": Reader("install -", "Gemfile Gemfile.lock", r"\bgemspec\b|path:", r"(?m)^\s*gem\b"),
    "composer": Reader(
        "install",
        "composer.json composer.lock",
        r'"scripts"|"path"|"classmap"',
        r'"[\w-]+/[\w-]+"\s*:',
    ),
}
_NAMES = {"pip3": "pip"}
_WORKSPACE = ("pnpm-workspace.yaml", "lerna.json", "patches", ".yarn")
# What follows these commands belongs to an option.
_NO_OPERANDS = ("poetry", "uv", "bundle", "composer")
_ELSEWHERE = "-g --global --prefix -C --dir --cwd --filter -F -w --workspace --project --directory --script --gemfile"
# Scripts that an install of Node's package managers runs.
_HOOKS = ("preinstall", "install", "postinstall", "prepare", "preprepare", "postprepare")


class Late(NamedTuple):
    """A COPY of the whole source, the install that follows it, and the files that are enough for that install."""

    copy: Copied
    install: Span
    text: str
    files: list[str]

    @property
    def instead(self) -> list[str]:
        """The instructions that leave the install in the cache."""
        lines = []
        for folder in dict.fromkeys(map(posixpath.dirname, self.files)):
            files = [name for name in self.files if posixpath.dirname(name) == folder]
            names = " ".join(
                posixpath.normpath(posixpath.join(self.copy.source, name)) for name in files
            )
            lines.append(f"COPY {names} ./{folder}{'/' if folder else ''}")
        return [*lines, f"RUN {self.install.text}", self.copy.instruction.span.text]


def late(document: "Dockerfile") -> Iterator[Late]:
    """The first of each stage that the shipped images are made of."""
    if not document.running or not all(certain(document, one) for one in document.contexts):
        return
    for stage in contributing(document)[:MAX_STAGES]:
        if not stage.windows and len(stage.chain) <= MAX_CHAIN:
            yield from _of_stage(stage)


def _of_stage(stage: "Stage") -> Iterator[Late]:
    at, found = next(
        (
            (at, found)
            for at, one in enumerate(stage.instructions)
            if one.keyword == "RUN" and (found := _install(one))
        ),
        (0, None),
    )
    if found is None or _installs_above(stage, found.command):
        return
    run, above = stage.instructions[at], set(stage.instructions[:at])
    folder = folder_of(stage, run).lstrip("?") or "/"
    for copy in copied(stage):
        reaches = copy.instruction in above and copy.target.rstrip("/") == folder.rstrip("/")
        if reaches and _is_whole(stage, copy):
            files = _enough(stage, copy, found)
            if files:
                words = found.command.words
                span = place(run, words[0].start, words[-1].end, found.start)
                yield Late(copy, span, " ".join(word.text for word in words[:2]), files)
            return


def _installs_above(stage: "Stage", command: "Command") -> bool:
    """Whether a stage that this one builds on seems to have installed most of it."""
    above = (one for each in stage.chain[1:] for one in each.instructions)
    return any(one.keyword == "RUN" and (command.name or "") in one.value for one in above)


def _is_whole(stage: "Stage", copy: Copied) -> bool:
    """Whether it copies a folder of the context that holds more than what an install reads."""
    if copy.origin is not None or copy.instruction.flag("exclude") is not None:
        return False
    document = stage.document
    for context in document.contexts:
        folder = context.path(copy.source)
        if folder is None or document.project.has(folder):
            return False
        if len(document.project.below(folder)) < _SMALL:
            return False
    return True


class _Install(NamedTuple):
    """`start` is where its script begins, as in `packages.scripts`."""

    command: "Command"
    start: int | None
    reader: Reader


def _install(one: "Instruction") -> _Install | None:
    """The first install of a RUN; None also where a cache mount makes it cheap, or another folder is its own."""
    if any(flag.name == "mount" for flag in one.flags):
        return None
    for command, start in commands(one):
        name = posixpath.basename(command.name or "")
        if name == "cd":
            return None
        reader = _READERS.get(_NAMES.get(name, name))
        if reader is not None and _reads_manifest(command, name, reader):
            return _Install(command, start, reader)
    return None


def _reads_manifest(command: "Command", name: str, reader: Reader) -> bool:
    """Whether it installs what a manifest in its folder names, and nothing else."""
    given = [word.value or "" for word in command.words[1:]]
    words = [word for word in given if not word.startswith("-")]
    if any(word.value is None for word in command.words):
        return False
    if _NAMES.get(name, name) == "pip":
        local = any(word == "-e" or word.startswith((".", "--editable")) for word in given)
        return words[:1] == ["install"] and bool(_requirements(command)) and not local
    verb = words.pop(0) if words else "-"
    elsewhere = any(word.partition("=")[0] in _ELSEWHERE.split() for word in given)
    if verb not in reader.verbs.split() or elsewhere:
        return False
    return name in _NO_OPERANDS or all(word.isdecimal() or "://" in word for word in words)


def _requirements(command: "Command") -> list[str]:
    """The files that `pip install -r` names."""
    given = [word.value or "" for word in command.words]
    after = [
        following
        for word, following in pairwise(given)
        if word in ("-r", "--requirement") and not following.startswith(("/", "http"))
    ]
    joined = [word.partition("=")[2] for word in given if word.startswith("--requirement=")]
    return after + joined


def _enough(stage: "Stage", copy: Copied, install: _Install) -> list[str]:
    """The files of the copied folder that the install reads; empty when it needs more, or is not worth the cache."""
    project, reader = stage.document.project, install.reader
    folder = stage.document.contexts[0].path(copy.source) or ""
    names = reader.files.split() or _requirements(install.command)
    paths = {name: posixpath.normpath(posixpath.join(folder, name)) for name in names}
    present = [name for name in names if project.has(paths[name])]
    workspace = any(project.has(posixpath.join(folder, name)) for name in _WORKSPACE)
    if workspace or present[:1] != names[:1]:
        return []
    manifests = present[:1] if reader.files else present
    counts = [_count(project.source(paths[name]), project, install) for name in manifests]
    return present if None not in counts and sum(filter(None, counts)) >= _FEW else []


def _count(source: "Source | None", project: "Project", install: _Install) -> int | None:
    """How many packages a manifest names; None when its install needs the source too."""
    if source is None or re.search(install.reader.local, source.text):
        return None
    if source.path.endswith("package.json"):
        found = package(source, project)
        return None if _runs_scripts(found, install.command) else len(found.packages)
    if source.path.endswith("pyproject.toml") and _installs_project(source, install.command):
        return None
    return len(re.findall(install.reader.entries, source.text))


def _runs_scripts(found: Package, command: "Command") -> bool:
    """Whether an install runs scripts of the project, which may need any file of it."""
    ignored = any(word.value == "--ignore-scripts" for word in command.words)
    return not ignored and any(name in found.scripts for name in _HOOKS)


def _installs_project(source: "Source", command: "Command") -> bool:
    """Whether `uv sync` or `poetry install` installs the project itself too."""
    given = [word.value for word in command.words]
    if "poetry" in (given[0] or ""):
        return "--no-root" not in given and "package-mode = false" not in source.text
    return "[build-system]" in source.text and "--no-install-project" not in given
