"""An env file with secrets is in the repository: whoever can read the code has them, for as long as git remembers."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.core.names import listed
from prodlint.env.model import EnvFile, short

LEVEL = ERROR


def check(env: EnvFile) -> Findings:
    if env.is_example or not env.variables:
        return
    from prodlint.core.secret_names import secret_name

    if "://" not in env.source.text and not any(secret_name(name) for name in env.values):
        return
    from prodlint.env.committed import is_real, secrets

    found = secrets(env) if is_real(env) else []
    if found and env.project.tracks(env.path) is not False:
        names = listed([short(variable.name) for variable in found])
        first = env.variables[0]
        yield Finding(
            first.key,
            f"{env.path} is in the repository, with {names}",
            help=f"replace what is in it where it was given out, then: git rm --cached {env.path}; echo '{env.path}' >> .gitignore",
            related=[Related(variable.key, "a secret") for variable in found[:4]],
            masked=env.confidential(first.key.line),
        )
