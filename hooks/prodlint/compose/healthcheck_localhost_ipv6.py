"""A healthcheck asks localhost with busybox's wget, which tries ::1 alone, and the server listens on IPv4."""

from prodlint.compose.model import Compose
from prodlint.core import WARNING, Finding, Findings, Related

LEVEL = WARNING


def check(compose: Compose) -> Findings:
    for test in compose.tests:
        if "localhost" not in test.span.text or "wget" not in test.span.text or not test.runs:
            continue
        from prodlint.compose.asked import listens_on_ipv4, localhost_by_busybox

        for service, _ in test.services:
            image = service.origin
            span = localhost_by_busybox(test, image)
            server = listens_on_ipv4(service) if span else None
            if image and span and server:
                yield Finding(
                    span,
                    f"{test.owner} asks localhost, for which the wget of {image.base} tries ::1 alone: "
                    f"{service.name} listens on IPv4, and is never healthy",
                    help="write 127.0.0.1",
                    related=[Related(server, "listens on IPv4"), *image.places, *test.places],
                )
                break
