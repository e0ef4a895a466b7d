"""A variable that the schema requires is not set, or empty."""

from prodlint.core import ERROR, Findings
from prodlint.env.model import MISSING, EnvFile

LEVEL = ERROR


def check(env: EnvFile) -> Findings:
    yield from env.misfits(MISSING)
