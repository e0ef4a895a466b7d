"""A healthcheck runs a program that the image does not have, so the service is never healthy."""

from prodlint.compose.model import Compose, Service, level
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    for service in compose.services:
        call = service.missing_program
        image = service.origin if call else None
        if not call or not image:
            continue
        runs = "needs a shell" if call.name == "sh" else f"runs {call.name}"
        yield Finding(
            call.span,
            f"{service.name}'s healthcheck {runs}, which {image.base} does not have{_unbuilt(service)}: "
            f"{service.name} is never healthy{_stuck(service)}",
            help=service.instead,
            related=[*call.places, *image.places],
            level=level(call.span),
        )


def _unbuilt(service: Service) -> str:
    builder = service.origin.builder if service.origin else ""
    return f" and {builder} does not install" if builder else ""


def _stuck(service: Service) -> str:
    return f", and {service.waited_for[0].service.name} never starts" if service.waited_for else ""
