"""How many planted tokens are found in eight kinds of files, by prodlint and by the tools beside it.

    python bench/secrets_matrix.py [GITLEAKS_TOML]

Three tokens of every form of prodlint's own table, made up on the spot; with the configuration of gitleaks also three of every
pattern there. Other tools run when they are on PATH. Exits 1 when prodlint finds less than 97 % of its own forms in a context.
"""

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import common
import tomllib

import samples
from prodlint.secrets.formats import FORMATS

LEAST = 0.97
SAMPLES = 3
# A path, what stands above, and a line with the name and the token.
CONTEXTS = {
    ".env": ("env/.env", "PORT=80\n", "{name}={token}"),
    ".env, X_API_KEY": ("named/.env", "PORT=80\n", "X_{name}_API_KEY={token}"),
    "compose, list": (
        "list/compose.yaml",
        "services:\n  a:\n    image: a:1\n    environment:\n",
        "      - {name}={token}",
    ),
    "YAML map": ("map/app.yaml", "data:\n", "  {name}: {token}"),
    "JSON": ("json/app.json", "{\n", '  "{name}": "{token}",'),
    "Dockerfile ENV": ("image/Dockerfile", "FROM alpine:3.22\n", "ENV {name}={token}"),
    "YAML comment": ("comment/app.yaml", "a: 1\n", "# {name}: {token}"),
    "settings.py": ("code/settings.py", "import os\n", "{name} = '{token}'"),
}
SETTINGS = {
    ".prodlint.yaml": "secrets: {scope: all}\n",
    ".secretlintrc.json": '{"rules": [{"id": "@secretlint/secretlint-rule-preset-recommend"}]}',
}
COMMANDS = {
    "prodlint": "python -m prodlint --only secrets --format json",
    "detect-secrets": "python -m detect_secrets scan --no-verify --all-files .",
    "gitleaks": "gitleaks dir --exit-code 0 -f json -r report.out .",
    "betterleaks": "betterleaks . --jsonl --no-banner --exit-code 0",
    "kingfisher": "kingfisher scan . --no-validate --no-dedup -c medium -f jsonl --no-update-check",
    "credsweeper": "credsweeper --path . --save-json report.out",
    "secretlint": "secretlint --format json --no-glob "
    + " ".join(one[0] for one in CONTEXTS.values()),
}
# How gitleaks writes a pattern that knows a value by its name, and patterns for what is public or no token of one line.
BY_NAME = r"[\w.-]{0,50}?"
LEFT_OUT = r"-client-id$|-access-id$|-pub-|-public-|-browser-|-user-api-id$|^mapbox|^generic-|^curl-|^jwt|^kubernetes-|^private-key"
# What Python writes otherwise than Go; without `(?i)`, the samples have the letters that the pattern has.
GO = (
    (r"\(\?-?i\)", ""),
    (r"\(\?-?i:", "(?:"),
    (r"\[\[:alnum:\]\]", "[A-Za-z0-9]"),
    (r"\\z", r"\\Z"),
)


class Planted(NamedTuple):
    """A token, the form that it has, and the name that it is assigned to."""

    form: str
    name: str
    token: str


def of_prodlint() -> list[Planted]:
    forms = [form.kind for form in FORMATS for _ in range(SAMPLES)]
    return [Planted(kind, f"DATA_{at}", samples.sample(kind, at)) for at, kind in enumerate(forms)]


def of_gitleaks(path: str, *, by_name: bool) -> list[Planted]:
    """Samples of its patterns; one that knows a value by its name gets the id of the pattern as the name."""
    rules = tomllib.loads(Path(path).read_text(encoding="utf-8"))["rules"]
    found = []
    for rule in rules:
        pattern = rule.get("regex", "")
        left_out = "path" in rule or not pattern or re.search(LEFT_OUT, rule["id"])
        if left_out or by_name != (BY_NAME in pattern):
            continue
        for go, python in GO:
            pattern = re.sub(go, python, pattern)
        for seed in range(SAMPLES):
            name = f"A{seed}_{rule['id']}".replace("-", "_").upper()
            name = name if by_name else f"DATA_{len(found)}"
            # In a URL, the group is only a part.
            group = 0 if "http" in pattern else rule.get("secretGroup", 1)
            token = samples.matching(pattern, group, Random(f"{rule['id']}{seed}"))
            found.append(Planted(rule["id"], name, token))
    return found


