"""A URL holds a literal password."""

from prodlint.core import ERROR, WARNING, Finding, Findings, Related
from prodlint.secrets.advice import instead
from prodlint.secrets.model import Secrets
from prodlint.secrets.values import RANDOM

LEVEL = ERROR


def check(secrets: Secrets) -> Findings:
    for login in secrets.logins:
        where = f"{login.name} is {login.a_kind}" if login.name else f"this is {login.a_kind}"
        random = login.strength == RANDOM
        harm = "whoever can read the repository can log in" if random else "and it is easy to guess"
        yield Finding(
            login.span,
            f"{where} URL with its password written out{':' if random else ','} {harm}",
            help=instead(login, secrets.scope.kind),
            related=[Related(other.span, "has the same password") for other in login.also],
            level=ERROR if random else WARNING,
            secret=True,
        )
