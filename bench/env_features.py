"""What schemas of env files can say, in prodlint and beside it: each cell of the table in docs/env.md, run.

    python bench/env_features.py NODE_MODULES PYTHON

NODE_MODULES is a folder with varlock, envalid, @t3-oss/env-core and zod (varlock asks for Node 22; the package `node` may
lie there too), PYTHON an interpreter with pydantic-settings; dotenv-linter is looked for in PATH. The cases stand in
bench/data/env_features.json: files that a program could start with, files that it could not, and what each tool would be
told. A cell is `yes` when the tool takes all of the former and none of the latter, `no` when it has no words for it, takes
every bad file or refuses every good one, and `partial` otherwise; `in code` is a `yes` for a function that the user writes.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from common import ROOT

CASES = ROOT / "bench" / "data" / "env_features.json"
RULES = ("invalid-value", "missing-variable", "unknown-variable", "weak-secret", "deprecated-variable",
         "placeholder-value", "published-default-secret")  # fmt: skip
STYLE = ("DuplicatedKey", "EndingBlankLine", "ExtraBlankLine", "IncorrectDelimiter", "KeyWithoutValue", "LeadingCharacter",
         "LowercaseKey", "QuoteCharacter", "SpaceCharacter", "SubstitutionKey", "TrailingWhitespace", "UnorderedKey",
         "ValueWithoutQuotes")  # fmt: skip
NODE = """\
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
const env = parseEnv(readFileSync("FILE", "utf8"));
"""
ENVALID = """\
import * as e from "envalid";
e.cleanEnv(env, SCHEMA, { reporter: ({ errors }) => process.exit(Object.keys(errors).length ? 1 : 0) });
"""
T3 = """\
import { createEnv } from "@t3-oss/env-core";
import { z } from "zod";
try {
  createEnv({ server: {}, runtimeEnv: env, emptyStringAsUndefined: true, onValidationError: () => process.exit(1), ...SCHEMA });
} catch { process.exit(1); }
"""
PYDANTIC = """\
import sys
from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID
from pydantic import *
from pydantic_settings import BaseSettings, SettingsConfigDict
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file="FILE", env_ignore_empty=True, extra="EXTRA")
    SCHEMA
try:
    Settings()
except ValidationError:
    sys.exit(1)
"""
MODULES, PYTHON = [*sys.argv[1:], "", ""][:2]


def run(folder: Path, words: list[str]) -> bool:
    """Whether a program ends well; what is wrong with the schema of a case ends all."""
    path = [f"{MODULES}/node/bin", os.environ["PATH"]]
    environment = {"PATH": os.pathsep.join(path), "HOME": str(folder), "PYTHONPATH": str(ROOT / "hooks")}  # fmt: skip
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
    if "SyntaxError" in done.stderr or "Error [ERR_" in done.stderr or "NameError" in done.stderr:
        sys.exit(f"{words}: {done.stderr}")
    return done.returncode == 0


def prodlint(folder: Path, name: str, schema: str) -> bool:
    (folder / ".env.schema.yaml").write_text(f"prodlint-env: 1\n{schema}\n")
    rules = ",".join(f"env/{rule}" for rule in RULES)
    return run(folder, [sys.executable, "-m", "prodlint", "--only", "env", "--select", rules, name])


def dotenv_linter(folder: Path, name: str, schema: str) -> bool:
    (folder / "schema.json").write_text(json.dumps({"version": "1.0.0", **json.loads(schema)}))
    ignored = [word for check in STYLE for word in ("-i", check)]
    return run(folder, ["dotenv-linter", "check", *ignored, "--schema", "schema.json", name])


def varlock(folder: Path, name: str, schema: str) -> bool:
    (folder / ".env.schema").write_text(f"# @defaultSensitive=false {schema}\n")
    if name != ".env":
        shutil.copy(folder / name, folder / ".env")
    return run(folder, [f"{MODULES}/node/bin/node", f"{MODULES}/varlock/bin/cli.js", "load"])


def _node(folder: Path, name: str, script: str, schema: str) -> bool:
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(Path(MODULES).resolve())
    text = NODE.replace("FILE", name) + script.replace("SCHEMA", schema)
    (folder / "check.mjs").write_text(text)
    return run(folder, ["node", "check.mjs"])


def envalid(folder: Path, name: str, schema: str) -> bool:
    return _node(folder, name, ENVALID, schema)


def t3_env(folder: Path, name: str, schema: str) -> bool:
    return _node(folder, name, T3, schema)


def pydantic_settings(folder: Path, name: str, schema: str) -> bool:
    extra = "forbid" if "extra=forbid" in schema else "ignore"
    text = PYDANTIC.replace("FILE", name).replace("EXTRA", extra)
    (folder / "check.py").write_text(text.replace("SCHEMA", schema.replace("\n", "\n    ")))
    return run(folder, [PYTHON, "check.py"])


TOOLS: dict[str, Callable[[Path, str, str], bool]] = {
    "varlock": varlock,
    "dotenv-linter": dotenv_linter,
    "envalid": envalid,
    "t3-env, zod": t3_env,
    "pydantic-settings": pydantic_settings,
    "prodlint": prodlint,
}


def cell(tool: str, case: dict[str, Any]) -> str:
    schemas, name = case["schemas"], case.get("file", ".env")
    schema = schemas.get(tool)
    if schema is None:
        return "no"
    answers: dict[str, list[bool]] = {"good": [], "bad": []}
    for kind, found in answers.items():
        for text in case[kind]:
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / name).write_text(text + "\n")
                found.append(TOOLS[tool](Path(folder), name, schema))
    if all(answers["good"]) and not any(answers["bad"]):
        return "in code" if schema.startswith(("// code", "# code", "/* code")) else "yes"
    return "no" if all(answers["bad"]) or not any(answers["good"]) else "partial"


def available(tool: str) -> bool:
    if tool == "dotenv-linter":
        return shutil.which(tool) is not None
    return tool == "prodlint" or bool(PYTHON if tool.startswith("pydantic") else MODULES)


def main() -> None:
    tools = [tool for tool in TOOLS if available(tool)]
    print("| | " + " | ".join(tools) + " |\n|" + "---|" * (len(tools) + 1))
    for case in json.loads(CASES.read_text(encoding="utf-8")):
        cells = [cell(tool, case) for tool in tools]
        print(f"| {case['feature']} | {' | '.join(cells)} |", flush=True)
        if cells[-1] != "yes":
            sys.exit(f"{case['feature']}: prodlint is meant to say yes")


if __name__ == "__main__":
    main()
