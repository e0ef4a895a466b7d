"""An example holds a random secret: whoever copies it runs with one that everybody can read."""

from prodlint.core import WARNING, Finding, Findings
from prodlint.env.model import EnvFile, short

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    if not env.is_example or env.foreign:
        return
    from prodlint.env.live import live_secrets

    for variable in live_secrets(env):
        yield Finding(
            variable.raw,
            f"{short(variable.name)} holds a random value in an example: it is a live secret, or will be that of"
            " everybody who copies the file",
            help="replace it if it was ever used, and leave the value empty here",
            secret=True,
        )
