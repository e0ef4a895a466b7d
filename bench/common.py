"""What the benchmarks share: the Dockerfiles below folders, and what a command costs."""

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


class Ran(NamedTuple):
    """What a command printed, its exit code, and the user and system time of it and its children in milliseconds."""

    out: bytes
    code: int
    cpu_ms: float


def run(command: list[str], folder: str) -> Ran:
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return Ran(out.read(), process.returncode, (usage.ru_utime + usage.ru_stime) * 1000)


def dockerfiles(folders: Iterable[str]) -> Iterator[str]:
    """The paths of every Dockerfile below the folders, by name alone."""
    names = re.compile(FILES)
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
