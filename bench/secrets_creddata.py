"""Recall and precision on the configuration files of Samsung's CredData, beside detect-secrets.

    python bench/secrets_creddata.py CREDDATA DIR…

CREDDATA is a checkout of https://github.com/Samsung/CredData: its labels, without the files. Below each DIR are
repositories named owner+name; those that hold the labelled commit count. A place with a T label is a credential, one
with an F label is none; those with X count for neither. One of several lines is found when one of its lines is. Places in
tests, examples and files for development, where prodlint means to be silent, are left out of a second count.
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

from prodlint.secrets import FILES
from prodlint.secrets.scope import Scope

# The label by path, first line and last line.
Labels = dict[tuple[str, int, int], str]
Lines = set[tuple[str, int]]


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
    """T, F or X by place, for configuration."""
    listed = git(repository, "ls-tree", "-rz", "--name-only", commit).decode("utf-8", "replace")
    paths = {sha256(path.encode()).hexdigest()[:8]: path for path in listed.split("\0") if path}
    places: Labels = {}
    with labels.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            path = paths.get(row["FileID"], "")
            if re.search(FILES, path):
                place = path, int(row["LineStart"]), int(row["LineEnd"])
                places[place] = max(row["GroundTruth"], places.get(place, ""), key=" FXT".find)
    return places


def score(title: str, labels: Labels, found: Lines) -> None:
    total, hits = Counter(labels.values()), Counter()
    for place, label in labels.items():
        hits[label] += is_found(place, found)
    print(
        f"  {title}: {hits['T']} of {total['T']} T, recall {hits['T'] / max(1, total['T']):.2f};"
        f" {hits['F']} of {total['F']} F, precision {hits['T'] / max(1, hits['T'] + hits['F']):.2f}"
    )


def is_found(place: tuple[str, int, int], found: Lines) -> bool:
    path, first, last = place
    return any((path, line) in found for line in range(first, last + 1))


def main() -> int:
    creddata, *folders = sys.argv[1:]
    labels: Labels = {}
    in_use: Labels = {}
    found: dict[str, Lines] = {"prodlint": set(), "detect-secrets": set()}
    with tempfile.TemporaryDirectory() as top:
        for name, commit, repository, meta in available(Path(creddata), folders):
            places = labelled(meta, repository, commit)
            files = {path for path, _, _ in places}
            for path in files:
                target = Path(top, name, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(git(repository, "show", f"{commit}:{path}"))
            for (path, first, last), label in places.items():
                labels[f"{name}/{path}", first, last] = label
                if not silent(path):
                    in_use[f"{name}/{path}", first, last] = label
            if files:
                whole = {f"{name}/{path}" for path in files}
                found["prodlint"] |= by_prodlint(top, name).keys()
                found["detect-secrets"] |= by_detect_secrets(top, whole).keys()
    print(f"{len({path for path, _, _ in labels})} files, {len(labels)} labelled places")
    for tool, lines in found.items():
        print(tool)
        score("all", labels, lines)
        score("outside tests, examples and development", in_use, lines)
    for title, wanted in (("missed", "T"), ("false", "F")):
        for place, label in sorted(in_use.items()):
            if label == wanted and is_found(place, found["prodlint"]) == (wanted == "F"):
                print(f"  {title}: {place[0]}:{place[1]}")
    return 0


def silent(path: str) -> bool:
    scope = Scope(path, "")
    return scope.example or scope.trial


if __name__ == "__main__":
    sys.exit(main())
