"""Compare the compose files of repositories with `docker compose config`: `python bench/compose_config.py DIR…`.

Each DIR is a git work tree, or a folder of them. Exits 1 when prodlint calls a file invalid that compose accepts, or when no
rule finds a fault for which compose refuses a file; faults of the machine (files and variables that a fresh clone lacks)
do not count, and neither do overlays, which are not meant to be loaded alone.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from common import work_trees  # isort: skip
from compose_oracle import is_elsewhere, is_newer, ours, program, theirs
from prodlint.compose import FILES
from prodlint.core.config import Config
from prodlint.core.project import Project


def main(folders: list[str]) -> int:
    if not program():
        raise SystemExit("docker compose is not installed; PRODLINT_COMPOSE may name it")
    counts: Counter[str] = Counter()
    for root in work_trees(folders):
        project = Project(str(root), Config())
        for path in project.matching(re.compile(FILES)):
            source = project.source(path)
            if source is None:
                continue
            verdict, shown = compare(project, root, path, source.text)
            counts[verdict] += 1
            if shown:
                print(f"{root.name}/{path}: {verdict}: {shown}")
    print(f"{counts.total()} files:", ", ".join(f"{n} {name}" for name, n in counts.most_common()))
    return int(bool(counts["accepted, and called invalid"] or counts["refused, and not found"]))


def compare(project: Project, root: Path, path: str, text: str) -> tuple[str, str]:
    """The verdict, and what is to be seen of it; nothing for one that is as it should be."""
    errors, invalid = ours(project, path)
    reason = theirs(root, path)
    if reason is None:
        return ("accepted, and called invalid", invalid[0]) if invalid else ("accepted", "")
    if errors or invalid:
        return "refused, and found", ""
    if is_elsewhere(reason, text):
        return "refused for what a clone lacks", ""
    if is_newer(reason):
        return "refused, as that compose is older than the schema", ""
    alone = "neither an image nor a build" in reason
    return ("refused as it is an overlay", "") if alone else ("refused, and not found", reason)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
