"""A healthcheck passes whatever the service answers, so a broken service counts as healthy."""

from prodlint.compose.model import Compose, level
from prodlint.core import ERROR, WARNING, Finding, Findings, Span
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.healthcheck import Test

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    for test in compose.tests:
        if test.always_passes and test.runs:
            part = test.passing_end
            joined = part is not None and part.words[0] in "|;&"
            why = f"`{part.words}` makes it pass" if part else "it passes"
            span = test.locate(part.start, part.end) if part else test.span
            yield Finding(
                span,
                f"{test.owner} cannot fail: {why} whatever the service answers",
                help="end it with `|| exit 1`" if joined else test.services[0][0].recipe,
                related=test.places,
                level=level(span),
            )
        elif (curl := test.lenient_curl) and test.runs:
            yield Finding(
                curl,
                f"{test.owner} takes an answer of 500 for health: curl without --fail fails only when nobody answers",
                help="write curl -fsS",
                related=test.places,
                level=WARNING,
            )
        elif "-cli" in test.span.text and (ping := _unheard_ping(test)) and test.runs:
            yield Finding(
                ping,
                f"{test.owner} gives no password, which the server demands, and takes the refusal for health",
                help="set REDISCLI_AUTH in the environment of the service, and let `grep -q PONG` read the answer",
                related=test.places,
                level=WARNING,
            )


def _unheard_ping(test: "Test") -> "Span | None":
    from prodlint.compose.asked import ping_without_password

    return ping_without_password(test)
