"""How long the secrets hook takes for texts that are made to be slow, and how that grows with their length.

    python bench/secrets_adversarial.py [NAME…]

Each text of `tests/adversarial.py` has 128 kB and 1 MB, in five kinds of files. Prints the slowest; exits 1 when one of 1 MB takes a
second of CPU, or more than 24 times as long as 128 kB: growing with the square, it would take 64 times as long.
"""

import sys
from pathlib import Path

import common

from adversarial import MEGABYTE, PATHS, PIECES, adversarial, seconds

LONGEST = 1.0
GROWTH = 24
# Below this, a time says nothing of how it grows.
SHORTEST = 0.02
SHOWN = 10


def main() -> int:
    folder = Path(common.ROOT, "bench")
    measured = []
    for name in sys.argv[1:] or PIECES:
        for path in PATHS:
            short, long = (
                seconds(folder, path, adversarial(name, path, length))
                for length in (MEGABYTE // 8, MEGABYTE)
            )
            measured.append((long, long / max(short, SHORTEST), path, name))
    measured.sort(reverse=True)
    print(f"{len(measured)} texts of 1 MB; the slowest:")
    for long, growth, path, name in measured[:SHOWN]:
        print(f"{long:6.2f} s, {growth:5.1f} times 128 kB: {path}, {name}")
    print(f"grows most: {max(growth for _, growth, _, _ in measured):.1f} times")
    return int(any(long >= LONGEST or growth > GROWTH for long, growth, _, _ in measured))


if __name__ == "__main__":
    sys.exit(main())
