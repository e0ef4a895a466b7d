"""Stub."""

from prodlint.ci.systems.given import System
from prodlint.ci.terms import ADVICE

CIRCLECI = System(lambda source, project: ([], []), str, ADVICE)
