"""Compare the Dockerfiles below given folders with BuildKit's own parser: `python bench/buildkit.py DIR…`.

Needs the package `dockerfile`, BuildKit v0.12.5: it is older than the directive `# check=`, which it takes for a comment.
"""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from buildkit_oracle import ours, theirs  # noqa: E402
from prodlint.core.source import Unreadable, decode  # noqa: E402
from prodlint.dockerfile import FILES  # noqa: E402


def main(folders: list[str]) -> int:
    names = re.compile(FILES)
    counts = {
        "agree": 0,
        "both refuse": 0,
        "only BuildKit refuses": 0,
        "only we refuse": 0,
        "differ": 0,
    }
    instructions = unreadable = 0
    for folder in folders:
        for top, below, files in os.walk(folder):
            below[:] = sorted(name for name in below if name != ".git")
            for path in sorted(os.path.join(top, name) for name in files):
                if not names.search(path) or not os.path.isfile(path):
                    continue
                try:
                    text = decode(path, Path(path).read_bytes()).text
                except Unreadable:
                    unreadable += 1
                    continue
                ourselves, buildkit = ours(text), theirs(text)
                verdict = compare(ourselves, buildkit)
                counts[verdict] += 1
                if isinstance(buildkit, list):
                    instructions += len(buildkit)
                if verdict not in ("agree", "both refuse"):
                    print(f"{path}: {verdict}")
                    print("   ", *difference(ourselves, buildkit), sep="\n    ")
    print(
        f"{sum(counts.values())} files, {instructions} instructions, {unreadable} unreadable:",
        counts,
    )
    return 1 if counts["differ"] or counts["only BuildKit refuses"] else 0


def compare(ourselves: object, buildkit: object) -> str:
    if isinstance(ourselves, str) or isinstance(buildkit, str):
        if isinstance(ourselves, str) and isinstance(buildkit, str):
            return "both refuse"
        return "only we refuse" if isinstance(ourselves, str) else "only BuildKit refuses"
    return "agree" if ourselves == buildkit else "differ"


def difference(ourselves: object, buildkit: object) -> list[object]:
    if isinstance(ourselves, list) and isinstance(buildkit, list):
        for left, right in zip(ourselves, buildkit, strict=False):
            if left != right:
                return [left, right]
        return [len(ourselves), len(buildkit)]
    return [one if isinstance(one, str) else "reads it" for one in (ourselves, buildkit)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
