"""Nothing keeps git from taking an env file with secrets: the next `git add .` does."""

from prodlint.core import WARNING, Finding, Findings
from prodlint.env.model import EnvFile

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    if not env.variables or env.foreign:
        return
    from prodlint.core.secret_names import secret_name

    if not any(secret_name(variable.name) for variable in env.variables):
        return
    from prodlint.env.committed import is_real, taken_copy

    path = taken_copy(env) if env.is_example else env.path
    if path is None:
        return
    if not env.is_example and (not is_real(env) or env.project.tracks(path) is not False):
        return
    first = env.variables[0].key
    made = (
        f"people copy this file to {path}, with secrets in it, and"
        if env.is_example
        else f"{path} holds secrets, and"
    )
    yield Finding(
        first,
        f"{made} no .gitignore keeps git from taking it",
        help=f"echo '{path.rpartition('/')[2]}' >> .gitignore",
        masked=env.confidential(first.line),
    )
