"""A gap for a credential was never filled in, in a file that is deployed."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.secrets.advice import instead
from prodlint.secrets.model import Secrets

LEVEL = WARNING


def check(secrets: Secrets) -> Findings:
    for gap in secrets.placeholders:
        yield Finding(
            gap.span,
            f"{gap.name} still holds a placeholder: what starts with it has a password that everybody knows",
            help=instead(gap, secrets.scope.kind),
            related=[
                Related(other.span, f"{other.name} has the same placeholder") for other in gap.also
            ],
            secret=True,
        )
