"""Compare the Dockerfiles below given folders with BuildKit's own parser: `python bench/buildkit.py DIR…`.

Needs the package `dockerfile`, BuildKit v0.12.5: it is older than the directive `# check=`, which it takes for a comment.
"""

import sys

from common import dockerfiles, text  # isort: skip
from buildkit_oracle import ours, theirs


def main(folders: list[str]) -> int:
    counts = {
        "agree": 0,
        "both refuse": 0,
        "only BuildKit refuses": 0,
        "only we refuse": 0,
        "differ": 0,
    }
    instructions = unreadable = 0
    for path in dockerfiles(folders):
        written = text(path)
        if written is None:
            unreadable += 1
            continue
        ourselves, buildkit = ours(written), theirs(written)
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
