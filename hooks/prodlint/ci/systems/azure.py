"""Stub."""

from prodlint.ci.systems.given import System
from prodlint.ci.terms import ADVICE

AZURE = System(lambda source, project: ([], []), str, ADVICE)
