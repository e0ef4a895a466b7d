"""Fixes are written as a whole or not at all, and keep everything else of a file."""

import os
from pathlib import Path

import pytest

from prodlint.core.finding import Edit, Finding
from prodlint.core.fix import fixed, shown, write
from prodlint.core.source import Source, read


def finding(source: Source, *edits: tuple[str, str]) -> Finding:
    """A finding that replaces texts, each of which stands in the source once."""
    fix = []
    for old, new in edits:
        assert source.text.count(old) == 1
        start = source.text.index(old)
        fix.append(Edit(source.span(start, start + len(old)), new))
    return Finding(fix[0].span, "wrong", fix=fix)


def always(before: Source, after: Source) -> bool:
    return True


def text(changed: dict[str, tuple[Source, Source]], path: str = "a") -> str:
    return changed[path][1].text


def test_edits_of_several_findings_are_put_in() -> None:
    source = Source("a", "one two three\n")
    changed = fixed(
        [finding(source, ("three", "3")), finding(source, ("one", "1"), ("two", ""))], always
    )
    assert text(changed) == "1  3\n"


def test_a_fix_that_meets_another_waits_as_a_whole() -> None:
    source = Source("a", "one two three\n")
    both = [finding(source, ("one two", "1 2")), finding(source, ("two", "deux"), ("three", "3"))]
    assert text(fixed(both, always)) == "1 2 three\n"


def test_only_the_fix_that_changes_the_meaning_is_left_out() -> None:
    source = Source("a", "one two three\n")
    found = [finding(source, (word, word.upper())) for word in ("one", "two", "three")]
    changed = fixed(found, lambda before, after: "TWO" not in after.text)
    assert text(changed) == "ONE two THREE\n"


def test_a_file_whose_fixes_are_all_left_out_is_not_changed() -> None:
    source = Source("a", "one\n")
    assert not fixed([finding(source, ("one", "1"))], lambda before, after: False)


def test_a_finding_without_a_fix_changes_nothing() -> None:
    source = Source("a", "one\n")
    assert not fixed([Finding(source.span(0, 3), "wrong")], always)


@pytest.mark.parametrize(
    "data",
    [
        b"a=\xc3\xa9\r\nb=old\r\n",
        b"\xef\xbb\xbfa=1\nb=old",
        "\ufeffa=1\nb=old\n".encode("utf-16-le"),
        b"a=\xe9\nb=old\n",
    ],
)
def test_the_rest_of_a_file_keeps_its_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    path.chmod(0o640)
    source = read(str(tmp_path), "a")
    write(str(tmp_path), text_of(source, "old", "new"))
    old, new = (
        ("old".encode("utf-16-le"), "new".encode("utf-16-le"))
        if data[:1] == b"\xff"
        else (b"old", b"new")
    )
    assert path.read_bytes() == data.replace(old, new)
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a"]


def text_of(source: Source, old: str, new: str) -> Source:
    return fixed([finding(source, (old, new))], always)[source.path][1]


def test_a_link_out_of_the_repository_is_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("one\n")
    root = tmp_path / "root"
    root.mkdir()
    (root / "a").symlink_to(outside)
    with pytest.raises(OSError, match="leaves the repository"):
        write(str(root), Source("a", "two\n"))
    assert outside.read_text() == "one\n"


def test_what_cannot_be_written_leaves_no_other_file(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        (tmp_path / "a").write_text("one\n")
        write(str(tmp_path), Source("a", "\u20ac\n", encoding="latin-1"))
    assert os.listdir(tmp_path) == ["a"]
    assert (tmp_path / "a").read_text() == "one\n"


def test_the_difference_shows_no_credential() -> None:
    before = Source("a", "PORT=80 # web\nPASSWORD = hunter2hunter2\n")
    after = Source("a", "PORT=80\nPASSWORD=hunter2hunter2\n")
    difference = shown(before, after)
    assert "-PORT=80 # web\n-PASSWORD = **************\n+PORT=80\n" in difference
    assert "hunter" not in difference
