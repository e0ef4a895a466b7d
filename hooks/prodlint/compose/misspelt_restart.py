"""A restart policy that Docker does not know: the container is not created."""

from prodlint.compose import restart
from prodlint.compose.model import Compose
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR
_PATHS = (("restart",), ("deploy", "restart_policy", "condition"))


def check(compose: Compose) -> Findings:
    for service in compose.services:
        for path in _PATHS:
            policy = service.last(*path)
            if not policy or not policy.text:
                continue
            if restart.known(policy):
                continue
            yield Finding(
                policy.place,
                f"{service.name}: Docker knows no restart policy `{policy.text}`, so its container is not created",
                help=restart.instead(policy.text, *path),
            )
