"""A file's text, and places in it."""

import os
import stat
from bisect import bisect_right
from functools import lru_cache

from prodlint.core.lazy import cached_property
from prodlint.typed import NamedTuple

MAX_BYTES = 2 * 1024 * 1024


class Unreadable(Exception):
    """A file that cannot be linted; the text says why, in a few words."""


class Source:
    """One file: its path, its text without a byte order mark, and where its lines begin.

    `path` is relative to the root of the repository and uses `/`. Offsets count characters of `text`, from 0;
    lines and columns are 1-based. A line ends at `\\n`: a `\\r` before it belongs to the line end.
    """

    def __init__(self, path: str, text: str, *, encoding: str = "utf-8", bom: bool = False) -> None:
        self.path = path
        self.text = text
        self.encoding = encoding
        self.bom = bom

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    @property
    def line_count(self) -> int:
        return len(self._starts)

    def line_of(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of a character."""
        line = self.line_of(offset)
        return line, offset - self._starts[line - 1] + 1

    def line_span(self, line: int) -> "Span":
        """A whole line, without its line end."""
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self.text)
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return Span(self, start, end)

    def span(self, start: int, end: int) -> "Span":
        return Span(self, start, end)

    def __repr__(self) -> str:
        return f"Source({self.path!r})"


class Span(NamedTuple):
    """Characters `start` to `end` (not included) of a source."""

    source: Source
    start: int
    end: int

    @property
    def path(self) -> str:
        return self.source.path

    @property
    def line(self) -> int:
        return self.source.line_of(self.start)

    @property
    def column(self) -> int:
        return self.source.position(self.start)[1]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]


def read(root: str, path: str) -> Source:
    """Read `path` below `root`; raises Unreadable. Never opens anything but a regular file inside `root`."""
    full = os.path.join(root, path)
    try:
        found = os.lstat(full)
        if _is_link(found) or not _is_real(os.path.dirname(full)):
            real, top = os.path.realpath(full), os.path.realpath(root)
            if os.path.commonpath([real, top]) != top:
                raise Unreadable("a symbolic link that leaves the repository")
            found = os.stat(full)
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("not a regular file")
        file = os.open(full, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            data = _bytes(file, min(found.st_size, MAX_BYTES))
        finally:
            os.close(file)
    except (OSError, ValueError) as error:
        raise Unreadable((getattr(error, "strerror", None) or "cannot be opened").lower()) from None
    if len(data) > MAX_BYTES:
        raise Unreadable("larger than 2 MB")
    return decode(path, data)


def _bytes(file: int, size: int) -> bytes:
    """The bytes of an open file, which may come in parts: `size` of them, one more if it has grown, or fewer up to its end."""
    data = os.read(file, size + 1)
    while len(data) < size and (more := os.read(file, size + 1 - len(data))):
        data += more
    return data


@lru_cache(maxsize=4096)
def _is_real(folder: str) -> bool:
    """Whether no part of an absolute path is a symbolic link."""
    above, name = os.path.split(folder)
    if not name:
        return os.path.isabs(folder)
    return name not in (".", "..") and not _is_link(os.lstat(folder)) and _is_real(above)


def _is_link(found: os.stat_result) -> bool:
    """Whether it is a symbolic link, or on Windows a junction."""
    return stat.S_ISLNK(found.st_mode) or bool(getattr(found, "st_reparse_tag", 0))


def decode(path: str, data: bytes) -> Source:
    """Bytes to a source; raises Unreadable for binary data."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                return Source(path, data[len(mark) :].decode(encoding), encoding=encoding, bom=True)
            except UnicodeDecodeError:
                raise Unreadable(f"not valid {encoding}") from None
    if b"\0" in data:
        raise Unreadable("binary")
    try:
        return Source(path, data.decode())
    except UnicodeDecodeError:
        return Source(path, data.decode("latin-1"), encoding="latin-1")
