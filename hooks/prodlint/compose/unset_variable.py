"""A secret comes from a variable that nothing sets or asks for: without it, compose goes on with an empty text."""

from prodlint.compose.model import Compose
from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.core.names import listed

LEVEL = WARNING


def check(compose: Compose) -> Findings:
    if not compose.services or not any("$" in one.source.text for one in compose.files):
        return
    from prodlint.compose.unset import unset

    for variables in unset(compose).values():
        first, *others = variables
        names = [one.name for one in variables]
        yield Finding(
            first.span,
            f"no env file of the repository names {listed(names)}: where nobody sets {'them' if others else 'it'}, "
            "compose goes on with an empty text, and no more than a warning",
            help=f"write ${{{first.name}:?}}, which stops compose where it is not set, and name it in .env.example",
            related=[Related(one.span, f"is empty where {one.name} is not set") for one in others],
        )
