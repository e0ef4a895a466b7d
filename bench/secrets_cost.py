"""CPU per MB of configuration: the secrets hook, detect-secrets and gitleaks as commands, on the same files.

    python bench/secrets_cost.py DIR…

Every configuration file below the folders is copied, up to 1 MB each. gitleaks runs when it is on PATH. The least of three runs
counts. Exits 1 when prodlint is not 15 times as cheap as detect-secrets, or not 1.5 times as cheap as gitleaks.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import common

from prodlint.secrets import FILES

# How many times as much each has to take.
COMMANDS = {
    "prodlint": (1, "python -m prodlint --only secrets --format json"),
    "detect-secrets": (15, "python -m detect_secrets scan --no-verify --all-files ."),
    "gitleaks": (1.5, "gitleaks dir --exit-code 0 --no-banner ."),
}
RUNS = 3
MEGABYTE = 1 << 20


def copied(folders: list[str], top: str) -> tuple[int, float]:
    """How many files, and how many megabytes, are below `top` now."""
    number, size = 0, 0
    for at, folder in enumerate(folders):
        for above, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if name != ".git")
            for path in (Path(above, name) for name in sorted(names)):
                inside = path.relative_to(folder).as_posix()
                if not re.search(FILES, inside) or path.is_symlink():
                    continue
                if path.is_file() and path.stat().st_size <= MEGABYTE:
                    copy = Path(top, str(at), inside)
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, copy)
                    number, size = number + 1, size + path.stat().st_size
    return number, size / MEGABYTE


def main() -> int:
    os.environ["PYTHONPATH"] = str(common.ROOT / "hooks")
    with tempfile.TemporaryDirectory() as top:
        number, size = copied(sys.argv[1:], top)
        print(f"{number} files, {size:.1f} MB")
        costs = {}
        for tool, (_, command) in COMMANDS.items():
            words = command.replace("python", sys.executable).split()
            if shutil.which(words[0]):
                costs[tool] = min(common.run(words, top).cpu_ms for _ in range(RUNS)) / size / 1000
    for tool, cost in costs.items():
        print(f"{tool:15} {cost:6.2f} s a MB, {cost / costs['prodlint']:5.1f} times")
    return int(any(cost < COMMANDS[tool][0] * costs["prodlint"] for tool, cost in costs.items()))


if __name__ == "__main__":
    sys.exit(main())
