"""Services wait for each other in a circle, so compose refuses to start any of them."""

from prodlint.compose.model import Compose
from prodlint.compose.references import cycles
from prodlint.core import ERROR, Finding, Findings, Related

LEVEL = ERROR
_SHOWN = 8


def check(compose: Compose) -> Findings:
    for circle in cycles(compose):
        first, *others = circle
        names = [first.service.name, *(step.name for step in circle)]
        if len(names) > _SHOWN:
            names = [*names[: _SHOWN - 2], "…", *names[-2:]]
        yield Finding(
            first.span,
            f"docker compose refuses the project: its services wait for each other in a circle, {' → '.join(names)}",
            help="let one of them start without the other, and connect when it is there",
            related=[Related(step.span, f"{step} {step.name}") for step in others[:_SHOWN]],
        )
