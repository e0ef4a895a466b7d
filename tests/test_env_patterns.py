"""Patterns of schemas: what `re` matches, in bounded time."""

import random
import re
import time

import pytest

from conftest import HANGS
from prodlint.env.expression import BadPattern, Pattern, TooMuch


def expressions(dice: random.Random, depth: int = 0) -> str:
    kind = dice.random()
    if depth > 3 or kind < 0.45:
        return dice.choice(
            (
                "a",
                "b",
                "c",
                ".",
                "\\d",
                "\\w",
                "[ab]",
                "[^a]",
                "\\.",
                "[a-c_]",
                "-",
                "1",
                "\\b",
                "^",
                "$",
                "\\s",
                "[]a]",
                "{",
                "[0-9]{2}",
            )
        )
    below = [expressions(dice, depth + 1) for _ in range(2)]
    if kind < 0.6:
        return "".join(below)
    if kind < 0.75:
        return f"({'|'.join(below)})"
    if kind < 0.82:
        return dice.choice(["(?=", "(?!"]) + below[0] + ")"
    return f"(?:{below[0]})" + dice.choice(
        ("*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?", "+?")
    )


def test_patterns_match_what_re_matches() -> None:
    dice = random.Random(11)
    for _ in range(3000):
        text = expressions(dice)
        reference = re.compile(text.replace("$", r"\Z"))
        pattern = Pattern(text)
        for _ in range(4):
            value = "".join(dice.choices("abc1_-. {", k=dice.randint(0, 8)))
            assert pattern.search(value, [10**6]) == bool(reference.search(value)), (text, value)


@pytest.mark.parametrize("text", ["(a+)+$", "^(a|a)*$", "a*a*a*a*a*b", "(?=(a+)+$)(?!x)a+b"])
def test_patterns_that_hang_re(text: str) -> None:
    start = time.process_time()

    assert Pattern(text).search("a" * 400 + "c", [10**6]) is False
    assert time.process_time() - start < HANGS


def test_the_steps_of_patterns_are_counted() -> None:
    with pytest.raises(TooMuch):
        Pattern("(?=.*y)a").search("a" * 4000, [100_000])


@pytest.mark.parametrize(
    "text",
    (
        "(",
        ")",
        "[a",
        "a**",
        "*a",
        "(?<=a)b",
        "(a)\\1",
        "\\p{L}",
        "a{3,1}",
        "a{1,9999}",
        "x++",
        "(?>a)",
        "(?P=n)",
        "(?x)a",
        "\\",
        "[z-a]",
        "(a{100}){100}",
    ),
)
def test_patterns_that_are_refused(text: str) -> None:
    with pytest.raises(BadPattern):
        Pattern(text)
    with pytest.raises(BadPattern):
        Pattern("(" * 100 + ")" * 100)
