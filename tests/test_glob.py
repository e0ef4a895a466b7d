"""Path patterns, compared with git itself where git has the same ones."""

import subprocess
from pathlib import Path

import pytest

from prodlint.core.glob import ignored, matches


@pytest.mark.parametrize(
    ("pattern", "hits", "misses"),
    [
        ("vendor", ["vendor/a", "x/vendor", "x/vendor/a/b"], ["vendors", "x/avendor"]),
        ("/vendor/", ["vendor/a"], ["vendors/a"]),
        ("deploy/**", ["deploy/a", "deploy/a/b"], ["deploy", "x/deploy/a"]),
        ("**/*.env", ["a.env", "x/y/a.env"], ["a.env.example"]),
        ("a/*/b", ["a/x/b", "a/x/b/c"], ["a/b", "a/x/y/b"]),
        ("file[0-9]?", ["file1x", "d/file12"], ["filex1", "file1"]),
        ("[!a]x", ["bx"], ["ax"]),
        ("we[ird", ["we[ird"], ["weird"]),
    ],
)
def test_matches(pattern: str, hits: list[str], misses: list[str]) -> None:
    assert [path for path in hits if not matches(path, pattern)] == []
    assert [path for path in misses if matches(path, pattern)] == []


def test_gitignore_agrees_with_git(tmp_path: Path) -> None:
    rules = [
        "# comment",
        "*.log",
        "!keep.log",
        "build/",
        "docs/*.txt",
        "/only-top",
        "",
        "**/cache",
        "a/**/z",
    ]
    paths = [
        "x.log", "keep.log", "deep/x.log", "build/out", "sub/build/out", "docs/a.txt", "docs/sub/a.txt",
        "only-top", "sub/only-top", "p/cache/q", "cache/q", "a/z", "a/b/c/z", "b/a/z", "plain",
    ]  # fmt: skip
    (tmp_path / ".gitignore").write_text("\n".join(rules))
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    done = subprocess.run(
        ["git", "-C", tmp_path, "check-ignore", "--stdin", "--no-index"],
        input="\n".join(paths), capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert [path for path in paths if ignored(path, rules)] == done.stdout.splitlines()


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 40 + "b", "a" * 200),
        ("**/" * 60 + "x", "a/" * 300 + "b"),
        ("**/a*/" * 40 + "x", "a/" * 300 + "b"),
        ("**a" * 40 + "b", "a" * 2000),
    ],
)
def test_many_wildcards_end(pattern: str, path: str) -> None:
    """Each would take years if every place of every wildcard were tried."""
    assert not matches(path, pattern)


@pytest.mark.parametrize(
    ("pattern", "path", "found"),
    [
        ("*a*b", "xaab", True),
        ("a*b*c", "abxbc", True),
        ("a*b*c", "ab/c", False),
        ("**/a*b/c", "ax/ab/c", True),
        ("x/**/a*b/**/c", "x/ab/a/ab/d/c", True),
        ("x/**/y/**/z", "x/y/z", True),
        ("x/**z", "x/az/bz", True),
        ("a**/b", "ab", False),
    ],
)
def test_several_wildcards(pattern: str, path: str, found: bool) -> None:
    assert matches(path, pattern) is found
