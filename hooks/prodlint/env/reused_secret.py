"""One secret serves two purposes: what was made for the one is taken for the other."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.env.model import EnvFile, short

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    for name, verdict in env.verdicts.items():
        if verdict.other:
            other = short(verdict.other.name)
            yield Finding(
                verdict.variable.raw,
                f"{short(name)} has the value of {other}: what the one signs passes for what the other does",
                help="make one for each: openssl rand -hex 32",
                related=[Related(verdict.other.key, "has the same value")],
                secret=True,
            )
