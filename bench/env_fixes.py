"""What `--fix` does to every env file below folders, held against the models and the loaders that are installed.

    python bench/env_fixes.py DIR...

Nothing is written: the fixes are put into a copy in memory. Each file is mended as if all loaders read it, which is the most
that can be asked of a fix. A value counts as changed when a loader reads neither what it read before nor what the first of
them read. dotenv-linter's fixer, where that program is installed, is held against the same measure. Exits 1 on a change.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from common import ROOT, env_files, text

sys.path[:0] = [str(ROOT / "tests")]

import env_oracle  # noqa: E402
from prodlint.core.config import Config  # noqa: E402
from prodlint.core.finding import Finding  # noqa: E402
from prodlint.core.fix import fixed  # noqa: E402
from prodlint.core.project import Project  # noqa: E402
from prodlint.core.source import Source  # noqa: E402
from prodlint.env import readings  # noqa: E402
from prodlint.env.in_use import Loaders  # noqa: E402
from prodlint.env.loaders import LOADERS, PYTHON_DOTENV, read  # noqa: E402
from prodlint.env.model import EnvFile  # noqa: E402


def mended(content: str) -> tuple[str, int, int]:
    """A file after all fixes, how many there were, and how many variables loaders read differently."""
    source, project = Source(".env", content), Project("", Config())
    found = readings.Readings(EnvFile(source, project))
    found.uses = {loader: source.span(0, 0) for loader in LOADERS}
    readings.in_use.loaders = lambda path, project: Loaders(found.uses, False)
    findings = [
        Finding(item.variable.raw, "", fix=edits)
        for item in found.differences
        if (edits := found.mend(item))
    ]
    changed = fixed(findings, lambda before, after: readings.keeps(before, after, project))
    after = changed[".env"][1].text if changed else content
    return after, len(findings) if changed else 0, len(found.differences)


def changes(before: str, after: str) -> dict[str, set[str]]:
    """The names that each loader, model or program, reads as something new."""
    meant = read(PYTHON_DOTENV, before).values
    found = {}
    for loader in LOADERS:
        old, new = read(loader, before), read(loader, after)
        found[f"model of {loader}"] = _changed(old.values, new.values, meant)
        asked = [item for item in (before, after) if env_oracle.may_ask(loader, item)]
        if loader in env_oracle.ORACLES and len(asked) == 2 and not env_oracle.missing(loader):
            was, now = env_oracle.ORACLES[loader](asked)
            found[loader] = _changed(was.values, now.values, meant)
    return found


def _changed(
    old: dict[str, str | None], new: dict[str, str | None], meant: dict[str, str | None]
) -> set[str]:
    return {
        name
        for name in old | new
        if new.get(name) != old.get(name) and (name not in new or new[name] != meant.get(name))
    }


def dotenv_linter(content: str) -> str | None:
    """A file after dotenv-linter's fixer; None where it is not installed."""
    program = os.environ.get("DOTENV_LINTER") or shutil.which("dotenv-linter")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, ".env")
        file.write_bytes(content.encode())
        subprocess.run(
            [program, "fix", "--no-backup", ".env"], cwd=folder, capture_output=True, check=False
        )
        return file.read_bytes().decode()


def main(folders: list[str]) -> int:
    texts = {path: content for path in env_files(folders) if (content := text(path)) is not None}
    fixers = {"prodlint": lambda content: mended(content)[0], "dotenv-linter": dotenv_linter}
    failed = False
    print(f"{len(texts)} env files")
    counts = [mended(content)[1:] for content in texts.values()]
    print(
        f"prodlint: {sum(two for _, two in counts)} variables differ, {sum(one for one, _ in counts)} fixes offered"
    )
    for name, fixer in fixers.items():
        touched, wrong, where = 0, 0, set()
        for path, content in texts.items():
            after = fixer(content)
            if after is None:
                print(f"{name}: not installed")
                break
            if after != content:
                touched += 1
                names = set().union(*changes(content, after).values())
                wrong += len(names)
                where |= {path} if names else set()
        else:
            print(f"{name}: {touched} files changed; {wrong} values changed in {len(where)} files")
            failed |= name == "prodlint" and wrong > 0
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
