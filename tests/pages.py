"""Rule pages as tests: every `##` section is a small repository and what prodlint says of it.

In a section each fenced block is a file, named by the second word of its fence. A `console` block holds exactly what
`prodlint --format concise` prints for the page's rule; a section without one means silence. `«kind»` in a file stands
for a credential, see samples.py.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from samples import filled

_FENCE = re.compile(
    r"^(?P<mark>`{3,})(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=mark)[ \t]*\n", re.M | re.S
)


class Case(NamedTuple):
    """One section: its files, the output it expects, and where that stands in the page."""

    title: str
    files: dict[str, str]
    expected: str
    output: tuple[int, int] | None
    end: int


def cases(page: str) -> Iterator[Case]:
    """The sections of a page that hold at least one file."""
    heads = list(re.finditer(r"^## (.+)\n", page, re.M))
    inside = [fence.span() for fence in _FENCE.finditer(page)]
    heads = [head for head in heads if not any(start < head.start() < end for start, end in inside)]
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        end = following.start() if following else len(page)
        files: dict[str, str] = {}
        expected, output = "", None
        for fence in _FENCE.finditer(page, head.end(), end):
            info = fence["info"].split()
            if info == ["console"]:
                expected, output = fence["body"], fence.span()
            elif len(info) == 2:
                files[info[1]] = filled(fence["body"])
        if files:
            yield Case(head[1].strip(), files, expected, output, end)


def rewritten(page: str, outputs: dict[str, str]) -> str:
    """The page with the console blocks of the named sections replaced by what was printed."""
    for case in reversed(list(cases(page))):
        output = outputs.get(case.title, case.expected)
        block = f"```console\n{output}```\n" if output else ""
        if case.output:
            start, end = case.output
            page = (
                page[:start] + block + page[end:].lstrip("\n")
                if not block
                else page[:start] + block + page[end:]
            )
        elif block:
            before = page[: case.end].rstrip("\n")
            page = f"{before}\n\n{block}\n{page[case.end :]}"
    return page.rstrip("\n") + "\n"


def pages(root: Path) -> dict[str, Path]:
    """Every rule page of the package and every further page of cases, by rule id."""
    found = {}
    for folder, prefix in ((root / "hooks" / "prodlint", ""), (root / "tests" / "cases", "cases:")):
        for path in sorted(folder.glob("*/*.md")):
            found[f"{prefix}{path.parent.name}/{path.stem.replace('_', '-')}"] = path
    return found
