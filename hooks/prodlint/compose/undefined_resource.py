"""A service uses a network, volume, secret, file or build that is declared nowhere or does not exist."""

from prodlint.compose.model import Compose
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    if not compose.services:
        return
    from prodlint.compose.resources import missing

    for one in missing(compose):
        yield Finding(
            one.span,
            f"{one.what}: {one.effect}",
            help=one.advice,
            related=one.others,
        )
