"""Whether a clean checkout of the repository lacks a file or a folder that compose is told to read."""

import os
import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress

from prodlint.core.glob import ignored
from prodlint.core.lazy import lazy
from prodlint.core.project import Project, join
from prodlint.core.scripts import SCRIPTS
from prodlint.core.source import Unreadable, read

_MAX_FILES = 2000
_GUIDES = r"^(.*/)?[^/]*\.(md|rst|adoc)$"
_MAKES = r"\b(?:clone|create|init|new|mkdir|checkout|generate)\b.*[\s/]$"
_MAX_MENTIONS = 100
_EXAMPLE = r"(?i)(^|[._-])(examples?|samples?|templates?|tmpl|tpl|dist|defaults?)([._-]|$)"


def absent(project: Project, folder: str, written: str) -> bool:
    """Whether a path is nowhere, seen from a folder or from one above, as `--project-directory` may have it.

    What git ignores, what lies in a submodule and what is on the disk at least is not absent; nor is anything outside.
    """
    for top in (folder, *_above(folder)):
        path = join(top, written)
        if path is None or not path or _present(project, path):
            return False
    return True


def _present(project: Project, path: str) -> bool:
    if project.has(path) or os.path.exists(os.path.join(project.root, path)):
        return True
    if any(project.has(above) for above in _above(path) if above):
        return True  # a submodule is listed as if it were a file
    return bool(project.below(path)) or _git_ignores(project, path)


def _git_ignores(project: Project, path: str) -> bool:
    for folder in _above(path):
        name = posixpath.join(folder, ".gitignore")
        source = project.source(name) if project.has(name) else None
        if source and ignored(path[len(folder) + 1 if folder else 0 :], source.text.splitlines()):
            return True
    return False


def _above(path: str) -> Iterator[str]:
    """The folders in which a path lies, the nearest first, and the root last."""
    while path:
        path = posixpath.dirname(path)
        yield path


def expected(project: Project, folder: str, written: str, *, whole: bool = False) -> bool:
    """Whether the repository says that everybody makes a file: it has an example, or a text of it names the file.

    `whole`: a file of that name in another folder is another file, and an example of something else is none of it.
    """
    first, *rest = re.split(r"(?<=.)(?=[._-])", posixpath.basename(written))
    beside = (posixpath.dirname(join(folder, written) or ""), folder, "")
    for path in project.files:
        here, other = posixpath.split(path)
        if here in beside and re.search(_EXAMPLE, other) and (not whole or first in other):
            return True
    # Scripts name it whole, or in part: `${SERVICE}-ccaas.env`.
    ends = ["".join(rest[at:]) for at in range(len(rest) - 1)]
    named = "|".join(
        [re.escape(first + "".join(rest)), *(rf"[*}}]{re.escape(end)}" for end in ends)]
    )
    if whole:
        at = re.escape(posixpath.dirname(written).lstrip("./"))
        named = rf"(?:{at}/|\$\w+/|(?<![\w.-]/))(?:{named})" if at else named
    # All of these end with it, and most texts are without.
    end = "".join(rest[-2:]) if len(rest) > 1 else first + "".join(rest)
    return any(end in text and re.search(named, text) for text in project.once(_guides))


def created(project: Project, folder: str) -> bool:
    """Whether a text of the repository says that a tool makes a folder, or brings it."""
    name = posixpath.basename(folder)
    for text in project.once(_guides):
        at = text.find(name)
        for _ in range(_MAX_MENTIONS):
            if at < 0:
                break
            before = text[max(text.rfind("\n", 0, at) + 1, at - 200) : at]
            if re.search(_MAKES, before):
                return True
            at = text.find(name, at + 1)
    return False


def _guides(project: Project) -> list[str]:
    """The documents and scripts of the repository; compose files are none."""
    texts = []
    for path in project.matching(lazy(f"{_GUIDES}|{SCRIPTS}"))[:_MAX_FILES]:
        if "compose" not in posixpath.basename(path):
            with suppress(Unreadable):
                texts.append(read(project.root, path).text)
    return texts
