"""A password, or the default of one, is written in a file that is deployed."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.secrets.advice import instead
from prodlint.secrets.model import Secrets
from prodlint.secrets.values import RANDOM

LEVEL = WARNING
# Nobody tries passphrases of more characters than this.
GUESSED = 20


def check(secrets: Secrets) -> Findings:
    for password in secrets.passwords:
        if password.variable:
            holder = password.name if password.name != password.variable else "it"
            what = f"when {password.variable} is not set, {holder or 'it'} gets a value that everybody can read here"
        elif password.strength == RANDOM or len(password.span.text) > GUESSED:
            what = f"{password.name} is written out: whoever can read the repository has it"
        else:
            what = f"{password.name} is written out, and easy to guess"
        yield Finding(
            password.span,
            what,
            help=instead(password, secrets.scope.kind),
            related=[
                Related(other.span, f"{other.name} has the same value") for other in password.also
            ],
            secret=True,
        )