def plant(tokens: list[Planted], top: str) -> dict[tuple[str, int], Planted]:
    """Write a file for each context; the tokens by path and line."""
    places = {}
    for path, above, line in CONTEXTS.values():
        rows = [line.format(name=one.name, token=one.token) for one in tokens]
        end = '  "z": 1\n}\n' if path.endswith("json") else ""
        Path(top, path).parent.mkdir(parents=True)
        Path(top, path).write_text(above + "\n".join(rows) + "\n" + end, encoding="utf-8")
        first = above.count("\n") + 1
        places |= {(path, first + at): one for at, one in enumerate(tokens)}
    for path, text in SETTINGS.items():
        Path(top, path).write_text(text, encoding="utf-8")
    return places


def lines(value: Any, path: str = "") -> Iterable[tuple[str, int]]:
    """Every place that a report names: each object with a line, in the file that it or one around it names."""
    if isinstance(value, list):
        for one in value:
            yield from lines(one, path)
    elif isinstance(value, dict):
        named = [value[key] for key in ("path", "File", "filename", "filePath") if value.get(key)]
        path = named[0] if named else path
        numbers = [
            value[key]
            for key in ("line", "StartLine", "start_line", "line_number", "line_num")
            if key in value
        ]
        yield from ((path, number) for number in numbers if isinstance(number, int))
        for one in value.values():
            yield from lines(one, path)


def documents(out: str) -> list[Any]:
    """The JSON that a tool prints: one document, or one a line among other lines."""
    try:
        return [json.loads(out)]
    except ValueError:
        return [json.loads(line) for line in out.splitlines() if line.startswith("{")]


def found(command: str, top: str) -> set[tuple[str, int]]:
    out = common.run(command.replace("python", sys.executable).split(), top).out.decode()
    report = Path(top, "report.out")
    if report.exists():
        out = report.read_text(encoding="utf-8")
        report.unlink()
    places = (place for one in documents(out) for place in lines(one))
    return {(os.path.relpath(os.path.join(top, path), top), line) for path, line in places}


def table(title: str, tokens: list[Planted]) -> float:
    """Print the share of the tokens that each tool finds by context; the least of prodlint."""
    print(f"\n{title}: {len({one.form for one in tokens})} forms, {SAMPLES} samples each")
    print(f"{'':18}" + "".join(f"{name:>17}" for name in CONTEXTS))
    least = 1.0
    for tool, command in COMMANDS.items():
        if not shutil.which(command.split()[0].replace("python", sys.executable)):
            continue
        with tempfile.TemporaryDirectory() as top:
            places = plant(tokens, top)
            hits = found(command, os.path.realpath(top)) & set(places)
        paths = [path for path, _, _ in CONTEXTS.values()]
        shares = [sum(path == hit for hit, _ in hits) / len(tokens) for path in paths]
        print(f"{tool:18}" + "".join(f"{share:17.1%}" for share in shares))
        if tool == "prodlint":
            least = min(shares)
            missed = {
                one.form
                for place, one in places.items()
                if place[0] == paths[0] and place not in hits
            }
    if missed:
        print("prodlint misses, in .env, of:", *sorted(missed))
    return least


def main() -> int:
    os.environ["PYTHONPATH"] = str(common.ROOT / "hooks")
    for path in sys.argv[1:]:
        COMMANDS["gitleaks"] += f" -c {os.path.abspath(path)}"
    least = table("prodlint's own table", of_prodlint())
    for path in sys.argv[1:]:
        table("gitleaks, tokens with a form", of_gitleaks(path, by_name=False))
        table("gitleaks, values by their names", of_gitleaks(path, by_name=True))
    return int(least < LEAST)


if __name__ == "__main__":
    sys.exit(main())
