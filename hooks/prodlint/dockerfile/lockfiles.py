"""Installs that take their versions from a lock file, where that file is not there when they run."""

import posixpath
from collections.abc import Iterator
from itertools import islice

from prodlint.core.source import Span
from prodlint.dockerfile.contents import MAX_CHAIN, MAX_STAGES, Lack, Wanted, folder_of, lacking
from prodlint.dockerfile.context import repository_file
from prodlint.dockerfile.downloads import contributing
from prodlint.dockerfile.ignores import certain
from prodlint.dockerfile.packages import MANAGERS, place, scripts
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prodlint.core.shell import Command
    from prodlint.dockerfile.instruction import Instruction
    from prodlint.dockerfile.model import Dockerfile
    from prodlint.dockerfile.stage import Stage


class Tool(NamedTuple):
    """`verbs` insist on a lock file with one of `flags` or of `variables`, and always where there are none of both.

    `locks` are the names that it reads, `writes` is what makes one. `elsewhere` are options that name another folder.
    """

    verbs: str
    flags: str
    variables: str
    locks: str
    manifest: str
    writes: str
    elsewhere: str


_NODE_ELSEWHERE = "--prefix -C --dir --cwd --filter -F -w --workspace -g --global --lockfile-dir"
# Each refuses to install without its lock file, as its documentation says; but yarn 1 (yarnpkg/yarn#6857) installs what is newest.
_TOOLS = {
    "npm": Tool(
        "ci clean-install install-clean ic isntall-clean",
        "",
        "",
        "package-lock.json npm-shrinkwrap.json",
        "package.json",
        "npm install --package-lock-only",
        _NODE_ELSEWHERE,
    ),
    "yarn": Tool(
        "install -",
        "--frozen-lockfile --immutable",
        "",
        "yarn.lock",
        "package.json",
        "yarn install",
        _NODE_ELSEWHERE,
    ),
    "pnpm": Tool(
        "install i",
        "--frozen-lockfile",
        "",
        "pnpm-lock.yaml",
        "package.json",
        "pnpm install --lockfile-only",
        _NODE_ELSEWHERE,
    ),
    # It takes over the lock file of another package manager.
    "bun": Tool(
        "install i",
        "--frozen-lockfile",
        "",
        "bun.lock bun.lockb package-lock.json yarn.lock pnpm-lock.yaml",
        "package.json",
        "bun install --lockfile-only",
        _NODE_ELSEWHERE,
    ),
    "uv": Tool(
        "sync export",
        "--frozen --locked",
        "UV_FROZEN UV_LOCKED",
        "uv.lock",
        "pyproject.toml",
        "uv lock",
        "--project --directory --script",
    ),
    "bundle": Tool(
        "install -",
        "--deployment --frozen",
        "BUNDLE_DEPLOYMENT BUNDLE_FROZEN",
        "Gemfile.lock gems.locked",
        "Gemfile",
        "bundle lock",
        "--gemfile",
    ),
    "pipenv": Tool("sync", "", "", "Pipfile.lock", "Pipfile", "pipenv lock", "--pipfile"),
    "cargo": Tool(
        "build b check c fetch run r test t rustc",
        "--locked --frozen",
        "",
        "Cargo.lock",
        "Cargo.toml",
        "cargo generate-lockfile",
        "--manifest-path -C",
    ),
}
# They make no lock file, whatever they are told.
_PLAIN = frozenset(
    f"""
{MANAGERS} : [ addgroup adduser apt-key cd chmod chown command corepack curl date dpkg echo env exit export false find gem getent
gpg groupadd groupmod id ldconfig ln locale-gen ls mkdir pip pip3 printf pwd rm rustup sed set sleep source test true type
update-ca-certificates uname unset useradd usermod wget which
""".split()
)
_MAX_RUNS = 50
_SETTINGS = ("-g", "--global", "global", "config", "cache", "set", "--version", "-v")


class Unlocked(NamedTuple):
    """An install that does not find the first of its `tool.locks`; `lack` is the COPY that should have brought it, if any."""

    span: Span
    text: str
    folder: str
    tool: Tool
    lack: Lack | None

    @property
    def lock(self) -> str:
        return self.tool.locks.split()[0]

    @property
    def why(self) -> str:
        if self.lack is None:
            return f"nothing copies to {self.folder}"
        ignoring = self.lack.ignoring
        return f"{ignoring.path} leaves out" if ignoring else "is not in the repository"

    @property
    def advice(self) -> str:
        if self.lack is None:
            return f"copy it before the install:\nCOPY {self.tool.manifest} {self.lock} ./"
        if self.lack.ignoring:
            return f"take this line out of {self.lack.ignoring.path}:\n{self.lack.ignoring.text}"
        return f"write it with {self.tool.writes}, and commit {self.lack.path}"

    @property
    def fails(self) -> bool:
        """Whether the install stops there; yarn 1 goes on, and nobody can tell which one it is."""
        return not self.text.startswith("yarn") or "immutable" in self.span.text


