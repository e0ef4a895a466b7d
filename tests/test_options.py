"""The options of the command line."""

import pytest

from prodlint.options import BadOption, Option, described, parse

OPTIONS = [
    Option("--only", "HOOK", "a hook"),
    Option("--format", "FORMAT", "how " * 30, ("full", "json")),
    Option("--version", "", "print the version"),
]


@pytest.mark.parametrize(
    ("words", "found", "others"),
    [
        ("", {}, ""),
        ("a b", {}, "a b"),
        ("--only x a", {"--only": ["x"]}, "a"),
        ("a --only x --only=y b", {"--only": ["x", "y"]}, "a b"),
        ("--only=a=b", {"--only": ["a=b"]}, ""),
        ("--only=", {"--only": [""]}, ""),
        ("--only - -", {"--only": ["-"]}, "-"),
        ("--only -x", {"--only": ["-x"]}, ""),
        ("--version", {"--version": [""]}, ""),
        ("--format json -- --only x --", {"--format": ["json"]}, "--only x --"),
    ],
)
def test_parse(words: str, found: dict[str, list[str]], others: str) -> None:
    expected = {option.name: found.get(option.name, []) for option in OPTIONS}

    assert parse(words.split(), OPTIONS) == (expected, others.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--onyl x", "unknown option --onyl, did you mean '--only'?"),
        ("-x", "unknown option -x"),
        ("--on x", "unknown option --on"),
        ("--only", "--only lacks its value: --only HOOK"),
        ("--only --version", "--only lacks its value: --only HOOK"),
        ("--version=1", "--version takes no value"),
        ("--format xml", "--format xml: expected one of full, json"),
    ],
)
def test_bad_option(words: str, said: str) -> None:
    with pytest.raises(BadOption) as caught:
        parse(words.split(), OPTIONS)

    assert str(caught.value).startswith(said)


def test_described_fits_a_terminal() -> None:
    lines = described(OPTIONS).splitlines()

    assert lines[0] == "  --only HOOK      a hook"
    assert lines[-1] == "  --version        print the version"
    assert max(map(len, lines)) <= 80
    assert "full, json" in described(OPTIONS)
