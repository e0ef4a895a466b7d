"""A line of an env file that no loader takes as meant: no assignment, a quote left open, a merge conflict."""

from prodlint.core import ERROR, Finding, Findings
from prodlint.env.model import EnvFile

LEVEL = ERROR


def check(env: EnvFile) -> Findings:
    for fault in env.faults:
        yield Finding(
            fault.span, fault.message, fault.help, secret=fault.secret, masked=fault.masked
        )
