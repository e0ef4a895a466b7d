"""Which compose files are loaded together, and in which order: by name, or as scripts and documents of the repository say."""

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress

from prodlint.compose.files import NAMES, File, is_taken_in, overridden, override
from prodlint.compose.purpose import for_development
from prodlint.core.lazy import lazy
from prodlint.core.names import PRODUCTION, words
from prodlint.core.project import Project, join
from prodlint.core.scripts import SCRIPTS
from prodlint.core.source import Unreadable, read

_MAX_FILES = 2000
_READ = rf"{SCRIPTS}|^(.*/)?(README[^/]*|\.env[^/]*|devcontainer\.json)$"
_NAME = r"[\w./${}()-]+\.ya?ml"
_FLAG = rf"(?<![\w-])(?:-f|--file)(?:[ \t]+|=|[\"'][ \t]*,[ \t]*)[\"']?({_NAME})[\"']?"
# What may stand between two of them: other options, and the end of a line that goes on.
_BETWEEN = (
    r"(?:[ \t\"',]|\\\r?\n|--?[\w-]+(?:=|[ \t]+)(?![-\s])[^\s\\]+(?=[ \t\\])|--?[\w-]+(?=[ \t]))*"
)
_VARIABLE = rf"COMPOSE_FILE[\"']?[ \t]*[:=][ \t]*[\"']?({_NAME}(?:[:;,]{_NAME})+)"
_DEVCONTAINER = r"\"dockerComposeFile\"\s*:\s*\[([^\]]{1,1000})\]"
_AT_TOP = r"^(?:\$\{?\w+\}?|\$\(\w+\)|\$\([^)]*\))/"


def loaded(project: Project, file: File) -> list[str]:
    """The files of the project in which a file is judged, the first first; none when another one's takes it in."""
    path = file.path
    if is_taken_in(project, file):
        return []
    if base := overridden(project, path):
        deployed = any(paths[0] == base for paths in project.once(_deployed))
        return [base, path] if deployed else []
    lists = project.once(_lists)
    if leads := [paths for paths in lists if paths[0] == path]:
        best = [paths for paths in leads if _for_production(paths)]
        if best or file.is_overlay:
            return max(best or leads, key=len)
    elif follows := [paths for paths in lists if path in paths]:
        merged = any(path in loaded_first for loaded_first in project.once(_deployed))
        return [] if merged else max(follows, key=len)
    if file.is_overlay:
        return []
    beside = override(project, path)
    return [path, beside] if beside else [path]


def _for_production(paths: list[str]) -> bool:
    """Whether a list is named for production, and no file of it for anything else."""
    names = [posixpath.basename(path) for path in paths[1:]]
    deployed = any(not PRODUCTION.isdisjoint(words(name)) for name in names)
    return deployed and not any(map(for_development, names))


def _deployed(project: Project) -> list[list[str]]:
    """For each first file the list with which it is judged, if one is for production."""
    chosen: dict[str, list[str]] = {}
    for paths in project.once(_lists):
        if _for_production(paths) and len(paths) > len(chosen.get(paths[0], ())):
            chosen[paths[0]] = paths
    return list(chosen.values())


def lists_of(project: Project, paths: list[str]) -> list[str]:
    """The scripts and documents that give compose several files."""
    return project.once(_written_lists).get(tuple(paths), []) if len(paths) > 1 else []


def _lists(project: Project) -> list[list[str]]:
    return [list(paths) for paths in project.once(_written_lists)]


def _written_lists(project: Project) -> dict[tuple[str, ...], list[str]]:
    """Every list of two files and more, all of them in the repository, that something gives compose, and what does."""
    if len(project.matching(NAMES)) < 2:
        return {}
    found: dict[tuple[str, ...], list[str]] = {}
    for path in project.matching(lazy(_READ))[:_MAX_FILES]:
        with suppress(Unreadable):
            for names in _written(read(project.root, path).text):
                paths = _found(project, path, names) if len(names) > 1 else None
                found.setdefault(tuple(paths or ()), []).append(path)
    found.pop((), None)
    return found


def _written(text: str) -> Iterator[list[str]]:
    if "yml" not in text and "yaml" not in text:
        return
    yield from _options(text)
    if "COMPOSE_FILE" in text:
        yield from (re.split("[:;,]", found) for found in re.findall(_VARIABLE, text))
    if "dockerComposeFile" in text:
        yield from (re.findall(r"\"([^\"]+)\"", found) for found in re.findall(_DEVCONTAINER, text))


def _options(text: str) -> Iterator[list[str]]:
    """`-f a.yml -f b.yml`"""
    names: list[str] = []
    end = 0
    between = re.compile(_BETWEEN)
    for flag in re.finditer(_FLAG, text):
        if not names or not between.fullmatch(text, end, flag.start()):
            yield names
            names = []
        names.append(flag[1])
        end = flag.end()
    yield names


def _found(project: Project, path: str, names: list[str]) -> list[str] | None:
    """The files that a script means, seen from its folder, one above, or the only other one that has all of them."""
    plain = [re.sub(_AT_TOP, "", name) for name in names]
    above = path
    while above:
        above = posixpath.dirname(above)
        if files := _files(project, above, plain):
            return files
    folders = {posixpath.dirname(one) for one in project.matching(NAMES)}
    found = [files for folder in folders if (files := _files(project, folder, plain))]
    return found[0] if len(found) == 1 else None


def _files(project: Project, folder: str, names: list[str]) -> list[str]:
    """The compose files of these names below a folder; none unless all of them are there."""
    paths = [join(folder, name) for name in names]
    files = [path for path in paths if path and project.has(path) and NAMES.search(path)]
    return files if len(set(files)) == len(names) else []
