"""The HEALTHCHECK passes whatever the service answers, so a broken container counts as healthy."""

from prodlint.core import ERROR, WARNING, Finding, Findings
from prodlint.dockerfile.advice import health_check
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    for one in dockerfile.health_checks:
        if one.missing or not one.image.runs:
            continue
        curl, part = one.lenient_curl, one.passing_end
        if one.always_passes:
            joined = part is not None and part.words[0] in "|;&"
            why = f"`{part.words}` makes it pass" if part else "it passes"
            yield Finding(
                one.passing_span,
                f"the HEALTHCHECK cannot fail: {why} whatever the service answers",
                "end it with `|| exit 1`" if joined else health_check(one.image),
                one.image.reasons,
            )
        elif curl:
            yield Finding(
                curl,
                "the HEALTHCHECK takes an answer of 500 for health: curl without --fail fails only when nobody answers",
                "write curl -fsS",
                one.image.reasons,
                WARNING,
            )
