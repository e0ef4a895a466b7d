"""A command goes on after `&&`, `;` or `|`, and compose, which starts no shell, drops all that follows."""

from prodlint.compose.model import Compose, level
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR
_KEYS = ("entrypoint", "command")


def check(compose: Compose) -> Findings:
    for service in compose.services:
        for key in _KEYS:
            value = service.last(key) if key in service.written else None
            if not value:
                continue
            from prodlint.compose.operators import dropped

            if not (cut := dropped(value)):
                continue
            yield Finding(
                cut.span,
                f"{service.name} never runs what follows `{cut.operator}`: compose starts no shell for {key}, and drops it",
                help=f'let a shell read it:\n{key}: ["sh", "-c", "… {cut.operator} …"]',
                level=level(cut.span),
            )
