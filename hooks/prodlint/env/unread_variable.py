"""An example asks for a variable that nothing reads: what people set there has no effect."""

from prodlint.core import WARNING, Finding, Findings
from prodlint.env.model import EnvFile, short

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    if not env.is_example or env.foreign or not env.variables:
        return
    from prodlint.env.together import together
    from prodlint.env.unread import unread

    for first, *others in together(unread(env), lambda variable: variable.key):
        name = short(first.name)
        message = f"{name} is read nowhere in this repository: setting it has no effect"
        help = "remove the line, or let the code read it"
        if others:
            message = f"{name} and {len(others)} more variables are read nowhere in this repository: setting them has no effect"
            names = ", ".join(short(variable.name) for variable in others)
            help = f"remove these lines, or let the code read them: {name}, {names}"
        yield Finding(first.key, message, help, masked=env.confidential(first.key.line))
