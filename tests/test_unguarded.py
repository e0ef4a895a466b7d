"""Which failures a shell passes over, and what its options make of that."""

import pytest

from prodlint.core.shell import parse
from prodlint.core.swallow import Options
from prodlint.core.swallow.unguarded import unguarded


@pytest.mark.parametrize(
    ("words", "errexit", "pipefail"),
    [
        ("", False, False),
        ("-e", True, False),
        ("-eux", True, False),
        ("-euo pipefail", True, True),
        ("-o errexit -o pipefail", True, True),
        ("-e +e", False, False),
        ("-o pipefail +o pipefail", False, False),
        ("-x", False, False),
        ("--noprofile --norc", False, False),
        ("- -- e", False, False),
        ("-o", False, False),
    ],
)
def test_options(words: str, errexit: bool, pipefail: bool) -> None:
    assert Options().after(words.split()) == (errexit, pipefail)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a", []),
        ("a; b", [(";", "a", "b")]),
        ("a\nb", [("a", "a", "b")]),
        ("a && b; c && d", [(";", "a b", "c d")]),
        ("a; b; c", [(";", "a", "c"), (";", "b", "c")]),
        ("a; set -e; b; c", [(";", "a", "set b c")]),
        ("set -e; a; set +e; b; c", [(";", "set", "c"), (";", "b", "c")]),
        ("a | b", [("|", "a", "b")]),
        ("a | b | c", [("|", "a", "c"), ("|", "b", "c")]),
        ("a | b; c $PIPESTATUS", []),
        ("set -o pipefail; a | b", [(";", "set", "b")]),
        ("a & b", []),
        ("a || exit 1; b", []),
        ("exit 1; b", []),
        ("a; s=$?; b", [(";", "", "b")]),
        ("if x; then a; b; fi", [(";", "a", "b")]),
        ("if x; then a; else b; fi; c", [(";", "a b", "c")]),
        ("for x in y; do a; done; c", [(";", "a", "c")]),
        ("case x in y) a;; esac; { b; }; (c)", [(";", "a", "c"), (";", "b", "c")]),
        ("f() { a; b; }", []),
        ("x=1; a", [(";", "", "a")]),
    ],
)
def test_what_is_passed_over(text: str, found: list[tuple[str, str, str]]) -> None:
    def names(commands: list) -> str:
        return " ".join(command.name for command in commands)

    assert [
        (text[one.start : one.end], names(one.commands), names(one.deciding))
        for one in unguarded(parse(text), text, Options())
    ] == found


def test_options_of_the_shell() -> None:
    text = "a; b | c; d"
    script = parse(text)

    assert list(unguarded(script, text, Options(True, True))) == []
    assert [one.kind for one in unguarded(script, text, Options(True))] == ["pipe"]
    assert [one.kind for one in unguarded(script, text, Options(False, True))] == ["sequence"] * 2
