"""A healthcheck reads a variable of the container on the host, where nothing sets it: docker compose puts nothing there."""

from prodlint.compose.model import Compose, level
from prodlint.core import ERROR, Finding, Findings, Related

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    for test in compose.tests:
        if "$" not in test.span.text:
            continue
        from prodlint.compose.host_variables import host_variable

        if test.runs and (found := host_variable(test)):
            name, span, given = found
            shell = test.script is not None
            advice = (
                f"write $${name}" if shell else f"write CMD-SHELL, one text, and $${name} in it"
            )
            yield Finding(
                span,
                f"{test.owner} reads ${name} on the host, where nothing sets it: docker compose leaves it empty",
                help=f"{advice}: the shell in the container reads it",
                related=[Related(given, "sets it in the container only"), *test.places],
                level=level(span),
            )
