"""Compose passes a build argument that the Dockerfile does not declare, so its value is lost."""

from prodlint.compose.model import Compose
from prodlint.core import ERROR, Finding, Findings, Related

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    for service in compose.services:
        if not service.last("build", "args"):
            continue
        from prodlint.compose.arguments import unknown

        lost = unknown(service)
        if not lost:
            continue
        (_, place), *others = lost.places.items()
        values = "their values are" if others else "its value is"
        yield Finding(
            place,
            f"{service.name} passes the {lost.shown}, which {lost.builder} does not declare: "
            f"{values} lost, with no more than a warning",
            help=lost.advice,
            related=[*lost.dockerfile, *(Related(span, f"passes {name}") for name, span in others)],
        )
