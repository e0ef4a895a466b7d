"""package.json: the scripts of a Node project, and which packages it needs for development only."""

import re

from prodlint.core.lazy import lazy
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.typed import Any, NamedTuple

RUNNERS = ("npm", "yarn", "pnpm", "bun")
# Options of the runners that take a value, which is no name of a script.
_VALUED = ("--prefix", "-C", "--dir", "--cwd", "--filter", "-F", "-w", "--workspace", "--loglevel")
_ESCAPES = lazy(r"\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.S)


class Package(NamedTuple):
    """`packages` are the names of all that it depends on, `development` those of `devDependencies`.

    `broken`: it cannot be read.
    """

    source: Source
    scripts: dict[str, str]
    packages: frozenset[str]
    development: frozenset[str]
    broken: bool

    def span(self, script: str) -> Span:
        """Where a script stands, with its quotes."""
        text = self.source.text
        begin = text.find('"scripts"')
        key = re.escape(script)
        found = lazy(rf'"{key}"\s*:\s*("(?:[^"\\\n]|\\.)*")').search(text, max(begin, 0))
        return Span(self.source, *found.span(1)) if found else self.source.span(0, 1)

    def at(self, script: str, start: int, end: int) -> Span:
        """Where the characters `start` to `end` of a script's text stand."""
        whole = self.span(script)
        places = [match.span() for match in _ESCAPES.finditer(whole.text[1:-1])]
        if not start < end <= len(places):
            return whole
        first = whole.start + 1
        return Span(self.source, first + places[start][0], first + places[end - 1][1])


def package(source: Source, project: Project) -> Package:
    """What a package.json says; nothing when it is broken."""
    import json

    try:
        data: Any = json.loads(source.text)
    except (ValueError, RecursionError):
        data = None
    parts = data if isinstance(data, dict) else {}
    scripts = _mapping(parts.get("scripts"))
    development = _mapping(parts.get("devDependencies"))
    return Package(
        source,
        {name: text for name, text in scripts.items() if isinstance(text, str)},
        frozenset([*_mapping(parts.get("dependencies")), *development]),
        frozenset(development),
        not isinstance(data, dict),
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


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
