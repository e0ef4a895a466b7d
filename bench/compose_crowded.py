"""What compose files of 1 MB cost that have a fault in each of their services, in time and in memory.

    python bench/compose_crowded.py

Each file is linted and reported in a process of its own. Exits 1 over a limit.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from common import run  # isort: skip
from crowded import FAULTS, crowded

BYTES = 1_000_000
LIMIT_S = 2
LIMIT_MB = 200


def main() -> int:
    failed = False
    for name in FAULTS:
        services = BYTES * 100 // len(crowded(name, 100))
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "compose.yaml").write_text(crowded(name, services))
            subprocess.run(["git", "init", "-q", folder], check=True)
            ran = run([sys.executable, "-m", "prodlint", "--only", "compose"], folder)
        failed |= ran.code not in (0, 1) or ran.cpu_ms > LIMIT_S * 1000 or ran.peak_mb > LIMIT_MB
        print(f"{ran.cpu_ms / 1000:5.1f} s {ran.peak_mb:5.0f} MB {services:7,} services: {name}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
