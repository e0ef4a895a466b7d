"""A secret is easier to guess than the schema allows, or than anything that signs may be."""

from prodlint.core import ERROR, WARNING, Finding, Findings
from prodlint.env.model import WEAK, EnvFile, short

LEVEL = ERROR


def check(env: EnvFile) -> Findings:
    yield from env.misfits(WEAK)
    for name, verdict in env.verdicts.items():
        if verdict.kind == "guessable":
            yield Finding(
                verdict.variable.raw,
                f"{short(name)} can be guessed: who finds it out offline can sign what the application trusts",
                help="make a new one: openssl rand -hex 32",
                level="" if verdict.live else WARNING,
                secret=True,
            )
