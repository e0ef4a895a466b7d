"""What the benchmarks share: the files below folders, and what a command costs."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from prodlint.core.source import Unreadable, decode  # noqa: E402
from prodlint.dockerfile import FILES  # noqa: E402
from prodlint.env import FILES as ENV_FILES  # noqa: E402


class Ran(NamedTuple):
    """What a command printed, its exit code, the user and system time of it and its children, and how much memory it had."""

    out: bytes
    code: int
    cpu_ms: float
    peak_mb: float


def run(command: list[str], folder: str, *, errors: bool = False) -> Ran:
    """Run a command; `errors`: what it says on standard error is in `out`, too."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT if errors else subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        cpu_ms = (usage.ru_utime + usage.ru_stime) * 1000
        return Ran(out.read(), process.returncode, cpu_ms, usage.ru_maxrss / 1024)


def dockerfiles(folders: Iterable[str]) -> Iterator[str]:
    """The paths of every Dockerfile below the folders, by name alone."""
    return _named(FILES, folders)


def env_files(folders: Iterable[str]) -> Iterator[str]:
    """The paths of every env file below the folders, by name alone."""
    return _named(ENV_FILES, folders)


def _named(pattern: str, folders: Iterable[str]) -> Iterator[str]:
    names = re.compile(pattern)
    for folder in folders:
        for top, below, files in os.walk(folder):
            below[:] = sorted(name for name in below if name != ".git")
            for path in sorted(os.path.join(top, name) for name in files):
                if names.search(path) and os.path.isfile(path):
                    yield path


def text(path: str) -> str | None:
    """A file's text as prodlint reads it, or None when it is not text."""
    try:
        return decode(path, Path(path).read_bytes()).text
    except Unreadable:
        return None


def work_trees(folders: Iterable[str]) -> Iterator[Path]:
    """The folders that are git work trees, and those of the work trees that lie in the others."""
    for name in folders:
        folder = Path(name).resolve()
        found = (folder / ".git").exists()
        yield from [folder] if found else sorted(one.parent for one in folder.glob("*/.git"))
