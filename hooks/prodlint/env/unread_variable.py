"""An example asks for a variable that nothing reads: what people set there has no effect."""

from prodlint.core import WARNING, Finding, Findings
from prodlint.env.model import EnvFile, short

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    if not env.is_example or env.foreign or not env.variables:
        return
    from prodlint.env.unread import unread

    for variable in unread(env):
        yield Finding(
            variable.key,
            f"{short(variable.name)} is read nowhere in this repository: setting it has no effect",
            help="remove the line, or let the code read it",
            masked=env.confidential(variable.key.line),
        )
