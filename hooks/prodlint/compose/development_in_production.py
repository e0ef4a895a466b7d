"""A service runs as for a developer: with a development server, with debugging on, or from a mounted source."""

from prodlint.compose.model import Compose
from prodlint.core import ERROR, WARNING, Finding, Findings, Related

LEVEL = ERROR
# Without any of them, no file says anything of a developer.
_WORDS = ("command", "entrypoint", "./", ".:", "ENV", "dev", "Dev", "debug", "DEBUG")


def check(compose: Compose) -> Findings:
    if not any(word in text for text in compose.texts for word in _WORDS):
        return
    from prodlint.compose.development import development, is_certain

    for service, signs in development(compose):
        first, *others = signs
        yield Finding(
            first.place,
            f"{service.name} {first.text}: {first.effect}",
            help=first.advice,
            related=[
                *first.related,
                *(Related(sign.place, f"{service.name} {sign.text}") for sign in others),
            ],
            level="" if is_certain(compose, signs) else WARNING,
        )
