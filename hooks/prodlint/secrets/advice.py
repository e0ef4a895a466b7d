"""What to write instead of a literal credential, by the file that it stands in."""

import re

from prodlint.secrets.model import Secret
from prodlint.secrets.scope import COMPOSE, DOCKERFILE, KUBERNETES


def instead(secret: Secret, kind: str) -> str:
    """One sentence for a file of this kind."""
    if kind == COMPOSE:
        name = secret.variable or secret.name
        name = name if re.fullmatch(r"[A-Z][A-Z0-9_]*", name) else "PASSWORD"
        return f"write ${{{name}:?}}, so that compose refuses to start without it, and set {name} outside of git"
    if kind == DOCKERFILE:
        return "leave it out of the image: pass it when the container starts, or mount it with RUN --mount=type=secret"
    if kind == KUBERNETES:
        return "take it from a Secret that is not in the repository, with valueFrom.secretKeyRef"
    return "read it from the environment and change it, since git's history keeps it"
