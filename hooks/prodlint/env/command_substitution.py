"""A command stands in a value: only shells run it, and other programs get its text."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.env.model import EnvFile, short

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    if "$(" not in env.source.text and "`" not in env.source.text:
        return
    from prodlint.env import readings
    from prodlint.env.references import holds_command

    found = readings.of(env)
    if found is None:
        return
    for variable in env.values.values():
        takers = [
            loader
            for loader, reading in found.by_loader.items()
            if variable.name not in reading.unsure
            and holds_command(reading.values.get(variable.name))
        ]
        if takers and variable.quote != "'" and variable.key.line not in found.stumbles:
            yield Finding(
                variable.key,
                f"{takers[0]} sets {short(variable.name)} to the text of a command, not to what it prints",
                help="run the command yourself, and write what it prints",
                related=[Related(found.uses[takers[0]], f"{takers[0]} reads this file")],
                masked=[variable.raw],
            )
