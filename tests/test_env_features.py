"""The table of docs/env.md: what prodlint's column says is so; bench/env_features.py runs the other columns."""

import json
import re
from typing import Any

import pytest

from conftest import ROOT, Lint

CASES = json.loads((ROOT / "bench/data/env_features.json").read_text(encoding="utf-8"))
RULES = [
    f"env/{name}"
    for name in (
        *("invalid-value", "missing-variable", "unknown-variable", "weak-secret"),
        *("deprecated-variable", "placeholder-value", "published-default-secret"),
    )
]


@pytest.mark.parametrize("case", CASES, ids=[case["feature"] for case in CASES])
def test_prodlint_tells_good_from_bad(case: dict[str, Any], lint: Lint) -> None:
    schema = f"prodlint-env: 1\n{case['schemas']['prodlint']}\n"

    def printed(text: str) -> str:
        name = case.get("file", ".env")
        return lint({".env.schema.yaml": schema, name: f"{text}\n"}, select=RULES)

    assert [text for text in case["good"] if printed(text)] == []
    assert [text for text in case["bad"] if not printed(text)] == []


def test_the_table_has_a_row_for_each_case() -> None:
    page = (ROOT / "docs/env.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip() for line in page.splitlines() if line.endswith("| yes |")]

    assert rows == [case["feature"] for case in CASES]


def test_the_page_names_every_word_of_a_schema() -> None:
    page = (ROOT / "docs/env.md").read_text(encoding="utf-8")
    meta = json.loads((ROOT / "schemas/env.schema.json").read_text(encoding="utf-8"))
    below = meta["definitions"]
    words = [*meta["properties"], *below["declaration"]["properties"], *below["word"]["enum"]]

    assert [word for word in words if not re.search(rf"(?<![\w-]){word}(?![\w-])", page)] == []
