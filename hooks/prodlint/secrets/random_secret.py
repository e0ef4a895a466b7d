"""A password, secret or key that a generator made is written in a file of the repository."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.secrets.advice import instead
from prodlint.secrets.model import Secrets

LEVEL = ERROR


def check(secrets: Secrets) -> Findings:
    for secret in secrets.random:
        name = secret.variable or secret.name
        yield Finding(
            secret.span,
            f"{name} holds a value that was made to be kept secret: whoever can read the repository has it",
            help=instead(secret, secrets.scope.kind),
            related=[
                Related(other.span, f"{other.name or 'this'} holds the same value")
                for other in secret.also
            ],
            secret=True,
        )
