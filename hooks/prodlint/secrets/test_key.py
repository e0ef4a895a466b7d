"""A key that a provider gave out for tests is written in a file of the repository."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.secrets.model import Secrets

LEVEL = WARNING


def check(secrets: Secrets) -> Findings:
    for key in secrets.test_keys:
        where = f"{key.name} holds" if key.name else "this is"
        yield Finding(
            key.span,
            f"{where} {key.a_kind}: nothing works with it in production, and whoever can read the repository can use it",
            help="read it from the environment, as the live key will be",
            related=[Related(other.span, "holds the same key") for other in key.also],
            secret=True,
        )
