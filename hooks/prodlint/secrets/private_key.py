"""A private key is committed."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.secrets.model import Secrets

LEVEL = ERROR


def check(secrets: Secrets) -> Findings:
    for key in secrets.private_keys:
        where = f"{key.name} holds" if key.name else "this is"
        yield Finding(
            key.span,
            f"{where} {key.a_kind}: whoever can read the repository can take on the identity that it proves",
            help="make a new key and withdraw this one, since git's history keeps it; mount the new one as a secret file",
            related=[Related(other.span, "holds the same key") for other in key.also],
            secret=True,
        )
