"""A Kubernetes Secret holds a credential in base 64, which anybody can read."""

from prodlint.core import ERROR, WARNING, Finding, Findings, Related
from prodlint.secrets.model import Secrets
from prodlint.secrets.values import RANDOM

LEVEL = ERROR


def check(secrets: Secrets) -> Findings:
    for secret in secrets.encoded:
        random = secret.strength == RANDOM
        harm = "whoever can read the repository has it" if random else "it is easy to guess too"
        yield Finding(
            secret.span,
            f"{secret.name} stands here in base 64, which hides nothing: {harm}",
            help="change it, and seal it before it is committed (Sealed Secrets, SOPS), or fetch it with External Secrets",
            related=[Related(other.span, f"{other.name} holds the same") for other in secret.also],
            level=ERROR if random else WARNING,
            secret=True,
        )
