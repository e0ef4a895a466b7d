"""The whole source is copied before the dependencies are installed, so that every change installs them again."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.model import Dockerfile

LEVEL = WARNING

# Every such install holds one of these.
_SIGNS = ("install", "npm ci", "npm i", "yarn", "bun i", "sync")


def check(dockerfile: Dockerfile) -> Findings:
    if not _may_be_late(dockerfile):
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


def _may_be_late(dockerfile: Dockerfile) -> bool:
    """Whether what looks like an install stands below a copy of what looks like a folder, in one stage."""
    copied = False
    for one in dockerfile.instructions:
        if one.keyword == "FROM":
            copied = False
        elif one.keyword in ("COPY", "ADD"):
            sources = one.arguments.split()[:-1]
            copied |= any(word[0] in "[." or "." not in word for word in sources)
        elif one.keyword == "RUN" and copied and _may_install(one):
            return True
    return False


def _may_install(one: Instruction) -> bool:
    return bool(one.heredocs) or any(sign in one.value for sign in _SIGNS)
