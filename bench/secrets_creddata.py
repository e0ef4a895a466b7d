"""Recall and precision on the configuration files of Samsung's CredData, beside detect-secrets.

    python bench/secrets_creddata.py CREDDATA DIR…

CREDDATA is a checkout of https://github.com/Samsung/CredData: its labels, without the files. Below each DIR are
repositories named owner+name; those that hold the labelled commit count. A place with a T label is a credential, one
with an F label is none; those with X count for neither. One of several lines is found when one of its lines is. CredData labels
credentials wherever they stand, so prodlint runs twice: as it comes, silent in tests, examples and development, and with
`places: all`. Exits 1 when with `places: all` fewer than 70 of 100 T are found, or an F among 10 that are found.
"""

import csv
import json
import re
import subprocess
import sys
import tempfile
from binascii import crc32, unhexlify
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import common  # noqa: F401, puts the package on the path
from secrets_sample import by_detect_secrets, by_prodlint

from prodlint.core import config
from prodlint.secrets import FILES
from prodlint.secrets.scope import Scope

# The label by path, first line and last line: T, F, X, or U for a T that is but a UUID, as Postman names its requests.
Labels = dict[tuple[str, int, int], str]
Lines = set[tuple[str, int]]
# Not read while prodlint was made; README.md tells what it found there first.
HELD_OUT = ("go-acme+lego", "nats-io+nats-server", "oracle+docker-images", "eddycjy+go-gin-example")
EVERYWHERE = config.Config("", {"secrets": {"places": "all"}})
RECALL, PRECISION = 0.70, 0.90
ALL = "prodlint, places: all"


def git(repository: Path, *words: str) -> bytes:
    done = subprocess.run(["git", "-C", repository, *words], capture_output=True, check=False)
    return done.stdout


def available(creddata: Path, folders: list[str]) -> Iterator[tuple[str, str, Path, Path]]:
    """Name, commit, repository and labels of what is there at the labelled commit."""
    snapshot = json.loads((creddata / "snapshot.json").read_text(encoding="utf-8"))
    for key, url in snapshot.items():
        name = url.partition("github.com/")[2].removesuffix(".git").replace("/", "+")
        labels = creddata / "meta" / f"{crc32(unhexlify(key)):08x}.csv"
        for path in (Path(folder, name, *more) for folder in folders for more in ((), ("repo",))):
            if path.is_dir() and git(path, "cat-file", "-t", key[:40]) == b"commit\n":
                yield name, key[:40], path, labels
                break


def labelled(labels: Path, repository: Path, commit: str) -> Labels:
    """The labels of configuration."""
    listed = git(repository, "ls-tree", "-rz", "--name-only", commit).decode("utf-8", "replace")
    paths = {sha256(path.encode()).hexdigest()[:8]: path for path in listed.split("\0") if path}
    places: Labels = {}
    with labels.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            path = paths.get(row["FileID"], "")
            if re.search(FILES, path):
                place = path, int(row["LineStart"]), int(row["LineEnd"])
                label = row["GroundTruth"]
                label = "U" if (label, row["Category"]) == ("T", "UUID") else label
                places[place] = max(label, places.get(place, ""), key=" FXUT".find)
    return places


def score(title: str, labels: Labels, found: Lines, true: str = "TU") -> bool:
    """Print recall and precision; whether they are what is aimed at."""
    hits = Counter(label for place, label in labels.items() if is_found(place, found))
    total = sum(label in true for label in labels.values())
    right, wrong = sum(hits[label] for label in true), hits["F"]
    recall, precision = right / max(1, total), right / max(1, right + wrong)
    of_all = list(labels.values()).count("F")
    print(
        f"  {title}: {right} of {total} T, recall {recall:.2f};"
        f" {wrong} of {of_all} F, precision {precision:.2f}"
    )
    return recall >= RECALL and precision >= PRECISION


def is_found(place: tuple[str, int, int], found: Lines) -> bool:
    path, first, last = place
    return any((path, line) in found for line in range(first, last + 1))


def main() -> int:
    creddata, *folders = sys.argv[1:]
    labels: Labels = {}
    ours, everywhere, theirs = set(), set(), set()
    with tempfile.TemporaryDirectory() as top:
        for name, commit, repository, meta in available(Path(creddata), folders):
            places = labelled(meta, repository, commit)
            files = {path for path, _, _ in places}
            for path in files:
                target = Path(top, name, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(git(repository, "show", f"{commit}:{path}"))
            labels |= {
                (f"{name}/{path}", *lines): label for (path, *lines), label in places.items()
            }
            if files:
                ours |= by_prodlint(top, name).keys()
                everywhere |= by_prodlint(top, name, EVERYWHERE).keys()
                theirs |= by_detect_secrets(top, {f"{name}/{path}" for path in files}).keys()
    print(f"{len({path for path, _, _ in labels})} files, {len(labels)} labelled places")
    met = False
    for tool, lines in (("prodlint", ours), ("detect-secrets", theirs), (ALL, everywhere)):
        print(tool)
        met = scores(labels, lines)
    for title, wanted in (("missed", "T"), ("false", "F")):
        for place, label in sorted(labels.items()):
            if label == wanted and is_found(place, everywhere) == (wanted == "F"):
                print(f"  {title}: {place[0]}:{place[1]}")
    return int(not met)


def scores(labels: Labels, found: Lines) -> bool:
    in_use = {place: label for place, label in labels.items() if not silent(place[0])}
    held_out = {place: label for place, label in labels.items() if place[0].startswith(HELD_OUT)}
    met = score("all", labels, found)
    score("without UUIDs", labels, found, "T")
    score("outside tests, examples and development", in_use, found)
    score("held-out repositories", held_out, found)
    return met


def silent(path: str) -> bool:
    scope = Scope(path.partition("/")[2], "")
    return scope.example or scope.trial


if __name__ == "__main__":
    sys.exit(main())
