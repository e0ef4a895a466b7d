"""The models of env file loaders: they read what the loaders read, and no input hurts."""

import json
import random
import time
from pathlib import Path

import pytest

import env_oracle
from conftest import HANGS
from prodlint.env.loaders import BASH, COMPOSE, LOADERS, NODE_DOTENV, PYTHON_DOTENV, read

CASES = json.loads((Path(__file__).parent / "data" / "env_loaders.json").read_text("utf-8"))
CELLS = [
    pytest.param(case["text"], reading, loader, id=f"{loader}-{number}")
    for number, case in enumerate(CASES)
    for reading in case["readings"]
    for loader in reading["by"]
]
ALPHABET = [
    *"AB=\"'# \n\\$:{}é\r`-\t",
    "A=",
    "\nB=",
    "${A",
    "${A:-x}",
    "$A",
    "export ",
    "\\n",
    "$$",
    '="',
    "='",
    " #",
    "\xa0",
]


@pytest.mark.parametrize(("text", "recorded", "loader"), CELLS)
def test_recorded_readings(text: str, recorded: dict[str, object], loader: str) -> None:
    reading = read(loader, text)

    known = {name: value for name, value in reading.values.items() if name not in reading.unsure}
    assert known == recorded["values"]
    assert sorted(reading.unsure) == recorded.get("unsure", [])
    if "complains" in recorded:
        assert reading.refused or reading.commands or reading.unsure
    else:
        assert reading.refused is None


def test_every_loader_has_every_case() -> None:
    assert len(CASES) == 84
    assert len(CELLS) == 84 * len(LOADERS)


@pytest.mark.parametrize("loader", [PYTHON_DOTENV, NODE_DOTENV, COMPOSE, BASH])
def test_random_text(loader: str) -> None:
    if why := env_oracle.missing(loader):
        pytest.skip(why)
    dice = random.Random(11)
    count = 3000 if loader in (PYTHON_DOTENV, NODE_DOTENV) else 60
    texts = ["".join(dice.choices(ALPHABET, k=dice.randint(1, 16))) for _ in range(count)]
    texts = [text for text in texts if env_oracle.may_ask(loader, text)]

    for text, answer in zip(texts, env_oracle.ORACLES[loader](texts), strict=True):
        assert env_oracle.agrees(read(loader, text), answer), repr(text)


HOSTILE = {
    "many variables": "".join(f"A{n}={n}\n" for n in range(20_000)),
    "many references": "A=x\n" + "A=$A$A${A}\n" * 20_000,
    "references that double": "A=xxxxxxxx\n"
    + "".join(f"A=$A$A\nB{n}=${{A}}${{A}}\n" for n in range(300)),
    "open double quotes": 'A="x\n' * 40_000,
    "open single quotes": "A='x\n" * 40_000,
    "escaped quotes": 'A="\\"\n' * 40_000,
    "open backticks": "A=`x\n" * 40_001,
    "blank lines": "\n" * 1_000_000 + "A\n",
    "names and blank lines": "A\n\n\n" * 60_000,
    "one long line": "A=" + "${B:-" * 40_000,
    "one line of braces": "A=" + "${B:-{" * 20_000 + "}" * 20_000,
    "one long value": "A=" + "x#y " * 1_000_000,
    "blanks": "A=" + " " * 1_000_000 + "x",
    "substitutions": "A=$(" * 20_000,
    "parentheses": "A=(" * 20_000 + "\n",
}


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_input_takes_linear_time(kind: str, loader: str) -> None:
    begun = time.process_time()
    read(loader, HOSTILE[kind])

    assert time.process_time() - begun < HANGS
