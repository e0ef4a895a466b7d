"""A secret is still the default of a template or tutorial, which everybody knows."""

from prodlint.core import ERROR, WARNING, Finding, Findings
from prodlint.env.model import EnvFile, short

LEVEL = ERROR


def check(env: EnvFile) -> Findings:
    for name, verdict in env.verdicts.items():
        if verdict.kind == "published":
            yield Finding(
                verdict.variable.raw,
                f"{short(name)} is a default that everybody knows: it stands in templates and on lists of passwords",
                help="make a new one: openssl rand -hex 32",
                level="" if verdict.live else WARNING,
                secret=True,
            )
