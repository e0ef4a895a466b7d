"""A secret is in a variable that the bundler writes into the code of browsers, where everybody can read it."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.env.model import EnvFile, short

LEVEL = ERROR
_MARKS = ("PUBLIC_", "VITE_", "_APP_", "GATSBY_")


def check(env: EnvFile) -> Findings:
    text = env.source.text
    if env.foreign or not (env.is_example or any(word in text for word in _MARKS)):
        return
    from prodlint.env.client import exposed

    for item in exposed(env):
        here = item.span.path == env.path
        yield Finding(
            item.span,
            f"{short(item.name)} {'has the value of' if item.by_value else 'is'} a secret, and {item.prefix} writes it into the"
            " code that every browser loads",
            help=f"rename it to {short(item.name.removeprefix(item.prefix))}, read it on the server only, and replace the secret"
            " if it was ever deployed",
            related=() if here else [Related(env.source.line_span(1), "the env file of this code")],
            masked=env.confidential(item.span.line) if here else (),
        )
