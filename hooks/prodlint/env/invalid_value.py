"""A value does not fit the schema: not a number, not a URL, too short, not one of the values allowed."""

from prodlint.core import ERROR, Findings
from prodlint.env.model import INVALID, EnvFile

LEVEL = ERROR


def check(env: EnvFile) -> Findings:
    yield from env.misfits(INVALID)
