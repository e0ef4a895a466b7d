"""The whole source is copied before the dependencies are installed, so that every change installs them again."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.dockerfile.model import Dockerfile

LEVEL = WARNING

# Every such install holds one of these.
_SIGNS = ("install", "npm ci", "npm i", "yarn", "bun i", "sync")


def check(dockerfile: Dockerfile) -> Findings:
    if not any(sign in dockerfile.source.text for sign in _SIGNS):
        return
    from prodlint.dockerfile.layers import late

    for one in late(dockerfile):
        yield Finding(
            one.copy.instruction.value_span,
            f"the whole source is copied before {one.text}, so that any change of it installs everything again",
            "\n".join(
                ["copy first what the install reads, and the source after it:", *one.instead]
            ),
            [Related(one.install, "installs the dependencies")],
        )
