"""The repository: which files it has, their text, and their documents, each read and parsed once."""

import os
import posixpath
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable

from prodlint.core.config import BASELINE, Config
from prodlint.core.glob import ignored
from prodlint.core.lazy import cached_property
from prodlint.core.source import MAX_BYTES, Source, Unreadable, read
from prodlint.typed import Any, TypeVar

Document = TypeVar("Document")
_NAMED = 5


class Project:
    """A repository below `root`, an absolute path without symbolic links.

    Paths are relative to it and use `/`. `named` are files and folders that the user asks for; `notes` collects what the
    user should know besides the findings, one line each.
    """

    def __init__(self, root: str, config: Config, named: Iterable[str] = ()) -> None:
        self.root = root
        self.config = config
        self.notes: list[str] = []
        # A runner names every file of a commit: there, the settings decide.
        chosen = (
            []
            if os.environ.get("PRE_COMMIT")
            else [path for path in named if config.excludes(path)]
        )
        self._chosen = tuple(chosen)
        self._named = [path for path in named if not os.path.isdir(os.path.join(root, path))]
        self._shown: dict[tuple[str, str], str] = {}
        self._unread: dict[str, list[str]] = {}
        self._matching: dict[re.Pattern[str], list[str]] = {}
        self._sources: dict[str, Source | None] = {}
        self._documents: dict[tuple[str, Callable[..., Any]], Any] = {}

    def shown(self, path: str) -> str:
        """The path as seen from the working directory, or the whole path where that is shorter."""
        key = (os.getcwd(), path)
        if key not in self._shown:
            self._shown[key] = self._seen_from(os.path.realpath(key[0]), path)
        return self._shown[key]

    def _seen_from(self, here: str, path: str) -> str:
        if here == self.root:
            return path
        full = os.path.join(self.root, path)
        return min(os.path.relpath(full, here), full, key=len).replace(os.sep, "/")

    @cached_property
    def files(self) -> list[str]:
        """Every file that git tracks, or could add; without git, every file that .gitignore leaves in."""
        listed = _git_files(self.root)
        if listed is None:
            if os.path.exists(os.path.join(self.root, ".git")):
                self.notes.append(
                    "git could not list the files: every file that .gitignore leaves in is read"
                )
            listed = list(_walk(self.root))
        return sorted({path for path in (*listed, *self._named) if not self.excludes(path)})

    @cached_property
    def owner(self) -> str:
        """Who owns the repository on GitHub, in lower case; empty where git's settings do not tell."""
        try:
            with open(os.path.join(self.root, ".git", "config"), encoding="utf-8") as file:
                found = re.search(r"url = \S*github\.com[:/]([\w.-]+)/", file.read(MAX_BYTES))
        except (OSError, ValueError):
            return ""
        return found[1].lower() if found else ""

    def excludes(self, path: str) -> bool:
        """Whether the settings leave a file out; one that they leave out is linted when it, or its folder, is named.

        The baseline is ours, and never linted.
        """
        return path == BASELINE or (
            self.config.excludes(path)
            and not any(path == name or path.startswith(f"{name}/") for name in self._chosen)
        )

    @cached_property
    def _file_set(self) -> frozenset[str]:
        return frozenset(self.files)

    def has(self, path: str) -> bool:
        return path in self._file_set

    def tracks(self, path: str) -> bool | None:
        """Whether git has a file in its index; None when git cannot tell."""
        listed = _git(["ls-files", "-z", "--cached", "--", f":(literal){path}"], self.root)
        return None if listed is None else path in listed

    def matching(self, pattern: re.Pattern[str]) -> list[str]:
        """The files whose paths it finds something in."""
        if pattern not in self._matching:
            self._matching[pattern] = [path for path in self.files if pattern.search(path)]
        return self._matching[pattern]

    def below(self, folder: str) -> list[str]:
        """The files in a folder and its folders; `""` is the root."""
        if not folder:
            return self.files
        first = bisect_left(self.files, f"{folder}/")
        return self.files[first : bisect_left(self.files, f"{folder}0", first)]  # "0" follows "/"

    def changed_since(self, commit: str) -> set[str] | None:
        """The files that differ from where the branch left `commit`, new ones included; None when git cannot tell."""
        names = ["diff", "-z", "--name-only", "--diff-filter=ACMRT", "--merge-base"]
        changed = _git([*names, "--end-of-options", commit, "--"], self.root)
        untracked = _git(["ls-files", "-z", "--others", "--exclude-standard"], self.root)
        return None if changed is None or untracked is None else {*changed, *untracked}

    def source(self, path: str) -> Source | None:
        """A file's text, or None (and a note) when it cannot be read."""
        if path not in self._sources:
            try:
                self._sources[path] = read(self.root, path)
            except Unreadable as why:
                self._sources[path] = None
                self._unread.setdefault(str(why), []).append(path)
        return self._sources[path]

    @property
    def told(self) -> list[str]:
        """The notes, and which files could not be read: where they are many, how many."""
        told = list(self.notes)
        for why, paths in self._unread.items():
            if len(paths) <= _NAMED:
                told += [f"{path}: {why}, not linted" for path in paths]
            else:
                told.append(f"{paths[0]} and {len(paths) - 1} more files: {why}, not linted")
        return told

    def parsed(self, path: str, parse: Callable[[Source, "Project"], Document]) -> Document | None:
        """What `parse` makes of a file of the repository; None when there is no such file or it is unreadable."""
        key = (path, parse)
        if key not in self._documents:
            source = self.source(path) if self.has(path) else None
            self._documents[key] = None if source is None else parse(source, self)
        document: Document | None = self._documents[key]
        return document

    def once(self, derive: Callable[["Project"], Document]) -> Document:
        """What `derive` makes of the whole repository, worked out once."""
        key = ("", derive)
        if key not in self._documents:
            self._documents[key] = derive(self)
        derived: Document = self._documents[key]
        return derived


