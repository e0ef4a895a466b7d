"""A value that was to be replaced still stands in a file that is no example."""

from prodlint.core import ERROR, WARNING, Finding, Findings
from prodlint.env.model import EnvFile, short

LEVEL = ERROR


def check(env: EnvFile) -> Findings:
    for name, verdict in env.verdicts.items():
        if verdict.kind == "placeholder":
            yield Finding(
                verdict.variable.raw,
                f"{short(name)} still holds the placeholder of the example: the application starts with it",
                help="fill it in, or remove the line if the platform sets it",
                level="" if verdict.live else WARNING,
                secret=env.is_confidential(verdict.variable),
            )