def unlocked(document: "Dockerfile") -> Iterator[Unlocked]:
    """Those in the stages that the shipped images are made of, one of each package manager in a stage."""
    if not all(certain(document, context) for context in document.contexts):
        return
    for stage in contributing(document)[:MAX_STAGES]:
        if not stage.windows and len(stage.chain) <= MAX_CHAIN:
            yield from _of_stage(stage)


class _Install(NamedTuple):
    """`start` is where its script begins, as in `packages.scripts`."""

    command: "Command"
    start: int | None
    name: str
    folder: str


def _of_stage(stage: "Stage") -> Iterator[Unlocked]:
    runs = (one for one in stage.instructions if one.keyword == "RUN" and _mentions(one))
    seen = set()
    for one in islice(runs, _MAX_RUNS):
        for install in _installs(stage, one) if not _binds(one) else ():
            if install.name not in seen:
                seen.add(install.name)
                yield from _without(stage, one, install)


def _without(stage: "Stage", one: "Instruction", install: _Install) -> Iterator[Unlocked]:
    tool, project = _TOOLS[install.name], stage.document.project
    wanted = Wanted(install.folder, tool.locks.split(), tool.manifest)
    lacks = lacking(stage, one, wanted, lambda run: _keeps(run, wanted.names))
    if lacks is None:
        return
    contexts = stage.document.contexts
    arrives = repository_file(stage, posixpath.join(install.folder, tool.manifest))
    beside = any(project.has(context.path(tool.manifest) or "") for context in contexts)
    if lacks or arrives or beside:
        words = install.command.words
        text = " ".join([install.name, *(word.text for word in words[1:2])])
        span = place(one, words[0].start, words[-1].end, install.start)
        yield Unlocked(span, text, install.folder, tool, lacks[0] if lacks else None)


def _binds(one: "Instruction") -> bool:
    """Whether it sees files that are nowhere in the image."""
    mounts = [flag.value.split(",") for flag in one.flags if flag.name == "mount"]
    return any(
        "type=bind" in mount or not any(part.startswith("type=") for part in mount)
        for mount in mounts
    )


def _mentions(one: "Instruction") -> bool:
    return any(name in script for script, _ in scripts(one) for name in _TOOLS)


def _keeps(one: "Instruction", names: "Sequence[str]") -> bool:
    """Whether a RUN makes none of these files."""
    from prodlint.core.shell import ShellError, parse, walk

    if one.json is not None:
        return bool(one.json) and posixpath.basename(one.json[0]) in _PLAIN
    try:
        return not any(name in script for script, _ in scripts(one) for name in names) and all(
            _harmless(command) for script, _ in scripts(one) for command in walk(parse(script))
        )
    except ShellError:
        return False


def _harmless(command: "Command") -> bool:
    given = [word.value or "" for word in command.words]
    name = posixpath.basename(given[0]) if given else ":"
    if name in _TOOLS or name in ("npx", "gem"):
        return any(word in _SETTINGS for word in given)
    if name.startswith("python"):
        return given[1:3] == ["-m", "pip"]
    return name in _PLAIN


def _installs(stage: "Stage", one: "Instruction") -> Iterator[_Install]:
    """The install that a RUN makes, if it comes to it whatever happens, and nothing before it could make the lock file."""
    from prodlint.core.shell import Command, ShellError, parse

    for script, start in scripts(one):
        folder = folder_of(stage, one)
        try:
            items = parse(script).items
        except ShellError:
            return
        for item in items:
            certain_to_run = all(pipeline.connector != "||" for pipeline in item.pipelines)
            for command in (node for pipeline in item.pipelines for node in pipeline.commands):
                if not isinstance(command, Command):
                    return
                name = posixpath.basename(command.name or "")
                if certain_to_run and folder[0] == "/" and _insists(stage, command, name):
                    yield _Install(command, start, name, folder)
                if name in ("[", "test") or not _harmless(command):
                    return
                if name == "cd":
                    folder = posixpath.normpath(posixpath.join(folder, command.args[0] or "?"))


def _insists(stage: "Stage", command: "Command", name: str) -> bool:
    """Whether it is an install that needs a lock file in its working folder."""
    tool = _TOOLS.get(name)
    given = [word.value for word in command.words[1:]]
    if tool is None or None in given:
        return False
    flags = {(word or "").partition("=")[0] for word in given}
    words = [word for word in given if word and not word.startswith(("-", "+"))]
    verb = words[0] if words else "-"
    if verb not in tool.verbs.split() or not flags.isdisjoint(tool.elsewhere.split()):
        return False
    if not tool.flags:
        return not words[1:]
    switched_off = any((word or "").endswith(("=false", "=0")) for word in given)
    if not flags.isdisjoint(tool.flags.split()):
        return not switched_off
    return any(
        pair.name in tool.variables.split() and (pair.value or "").strip("\"'") in ("1", "true")
        for one in stage.reversed("ENV")
        for pair in one.pairs
    )
