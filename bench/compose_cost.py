"""What the compose hook costs for each compose file, in a process that has started, and what dclint takes for the same files.

    python bench/compose_cost.py DIR…

Each DIR is a git work tree, or a folder of them. A cost is CPU time for reading, model and all rules together; as in the command,
no garbage is collected. The first file of a repository pays for what the hook reads of other files, but not for the list of their
names. dclint gets all compose files of a repository in one process, so what it takes holds its start. Exits 1 over a limit.
"""

import gc
import shutil
import statistics
import sys
import time
from pathlib import Path

from common import run, work_trees  # isort: skip
from prodlint.compose.files import NAMES, read
from prodlint.core import rule
from prodlint.core.config import Config
from prodlint.core.project import Project

LIMIT_MS = 0.6
TIMES_LESS = 60


def spent_ms(project: Project) -> dict[str, float]:
    """Each compose file with its cost."""
    hook = rule.hook("compose")
    loaded = [rule.load(name) for name in rule.rule_ids("compose")]
    rules = [one for one in loaded if one.enabled]
    spent: dict[str, float] = {}
    for path in project.matching(NAMES):
        start = time.process_time()
        project.parsed(path, read)
        spent[path] = time.process_time() - start
    for path in spent:
        start = time.process_time()
        document = project.parsed(path, hook.parse)
        for one in rules if document is not None else ():
            list(one.check(document))
        spent[path] += time.process_time() - start
    return {path: seconds * 1000 for path, seconds in spent.items()}


def main(folders: list[str]) -> int:
    gc.disable()
    beside = shutil.which("dclint")
    spent: dict[Path, float] = {}
    theirs = 0.0
    for root in work_trees(folders):
        files = spent_ms(Project(str(root), Config()))
        spent.update((root / path, cost) for path, cost in files.items())
        if beside and files:
            theirs += run([beside, "-f", "json", *files], str(root)).cpu_ms
    median, mean = statistics.median(spent.values()), statistics.mean(spent.values())
    print(f"{len(spent)} compose files: median {median:.2f} ms, mean {mean:.2f} ms")
    for path in sorted(spent, key=lambda path: -spent[path])[:10]:
        print(f"{spent[path]:8.2f} ms {path}")
    failed = median > LIMIT_MS
    if beside:
        times = theirs / sum(spent.values())
        print(f"dclint: mean {theirs / len(spent):.1f} ms, {times:.0f} times as much")
        failed |= times < TIMES_LESS
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
