"""Texts, lines and columns, and files that are not to be read."""

import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from prodlint.core.source import MAX_BYTES, Source, Unreadable, decode, read


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param(b"A=1\n", "A=1\n", "utf-8", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfA=1\n", "A=1\n", "utf-8", id="byte order mark"),
        pytest.param(
            "A=ş\n".encode("utf-16"), "A=ş\n", "utf-16-le", id="utf-16 as PowerShell writes it"
        ),
        pytest.param(b"\xfe\xff\0A", "A", "utf-16-be", id="utf-16, big end first"),
        pytest.param(b"A=caf\xe9\n", "A=café\n", "latin-1", id="latin-1"),
        pytest.param(b"", "", "utf-8", id="empty"),
    ],
)
def test_decode(data: bytes, text: str, encoding: str) -> None:
    source = decode("x", data)

    assert (source.text, source.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"A=1\0\n", "binary", id="NUL"),
        pytest.param(b"\xff\xfeA", "not valid utf-16-le", id="half a character"),
        pytest.param(b"\xef\xbb\xbf\xff", "not valid utf-8", id="mark without utf-8"),
    ],
)
def test_decode_refuses(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        decode("x", data)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_positions_count_characters_from_one(end: str) -> None:
    source = Source("x", end.join(["şğ𝕏=1", "", "b"]))

    assert source.position(0) == (1, 1)
    assert source.position(source.text.index("=")) == (1, 4)
    assert source.position(source.text.index("b")) == (3, 1)
    assert [source.line_span(line).text for line in (1, 2, 3)] == ["şğ𝕏=1", "", "b"]
    assert source.line_count == 3


def test_a_span_knows_its_place() -> None:
    span = Source("a/b", "one\ntwo three\n").span(8, 13)

    assert (span.path, span.line, span.column, span.text) == ("a/b", 2, 5, "three")


def test_a_position_at_the_very_end() -> None:
    source = Source("x", "a\n")

    assert source.position(2) == (2, 1)
    assert source.line_span(2).text == ""


def test_read_follows_no_link_out_of_the_tree(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "secret").write_text("x")
    (root / "file").symlink_to(outside / "secret")
    (root / "folder").symlink_to(outside)
    (root / "loop").symlink_to("loop")
    (root / "real").write_text("y")
    (root / "inside").symlink_to("real")

    for name in ("file", "folder/secret", "../outside/secret"):
        with pytest.raises(Unreadable, match="a symbolic link that leaves the repository"):
            read(str(root), name)
    with pytest.raises(Unreadable, match="symbolic links"):
        read(str(root), "loop")
    assert read(str(root), "inside").text == "y"


def test_read_opens_nothing_but_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    names = ["pipe", "folder"]
    with suppress(PermissionError):
        os.mknod(tmp_path / "device", stat.S_IFCHR | 0o600, os.makedev(1, 5))
        names.append("device")

    for name in names:
        with pytest.raises(Unreadable, match="not a regular file"):
            read(str(tmp_path), name)
    with pytest.raises(Unreadable, match="no such file"):
        read(str(tmp_path), "absent")


def test_read_refuses_huge_files(tmp_path: Path) -> None:
    (tmp_path / "huge").write_bytes(b"#" * (MAX_BYTES + 1))
    (tmp_path / "large").write_bytes(b"#" * MAX_BYTES)

    with pytest.raises(Unreadable, match="larger than 2 MB"):
        read(str(tmp_path), "huge")
    assert len(read(str(tmp_path), "large").text) == MAX_BYTES


def test_a_file_that_comes_in_parts_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "parts").write_bytes(b"0123456789")
    whole = os.read
    monkeypatch.setattr(os, "read", lambda file, size: whole(file, min(size, 3)))

    assert read(str(tmp_path), "parts").text == "0123456789"
