"""CPU per MB of configuration: the secrets hook, and detect-secrets on the same files, each in one process.

    python bench/secrets_cost.py DIR…

Every configuration file below the folders is read, up to 1 MB each. Exits 1 when prodlint is not 15 times as cheap.
"""

import os
import re
import sys
import time

import common  # noqa: F401, puts the package on the path
from detect_secrets.core.scan import scan_file
from detect_secrets.settings import default_settings

from prodlint.core import config
from prodlint.core import rule as rules
from prodlint.core.project import Project
from prodlint.core.source import decode
from prodlint.secrets import FILES, parse

LIMIT = 15
MEGABYTE = 1 << 20


def files(folders: list[str]) -> list[tuple[str, str]]:
    """Each path, and what it is within its folder."""
    found = []
    for folder in folders:
        for top, below, names in os.walk(folder):
            below[:] = [name for name in below if name != ".git"]
            for name in names:
                path = os.path.join(top, name)
                inside = os.path.relpath(path, folder)
                if re.search(FILES, inside) and os.path.isfile(path):
                    found.append((path, inside))
    return [one for one in found if os.path.getsize(one[0]) <= MEGABYTE]


def by_prodlint(paths: list[tuple[str, str]]) -> float:
    begin = time.process_time()
    checks = [rules.load(rule_id).check for rule_id in rules.rule_ids("secrets")]
    project = Project(os.path.dirname(__file__), config.Config())
    for path, inside in paths:
        with open(path, "rb") as file:
            document = parse(decode(inside, file.read()), project)
        for check in checks:
            list(check(document))
    return time.process_time() - begin


def by_detect_secrets(paths: list[tuple[str, str]]) -> float:
    begin = time.process_time()
    with default_settings():
        for path, _ in paths:
            list(scan_file(path))
    return time.process_time() - begin


def main() -> int:
    paths = files(sys.argv[1:])
    size = sum(os.path.getsize(path) for path, _ in paths) / MEGABYTE
    ours, theirs = by_prodlint(paths) / size, by_detect_secrets(paths) / size
    print(f"{len(paths)} files, {size:.1f} MB")
    print(f"prodlint {ours:.3f} s a MB, detect-secrets {theirs:.2f}: {theirs / ours:.1f} times")
    return int(theirs < LIMIT * ours)


if __name__ == "__main__":
    sys.exit(main())