def join(folder: str, path: str) -> str | None:
    """`path` seen from `folder`, relative to the root; None when it is absolute or leaves the repository."""
    joined = posixpath.normpath(posixpath.join(folder, path))
    if joined == ".":
        return ""
    return None if joined.startswith(("/", "../")) or joined == ".." else joined


def old_text(root: str, commit: str, path: str) -> str | None:
    """A file as a commit had it; None when git cannot tell. Nothing is fetched for it."""
    command = ["git", "-c", "protocol.allow=never", "cat-file", "blob", f"{commit}:{path}"]
    data = _run(command, root)
    return None if data is None else data.decode("utf-8", "replace")


def _git_files(root: str) -> list[str] | None:
    command = ["ls-files", "-z", "--cached"]
    if not os.environ.get("PRE_COMMIT"):
        command += ["--others", "--exclude-standard"]
    return _git(command, root)


def _git(command: list[str], root: str) -> list[str] | None:
    """The names that git prints, or None when it fails."""
    listed = _run(["git", "-c", "core.fsmonitor=false", *command], root)
    return None if listed is None else [os.fsdecode(name) for name in listed.split(b"\0") if name]


def _run(command: list[str], folder: str) -> bytes | None:
    """A command's output, or None when it fails. `import subprocess` costs as much as all of this module's callers."""
    if not hasattr(os, "posix_spawnp"):
        import subprocess

        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603
        except OSError:
            return None
        return done.stdout if done.returncode == 0 else None
    reader, writer = os.pipe()
    null = os.open(os.devnull, os.O_RDWR)
    try:
        actions = [
            (os.POSIX_SPAWN_DUP2, null, 0),
            (os.POSIX_SPAWN_DUP2, writer, 1),
            (os.POSIX_SPAWN_DUP2, null, 2),
        ]
        command = [command[0], "-C", folder, *command[1:]]
        pid = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    except OSError:
        os.close(reader)
        return None
    finally:
        os.close(writer)
        os.close(null)
    with open(reader, "rb") as pipe:
        output = pipe.read()
    return output if os.waitpid(pid, 0)[1] == 0 else None


def _lines(root: str, path: str) -> list[str]:
    """The lines of a file; none when it cannot be read."""
    try:
        return read(root, path).text.splitlines()
    except Unreadable:
        return []


def _walk(root: str) -> Iterable[str]:
    rules: dict[str, list[str]] = {}
    for folder, folders, names in os.walk(root):
        inside = os.path.relpath(folder, root).replace(os.sep, "/")
        inside = "" if inside == "." else inside
        if ".gitignore" in names:
            rules[inside] = _lines(root, posixpath.join(inside, ".gitignore"))
        above = [
            (top, lines)
            for top, lines in rules.items()
            if not top or (inside + "/").startswith(top + "/")
        ]

        def kept(
            name: str, inside: str = inside, above: list[tuple[str, list[str]]] = above
        ) -> bool:
            path = posixpath.join(inside, name)
            return not any(
                ignored(path[len(top) + 1 if top else 0 :], lines) for top, lines in above
            )

        folders[:] = sorted(
            name for name in folders if name not in {".git", "node_modules"} and kept(name)
        )
        for name in names:
            if kept(name):
                yield posixpath.join(inside, name)
