"""A token of a known provider is written in a file of the repository."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.secrets.model import Secrets

LEVEL = ERROR


def check(secrets: Secrets) -> Findings:
    for token in secrets.tokens:
        where = f"{token.name} holds" if token.name else "this is"
        yield Finding(
            token.span,
            f"{where} {token.a_kind}: whoever can read the repository can use it",
            help="revoke it at the provider, since git's history keeps it; read the new one from the environment",
            related=[Related(other.span, "holds the same token") for other in token.also],
            secret=True,
        )
