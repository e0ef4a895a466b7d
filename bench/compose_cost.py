"""What the compose hook costs for each compose file, in a process that has started, and what dclint takes for the same files.

    python bench/compose_cost.py DIR…

Each DIR is a git work tree, or a folder of them. A cost is CPU time for reading, model and all rules together. The first file of
a repository pays for what the hook reads of the others, but not for the list of their names. Exits 1 over a limit.
"""

import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import islice

from common import run, work_trees  # isort: skip
from prodlint.compose.files import NAMES
from prodlint.core import rule
from prodlint.core.config import Config
from prodlint.core.project import Project

LIMIT_MS = 0.6
TIMES_LESS = 60
_BATCH = 50  # dclint loses what it has to say of all files when it stumbles over one


def spent_ms(project: Project) -> Iterator[tuple[str, float]]:
    """Each compose file with its cost."""
    hook = rule.hook("compose")
    rules = [rule.load(name) for name in rule.rule_ids("compose")]
    for path in project.matching(NAMES):
        start = time.process_time()
        document = project.parsed(path, hook.parse)
        if document is not None:
            for one in rules:
                if one.enabled:
                    list(one.check(document))
        yield os.path.join(project.root, path), (time.process_time() - start) * 1000


def dclint_ms(files: list[str]) -> float:
    """What dclint takes for one file, its start included."""
    left = iter(files)
    spent = 0.0
    while batch := list(islice(left, _BATCH)):
        spent += run(["dclint", "-f", "json", *batch], "/").cpu_ms
    return spent / len(files)


def main(folders: list[str]) -> int:
    spent: dict[str, float] = {}
    for root in work_trees(folders):
        spent.update(spent_ms(Project(str(root), Config())))
    median, mean = statistics.median(spent.values()), statistics.mean(spent.values())
    print(f"{len(spent)} compose files: median {median:.2f} ms, mean {mean:.2f} ms")
    for path in sorted(spent, key=lambda path: -spent[path])[:10]:
        print(f"{spent[path]:8.2f} ms {path}")
    failed = median > LIMIT_MS
    if shutil.which("dclint"):
        theirs = dclint_ms(list(spent))
        failed |= theirs / median < TIMES_LESS
        print(
            f"dclint {theirs:.1f} ms: {theirs / median:.0f} times the median, {theirs / mean:.0f} times the mean"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
