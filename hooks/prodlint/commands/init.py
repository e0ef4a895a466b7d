"""Write a first .env.schema.yaml, guessed from .env.example and the code, to be reviewed: `init env`."""

import os
from collections.abc import Sequence

from prodlint.console import Stop, note, show
from prodlint.core import config
from prodlint.core.project import Project
from prodlint.paths import located

USAGE = "env [FOLDER]"
_EXAMPLES = (".env.example", ".env.sample", ".env.template", ".env.dist", "env.example", ".env")


def run(words: Sequence[str]) -> int:
    if not words or words[0] != "env" or len(words) > 2 or any(w.startswith("-") for w in words):
        raise Stop("init takes `env` and a folder, or a file such as .env.example")
    root, named = located(list(words[1:]) or ["."])
    try:
        project = Project(root, config.find(root, None), named or ())
    except config.BadConfig as why:
        raise Stop(str(why)) from None
    given = named[0] if named else ""
    example = given if os.path.isfile(os.path.join(root, given)) else _example(project, given)
    source = project.source(example)
    if source is None:
        raise Stop(f"{example}: cannot be read")
    target = os.path.join(root, os.path.dirname(example), ".env.schema.yaml")
    from prodlint.env import infer

    found = infer.guesses(source, _read_in(project, os.path.dirname(example)))
    text = infer.written(found, source, project.shown(example))
    try:
        with open(target, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Stop(f"{os.path.relpath(target)} exists already: nothing was written") from None
    except OSError as why:
        raise Stop(f"{os.path.relpath(target)}: {why.strerror}") from None
    secrets = sum("secret" in guess.keywords for guess in found)
    show(
        f"{os.path.relpath(target)}: {len(found)} variables, {secrets} of them secret; review each line\n"
    )
    if not Project(root, project.config).has(os.path.relpath(target, root).replace(os.sep, "/")):
        note(["git ignores it, so prodlint does not see it: add !.env.schema.yaml to .gitignore"])
    return 0


def _example(project: Project, folder: str) -> str:
    prefix = f"{folder}/" if folder else ""
    for name in _EXAMPLES:
        if project.has(prefix + name):
            return prefix + name
    raise Stop(f"no {_EXAMPLES[0]} in {folder or '.'} to guess from")


def _read_in(project: Project, folder: str) -> dict[str, str]:
    """The first place below a folder at which code reads each variable, as `src/db.ts:3`, by its name."""
    from prodlint.env.reads import code

    found = {}
    for name, reads in project.once(code).reads.items():
        below = [
            read.span for read in reads if not folder or read.span.path.startswith(f"{folder}/")
        ]
        if below:
            first = min(below, key=lambda span: (span.path, span.start))
            found[name] = f"{first.path}:{first.line}"
    return found
