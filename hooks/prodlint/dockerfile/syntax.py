"""Docker cannot build the file: BuildKit refuses it."""

from prodlint.core import ERROR, Finding, Findings
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    for fault in dockerfile.faults:
        yield Finding(fault.span, fault.message, fault.help)
