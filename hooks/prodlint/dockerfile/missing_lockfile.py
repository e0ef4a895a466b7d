"""An install insists on a lock file that is not there when it runs."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR

# Every such install holds one of these.
_SIGNS = (
    " ci|clean-install|-clean| ic|--frozen|--immutable|--locked|--deployment|pipenv|UV_|BUNDLE_"
)
_MANIFESTS = ("package.json", "pyproject.toml", "Gemfile", "Pipfile", "Cargo.toml")


def check(dockerfile: Dockerfile) -> Findings:
    if not _may_insist(dockerfile):
        return
    from prodlint.dockerfile.context import named_by
    from prodlint.dockerfile.lockfiles import unlocked

    for install in unlocked(dockerfile):
        effect = "the build stops here" if install.fails else "it may take the newest versions"
        related, lack = named_by(dockerfile, dockerfile.contexts[0].folder), install.lack
        if lack is not None:
            copy = lack.copied.instruction.value_span
            related.append(Related(copy, f"would copy {lack.path}"))
            related += [Related(lack.ignoring, "leaves it out")] if lack.ignoring else []
        message = f"{install.text} needs {install.lock}, which {install.why}: {effect}"
        yield Finding(install.span, message, install.advice, related)


def _may_insist(dockerfile: Dockerfile) -> bool:
    """Whether the file holds what looks like such an install, and the repository a manifest for one."""
    return any(sign in dockerfile.source.text for sign in _SIGNS.split("|")) and any(
        path.rpartition("/")[2] in _MANIFESTS for path in dockerfile.project.files
    )
