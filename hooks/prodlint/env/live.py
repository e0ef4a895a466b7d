"""Random secrets in files that are there to be copied."""

import re
from collections.abc import Iterator

from prodlint.env.own import bits
from prodlint.env.placeholder import is_placeholder
from prodlint.env.published import is_published
from prodlint.env.reader import Variable
from prodlint.env.secrecy import is_secret
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile

_RANDOM_BITS = 80
# What begins like a token, and pairs of keys.
_OWN_FORM = (
    r"^(?:[A-Za-z]{2,6}[-_](?:live|test|prod)?[-_]?[A-Za-z0-9]{8}|gh[pousr]_|github_pat_|glpat-|xox[abps]-|A[KS]IA|AIza|SG\."
    r"|sk-|eyJ|npm_|dop_|shp|EAA|-----BEGIN|hf_|pypi-|key-|https?:)"
)
_ELSEWHERE = r"\$|://|[{}<>()\s]|^/|\.(?:pem|key|json|crt|com|org|net|io)$|^[A-Z][A-Z0-9_]*$"
_RUNS = r"(?i)01234|12345|abcdef|98765|(.)\1{3}|example|sample|test|dummy|fake|demo|secret|token"
_TRIAL = (
    r"(?i)(?:^|[/._-])(?:tests?|testing|ci|e2e|fixtures?|mocks?|local|dev|development)(?:[/._-]|$)"
)


def live_secrets(env: "EnvFile") -> Iterator[Variable]:
    """The secrets of an example that look as if a generator had made them."""
    if re.search(_TRIAL, env.path):
        return
    for name, variable in env.values.items():
        value = variable.value or ""
        if 16 <= len(value) <= 500 and is_secret(name, None) and _is_random(value):
            yield variable


def _is_random(value: str) -> bool:
    if re.search(_OWN_FORM, value) or re.search(_ELSEWHERE, value) or re.search(_RUNS, value):
        return False
    if is_placeholder(value) or is_published(value) or bits(value) < _RANDOM_BITS:
        return False
    from prodlint.secrets.tokens import tokens

    if tokens(value):
        return False  # secrets/leaked-token has it
    digits, letters = sum(map(str.isdigit, value)), sum(map(str.isalpha, value))
    return (
        digits >= 2 and letters >= 2 and len(set(value)) >= 9 and not re.search(r"[a-z]{6}", value)
    )
