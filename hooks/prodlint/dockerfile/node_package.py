"""package.json: the scripts of a Node project, and which packages it needs for development only."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from prodlint.core.lazy import lazy
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.dockerfile.context import repository_file, working_folder

if TYPE_CHECKING:
    from prodlint.core.shell import Command
    from prodlint.dockerfile.stage import Stage

RUNNERS = ("npm", "yarn", "pnpm", "bun")
# Options of the runners that take a value, which is no name of a script.
_VALUED = ("--prefix", "-C", "--dir", "--cwd", "--filter", "-F", "-w", "--workspace", "--loglevel")


class Package(NamedTuple):
    source: Source
    scripts: dict[str, str]
    development: frozenset[str]

    def span(self, script: str) -> Span:
        """Where a script stands."""
        text = self.source.text
        begin = text.find('"scripts"')
        found = lazy(rf'"{re.escape(script)}"\s*:\s*("[^"\n]*")').search(text, max(begin, 0))
        return Span(self.source, *found.span(1)) if found else self.source.span(0, 1)


def package_of(stage: "Stage") -> Package | None:
    """The package.json in the folder where the command of a stage's image starts; None when that cannot be told."""
    project = stage.document.project
    path = repository_file(stage, working_folder(stage).rstrip("/") + "/package.json")
    return project.parsed(path, _read) if path is not None else None


def _read(source: Source, project: Project) -> Package:
    import json

    try:
        data: Any = json.loads(source.text)
    except (ValueError, RecursionError):
        data = {}
    parts = data if isinstance(data, dict) else {}
    scripts, development = parts.get("scripts"), parts.get("devDependencies")
    scripts = scripts if isinstance(scripts, dict) else {}
    return Package(
        source,
        {name: text for name, text in scripts.items() if isinstance(text, str)},
        frozenset(development if isinstance(development, dict) else ()),
    )


def script_name(words: list[str]) -> str | None:
    """The script that `npm run x`, `yarn x` and the like start; None when it is no script, or that of another folder."""
    runner, *rest = words
    if runner not in RUNNERS or any(
        word in _VALUED or word.startswith(("--prefix=", "--filter=")) for word in rest
    ):
        return None
    given = [word for word in rest if not word.startswith("-")]
    if given[:1] in (["run"], ["run-script"]):
        return given[1] if len(given) > 1 else None
    if given[:1] == ["start"]:
        return "start"
    return given[0] if given and runner in ("yarn", "pnpm") else None


def commands(text: str) -> Iterator["Command"]:
    """The commands of a shell text; none when it cannot be read."""
    from prodlint.core.shell import ShellError, parse, walk

    try:
        yield from walk(parse(text), substitutions=False)
    except ShellError:
        return
