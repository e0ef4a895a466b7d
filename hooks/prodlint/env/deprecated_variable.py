"""A variable is set that the schema calls deprecated or renamed."""

from prodlint.core import WARNING, Findings
from prodlint.env.model import DEPRECATED, EnvFile

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    yield from env.misfits(DEPRECATED)
