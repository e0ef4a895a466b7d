"""The models of what loaders read from env files beside the loaders themselves, on every env file below folders.

    python bench/env_loaders.py DIR...

python-dotenv is a dependency; node's dotenv is taken from the folder that NODE_PATH names; bash runs a file only where nothing
but assignments and words that name no program can run; docker compose is found as in the tests. Prints for each loader how
many files and variables agree, and the files that do not, by name alone. Exits 1 when one differs.
"""

import sys

from common import ROOT, env_files, text

sys.path[:0] = [str(ROOT / "tests")]

import env_oracle  # noqa: E402
from prodlint.env.loaders import read  # noqa: E402


def main(folders: list[str]) -> int:
    texts = {path: content for path in env_files(folders) if (content := text(path)) is not None}
    print(f"{len(texts)} env files")
    differing = 0
    for loader, ask in env_oracle.ORACLES.items():
        if why := env_oracle.missing(loader):
            print(f"{loader}: {why}")
            continue
        asked = {
            path: content for path, content in texts.items() if env_oracle.may_ask(loader, content)
        }
        answers = dict(zip(asked, ask(list(asked.values())), strict=True))
        wrong = [
            path
            for path, content in asked.items()
            if not env_oracle.agrees(read(loader, content), answers[path])
        ]
        variables = sum(len(answer.values) for answer in answers.values())
        print(
            f"{loader}: {len(asked) - len(wrong)} of {len(asked)} files agree, {variables} variables"
        )
        for path in wrong:
            print(f"  {path}")
        differing += len(wrong)
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
