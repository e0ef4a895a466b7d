"""An example lacks variables that its schema, the example of another profile, or a file in use has."""

from prodlint.core import WARNING, Finding, Findings
from prodlint.env.model import EnvFile

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    if not env.is_example or env.foreign or not env.variables:
        return
    from prodlint.env.appended import assignments
    from prodlint.env.drift import drift, told

    found = drift(env)
    if found:
        place = found.others[0].span
        yield Finding(
            env.variables[0].key,
            f"{env.path} lacks {told(found.lacks)}, which {place.path} has: who copies it does not learn of them",
            help="add the names, commented out where they are optional",
            related=found.others,
            masked=env.confidential(env.variables[0].key.line),
            fix=assignments(env, found.lacks, "# "),
        )
