"""Print the schema of env files in another form: --json (JSON Schema), --docs (Markdown) or --types typescript|python."""

import json
import os
from collections.abc import Sequence

from prodlint.console import Stop, note, show
from prodlint.core import config
from prodlint.core.project import Project
from prodlint.options import Option, parse
from prodlint.paths import located
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.env.schema import Schema

USAGE = "[FOLDER]"
_OPTIONS = [
    Option("--json", "", "JSON Schema 2020-12"),
    Option("--docs", "", "a table in Markdown"),
    Option("--types", "LANGUAGE", "declarations", ("typescript", "python")),
    Option("--profile", "NAME", "of one profile, such as production"),
]


def run(words: Sequence[str]) -> int:
    given, paths = parse(words, _OPTIONS)
    if (
        sum(bool(given[option]) for option in ("--json", "--docs", "--types")) != 1
        or len(paths) > 1
    ):
        raise Stop("schema takes one of --json, --docs and --types, and at most one folder")
    root, named = located(paths or ["."])
    try:
        project = Project(root, config.find(root, None), named or ())
        schema = _schema(project, named[0] if named else "")
    except config.BadConfig as why:
        raise Stop(str(why)) from None
    profile = given["--profile"][-1] if given["--profile"] else None
    if profile is not None and profile not in schema.profiles:
        raise Stop(f"no profile {profile} in the schema: {', '.join(schema.profiles) or 'none'}")
    if schema.plain is not None and not given["--json"]:
        raise Stop(f"{schema.source.path} is a plain JSON Schema: only --json prints it")
    show(_printed(schema, profile, given), quotes_files=True)
    note(project.notes)
    return 0


def _printed(schema: "Schema", profile: str | None, given: dict[str, list[str]]) -> str:
    from prodlint.env import declarations
    from prodlint.env.canonical import canonical

    if given["--json"]:
        return json.dumps(canonical(schema, profile), indent=2) + "\n"
    if given["--docs"]:
        return declarations.markdown(schema, profile)
    writer = (
        declarations.typescript if given["--types"][-1] == "typescript" else declarations.python
    )
    return writer(schema, profile)


def _schema(project: Project, path: str) -> "Schema":
    from prodlint.env import names
    from prodlint.env.schema_file import parse as read

    folder = path if os.path.isdir(os.path.join(project.root, path)) else os.path.dirname(path)
    for candidates in names.schemas(f"{folder}/.env" if folder else ".env"):
        for name in candidates:
            if project.has(name) and (schema := project.parsed(name, read)):
                return schema
    raise Stop(f"no {names.SCHEMAS[0]} in {folder or '.'} or above: `prodlint init env` writes one")
