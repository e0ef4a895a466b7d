"""How prodlint and detect-secrets judge labelled places of public repositories.

    python bench/secrets_sample.py SAMPLE DIR

SAMPLE holds a JSON object a line: `file` (owner+name/path) or the `sha256` of its content, `line`, `label`; below DIR the
repositories are. Labels: R a real credential, W a weak one and PW a placeholder in a deployed file, E one of tests or CI; the others are none. Places
in files that are not configuration are left out. Printed are the labels of what is found, and recall and precision.
"""

import json
import re
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import common  # noqa: F401, puts the package on the path

from prodlint.core import config, engine
from prodlint.core.project import Project
from prodlint.secrets import FILES

TRUE = ("R", "W", "PW")


def places(sample: str, folder: str) -> dict[tuple[str, int], str]:
    """The labels by file and line; the first label of a line counts."""
    labels: dict[tuple[str, int], str] = {}
    rows = [json.loads(line) for line in Path(sample).read_text(encoding="utf-8").splitlines()]
    files = by_content(folder, {row["sha256"] for row in rows if "file" not in row})
    for row in rows:
        file = row.get("file") or files.get(row["sha256"], "")
        if re.search(FILES, file.partition("/")[2]):
            labels.setdefault((file, row["line"]), row["label"])
    return labels


def by_content(folder: str, hashes: set[str]) -> dict[str, str]:
    """The first file below a folder with each SHA-256."""
    found: dict[str, str] = {}
    for path in sorted(Path(folder).glob("*/**/*")) if hashes else ():
        if path.is_file() and not path.is_symlink() and ".git" not in path.parts:
            digest = sha256(path.read_bytes()).hexdigest()
            if digest in hashes:
                found.setdefault(digest, path.relative_to(folder).as_posix())
    return found


def by_prodlint(
    folder: str, repository: str, settings: config.Config | None = None
) -> dict[tuple[str, int], str]:
    """The level by place, of the secrets hook and of the env hook, which owns weak values of env files."""
    project = Project(str(Path(folder, repository)), settings or config.Config())
    found: dict[tuple[str, int], str] = {}
    for finding in engine.run(project, engine.Selection(["secrets", "env"])).findings:
        if finding.secret or finding.rule.startswith("secrets/"):
            for span in (finding.span, *(place.span for place in finding.related)):
                found.setdefault((f"{repository}/{span.path}", span.line), finding.level)
    return found


def by_detect_secrets(folder: str, files: set[str]) -> dict[tuple[str, int], str]:
    from detect_secrets.core.scan import scan_file
    from detect_secrets.settings import default_settings

    with default_settings():
        return {
            (file, secret.line_number): "error"
            for file in sorted(files)
            for secret in scan_file(str(Path(folder, file)))
        }


def table(name: str, labels: dict[tuple[str, int], str], found: dict[tuple[str, int], str]) -> None:
    all_labels = Counter(labels.values())
    hits = {level: Counter() for level in ("error", "warning")}
    for place, level in found.items():
        if place in labels:
            hits[level][labels[place]] += 1
    both = hits["error"] + hits["warning"]
    print(
        f"{name}: "
        + ", ".join(f"{label} {both[label]}/{all_labels[label]}" for label in sorted(all_labels))
    )
    for title, counts in (("errors", hits["error"]), ("errors and warnings", both)):
        true, total = sum(counts[label] for label in TRUE), sum(counts.values())
        tested = counts["E"]
        print(
            f"  {title}: {true} of {total} true, {tested} of tests, precision {true / max(total, 1):.0%}, with tests {(true + tested) / max(total, 1):.0%}"
        )


def main() -> int:
    sample, folder = sys.argv[1:3]
    labels = places(sample, folder)
    files = {file for file, _ in labels}
    found: dict[tuple[str, int], str] = {}
    for repository in sorted({file.partition("/")[0] for file in files}):
        found |= by_prodlint(folder, repository)
    print(f"{len(labels)} places in {len(files)} configuration files")
    table("prodlint", labels, found)
    table("detect-secrets", labels, by_detect_secrets(folder, files))
    missed = [
        place for place, label in labels.items() if label in ("R", "W") and place not in found
    ]
    for file, line in missed:
        print(f"  missed {labels[file, line]}: {file}:{line}")
    return int(any(labels[place] == "R" for place in missed))


if __name__ == "__main__":
    sys.exit(main())
