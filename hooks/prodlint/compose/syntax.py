"""A compose file cannot be read: broken YAML, a template, a conflict left in, or the format without `services:`."""

from prodlint.compose.model import Compose
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    for fault in compose.faults:
        yield Finding(fault.span, fault.message, help=fault.help, secret=fault.secret)
