"""A value refers to a variable that nothing sets: nothing stands in its place."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.env.model import EnvFile, short

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    if "$" not in env.source.text:
        return
    from prodlint.env import readings
    from prodlint.env.references import undefined

    found = readings.of(env)
    if found is None:
        return
    for variable, loader, name, braced, later in undefined(env, found):
        plain = braced or (name.isupper() and not env.is_confidential(variable))
        what = f"${{{short(name)}}}" if plain else "what follows a `$`"
        why = "is set only further down" if later else "is set nowhere"
        related = [Related(found.uses[loader], f"{loader} reads this file")]
        yield Finding(
            variable.key,
            f"{short(variable.name)} refers to {what}, which {why}: {loader} puts nothing in its place",
            help="move the line that sets it above this one"
            if later
            else "set it above; if the `$` is meant as text, put single quotes around the value",
            related=[*related, *([Related(later, f"sets {short(name)}")] if later else [])],
            masked=[variable.raw],
        )
