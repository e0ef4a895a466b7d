"""How many planted tokens of each form are found, in eight kinds of files, by prodlint and by the tools beside it.

    python bench/secrets_matrix.py [SAMPLES]

Every form of the table has so many samples (three unless told), made up on the spot. detect-secrets runs from the
environment; gitleaks, kingfisher, betterleaks, CredSweeper and secretlint when they are on PATH. Exits 1 below 97 % in a context.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import common  # noqa: F401, puts the package and the tests on the path

import samples
from prodlint.core.source import Source
from prodlint.secrets.formats import FORMATS
from prodlint.secrets.model import Secrets

LEAST = 0.97
# A path, what stands above, and a line with the number and the token.
CONTEXTS = {
    ".env, neutral key": ("neutral/.env", "PORT=80\n", "DATA_{number}={token}"),
    ".env, named key": ("named/.env", "PORT=80\n", "X{number}_API_KEY={token}"),
    "compose, list": (
        "list/compose.yaml",
        "services:\n  a:\n    image: a:1\n    environment:\n",
        "      - DATA_{number}={token}",
    ),
    "YAML map": ("map/app.yaml", "data:\n", "  data_{number}: {token}"),
    "JSON": ("json/app.json", "{{\n", '  "data_{number}": "{token}",'),
    "Dockerfile ENV": ("image/Dockerfile", "FROM alpine:3.22\n", "ENV DATA_{number}={token}"),
    "YAML comment": ("comment/app.yaml", "a: 1\n", "# was {token}"),
    "settings.py": ("code/settings.py", "import os\n", "DATA_{number} = '{token}'"),
}
Lines = set[tuple[str, int]]


def planted(count: int) -> tuple[dict[str, str], dict[str, list[int]]]:
    """The files' texts by path, and the lines of the tokens by path."""
    tokens = [samples.sample(form.kind, seed) for form in FORMATS for seed in range(count)]
    files, lines = {}, {}
    for path, above, line in CONTEXTS.values():
        head = above.replace("{{", "{")
        rows = [line.format(number=at, token=token) for at, token in enumerate(tokens)]
        files[path] = head + "\n".join(rows) + "\n" + '  "z": 1\n}\n' * path.endswith("json")
        first = head.count("\n") + 1
        lines[path] = list(range(first, first + len(tokens)))
    return files, lines


def prodlint(top: str, files: dict[str, str]) -> Lines:
    found = set()
    for path, text in files.items():
        secrets = Secrets(Source(path, text))
        for group in (
            secrets.tokens,
            secrets.test_keys,
            secrets.random,
            secrets.logins,
            secrets.passwords,
        ):
            for secret in group:
                found |= {(path, place.span.line) for place in (secret, *secret.also)}
    return found


def detect_secrets(top: str, files: dict[str, str]) -> Lines:
    words = [sys.executable, "-m", "detect_secrets", "scan", "--no-verify", "--all-files", "."]
    report = json.loads(_ran(words, top))
    return {
        (one["filename"], one["line_number"]) for rows in report["results"].values() for one in rows
    }


def gitleaks(top: str, files: dict[str, str]) -> Lines:
    return _reported(
        ["gitleaks", "dir", "--exit-code", "0", "-f", "json", "-r", "REPORT", "."],
        top,
        "File",
        "StartLine",
    )


def betterleaks(top: str, files: dict[str, str]) -> Lines:
    return _reported(
        ["betterleaks", "dir", "--exit-code", "0", "-f", "json", "-r", "REPORT", "."],
        top,
        "File",
        "StartLine",
    )


def credsweeper(top: str, files: dict[str, str]) -> Lines:
    _ran(["credsweeper", "--path", ".", "--save-json", "report.out"], top)
    found = set()
    for one in json.loads(Path(top, "report.out").read_text(encoding="utf-8")):
        for line in one["line_data_list"]:
            found.add((os.path.relpath(os.path.join(top, line["path"]), top), line["line_num"]))
    return found


def kingfisher(top: str, files: dict[str, str]) -> Lines:
    words = [
        "kingfisher",
        "scan",
        ".",
        "--no-validate",
        "--no-dedup",
        "-c",
        "medium",
        "-f",
        "jsonl",
        "--no-update-check",
    ]
    found = set()
    for line in _ran(words, top).splitlines():
        if not line.startswith("{"):
            continue
        one = json.loads(line).get("finding", {})
        if "path" in one:
            found.add((os.path.relpath(os.path.join(top, one["path"]), top), int(one["line"])))
    return found


def secretlint(top: str, files: dict[str, str]) -> Lines:
    rules = {"rules": [{"id": "@secretlint/secretlint-rule-preset-recommend"}]}
    Path(top, ".secretlintrc.json").write_text(json.dumps(rules), encoding="utf-8")
    report = json.loads(_ran(["secretlint", "--format", "json", *files], top))
    return {
        (os.path.relpath(one["filePath"], top), message["loc"]["start"]["line"])
        for one in report
        for message in one["messages"]
    }


TOOLS: tuple[Callable[[str, dict[str, str]], Lines], ...] = (
    prodlint,
    detect_secrets,
    gitleaks,
    betterleaks,
    kingfisher,
    credsweeper,
    secretlint,
)


def _ran(words: list[str], folder: str) -> str:
    return subprocess.run(
        words, cwd=folder, capture_output=True, check=False, encoding="utf-8"
    ).stdout


def _reported(words: list[str], top: str, path: str, line: str) -> Lines:
    _ran([word.replace("REPORT", "report.out") for word in words], top)
    report = json.loads(Path(top, "report.out").read_text(encoding="utf-8"))
    return {(os.path.normpath(one[path]), one[line]) for one in report}


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    files, lines = planted(count)
    print(f"{len(FORMATS)} forms, {count} samples each, {len(CONTEXTS)} contexts")
    worst = 1.0
    print(f"{'':18}" + "".join(f"{name:>19}" for name in CONTEXTS))
    for tool in TOOLS:
        if tool not in (prodlint, detect_secrets) and not shutil.which(tool.__name__):
            continue
        with tempfile.TemporaryDirectory() as top:
            for path, text in files.items():
                Path(top, path).parent.mkdir(parents=True, exist_ok=True)
                Path(top, path).write_text(text, encoding="utf-8")
            try:
                found = tool(top, files)
            except (OSError, ValueError, LookupError) as error:
                print(f"{tool.__name__:18} did not run: {type(error).__name__}")
                continue
        shares = [
            sum((path, line) in found for line in lines[path]) / len(lines[path])
            for path, _, _ in CONTEXTS.values()
        ]
        print(f"{tool.__name__:18}" + "".join(f"{share:19.1%}" for share in shares))
        if tool is prodlint:
            worst = min(shares)
    return int(worst < LEAST)


if __name__ == "__main__":
    sys.exit(main())
