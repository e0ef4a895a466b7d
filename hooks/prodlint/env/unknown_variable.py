"""A variable is set that the schema does not know: misspelt, renamed, or not documented."""

from prodlint.core import ERROR, Findings
from prodlint.env.model import UNKNOWN, EnvFile

LEVEL = ERROR


def check(env: EnvFile) -> Findings:
    yield from env.misfits(UNKNOWN)
