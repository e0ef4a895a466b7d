"""What git's history holds of some files: every version once, the oldest first."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator

from prodlint.core.config import BadConfig
from prodlint.core.source import MAX_BYTES, Source, Unreadable, decode
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import IO

_READ = 1 << 16
# Logs and data that a robot commits every hour would take hours.
_MOST_OF_A_FILE = 64 * 1024 * 1024
# No transport, so that a clone that left objects out fetches none; no program that a repository's settings name is run.
_ENVIRONMENT = {"GIT_ALLOW_PROTOCOL": "", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
_LOG = [
    *("--all", "--reverse", "--format=%H", "--raw", "-z", "--no-abbrev", "--no-renames"),
    *("-c", "--root", "--diff-filter=AMT", "--no-ext-diff", "--no-textconv", "--no-show-signature"),
    *("--no-notes", "--no-mailmap", "--no-color", "--ignore-submodules"),
]
_REGULAR = ("100644", "100755", "100664")


class Version(NamedTuple):
    """A file as a commit wrote it."""

    commit: str
    source: Source


class History:
    """The versions of a repository's files. `left_out` counts those that cannot be read, by the reason."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.left_out: dict[str, int] = {}

    @property
    def shallow(self) -> bool:
        """Whether the clone lacks the commits before some day."""
        return os.path.exists(os.path.join(self.root, ".git", "shallow"))

    def versions(self, wanted: Callable[[str], bool]) -> Iterator[Version]:
        """Each content of the files that are wanted, with the commit and the path where it came first.

        Raises BadConfig when git cannot tell.
        """
        with self._git("log", *_LOG) as log, self._git("cat-file", "--batch") as blobs:
            assert log.stdout and blobs.stdin and blobs.stdout
            sizes: dict[str, int] = {}
            for commit, path, blob in _changes(log.stdout, wanted):
                if sizes.get(path, 0) > _MOST_OF_A_FILE:
                    self._leave_out("more than 64 MB of one file before it")
                    continue
                blobs.stdin.write(blob.encode() + b"\n")
                blobs.stdin.flush()
                try:
                    data = _content(blobs.stdout)
                    sizes[path] = sizes.get(path, 0) + len(data)
                    yield Version(commit, decode(path, data))
                except Unreadable as why:
                    self._leave_out(str(why))
            blobs.stdin.close()
            if log.wait():
                raise BadConfig("--history: git cannot read the history here")

    def _leave_out(self, why: str) -> None:
        self.left_out[why] = self.left_out.get(why, 0) + 1

    def _git(self, *words: str) -> "subprocess.Popen[bytes]":
        safe = ["-c", "core.fsmonitor=false", "-c", "log.showSignature=false"]
        try:
            return subprocess.Popen(  # noqa: S603
                ["git", *safe, *words],  # noqa: S607
                cwd=self.root,
                env={**os.environ, **_ENVIRONMENT},
                stdin=subprocess.PIPE if words[0] == "cat-file" else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            raise BadConfig("--history: git is not installed") from None


def _changes(log: "IO[bytes]", wanted: Callable[[str], bool]) -> Iterator[tuple[str, str, str]]:
    """Commit, path and blob of each content that is new."""
    commit, blob, seen = "", None, set[bytes]()
    for field in _fields(log):
        if blob is not None:
            path = os.fsdecode(field)
            if blob and wanted(path) and bytes.fromhex(blob) not in seen:
                seen.add(bytes.fromhex(blob))
                yield commit, path, blob
            blob = None
            continue
        head, _, change = field.decode("ascii", "replace").rpartition("\n")
        told = re.fullmatch(r":+((?:\d{6} )+)((?:[0-9a-f]{40,64} )+)[A-Z]+", change)
        if told:
            commit = head.strip() or commit
            blob = told[2].split()[-1] if told[1].split()[-1] in _REGULAR else ""
        else:
            commit = change or commit


def _fields(log: "IO[bytes]") -> Iterator[bytes]:
    """The parts between NULs."""
    rest = b""
    while chunk := log.read(_READ):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _content(blobs: "IO[bytes]") -> bytes:
    """The next object of `git cat-file --batch`; raises Unreadable."""
    head = blobs.readline().split()
    if len(head) != 3:
        raise Unreadable("not in this clone")
    size = int(head[2])
    data: bytes = blobs.read(min(size, MAX_BYTES))
    left = size - len(data)
    while left and (skipped := blobs.read(min(left, _READ))):
        left -= len(skipped)
    blobs.read(1)
    if size > MAX_BYTES:
        raise Unreadable("larger than 2 MB")
    return data
