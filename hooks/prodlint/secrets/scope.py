"""What a file is for: which credentials in it are in use, and which are there to be read or tested with."""

import re
from typing import NamedTuple

COMPOSE, DOCKERFILE, KUBERNETES, ENV, WORKFLOW, OTHER = (
    "compose",
    "dockerfile",
    "kubernetes",
    "env",
    "workflow",
    "other",
)
DEPLOYABLE = (COMPOSE, DOCKERFILE, KUBERNETES)

_KINDS = (
    (r"(^|/)(docker-)?compose([._-][^/]*)?\.ya?ml$", COMPOSE),
    (r"(^|/)(Docker|Container)file([._-][^/]*)?$|\.([Dd]ocker|[Cc]ontainer)file$", DOCKERFILE),
    (r"(^|/)(\.env(rc|[._-][^/]*)?|[^/]+\.env([._-][^/]*)?|env\.[a-z]+)$", ENV),
    (
        r"^\.(github|gitea|forgejo)/workflows/|(^|/)action\.ya?ml$|(^|/)\.[^/]*ci[^/]*\.ya?ml$",
        WORKFLOW,
    ),
)
_EXAMPLE = (
    r"(?i)(^|[._-])(example|sample|template|tmpl|tpl|dist|defaults?|demo|skel(eton)?)s?([._-]|$)"
)
_EXAMPLE_HOST = r"(?i)(^|[/.@])example\.(com|org|net)(/|$)"
_TRIAL = (
    r"(?i)(^|[/._-])(dev|devel|develop|development|devcontainer|local|localhost|tests?|testing|ci|e2e"
    r"|override|sandbox|debug|integration|playwright|cypress|bench|benchmarks?|perf)([/._-]|$)"
)
_FIXTURES = (
    r"(?i)(^|/)(tests?|[^/]*[_-]tests?|tests?[_-][^/]*|__tests__|specs?|fixtures?|testdata|testing|e2e|mocks?|__mocks__"
    r"|cassettes|__snapshots__|snapshots|samples?)/"
)


class Scope(NamedTuple):
    """`kind` says who reads the file.

    `example` is a file to be copied and filled in, `trial` one for development and tests, `fixture` the data of tests.
    """

    kind: str
    example: bool
    trial: bool
    fixture: bool

    @property
    def deployed(self) -> bool:
        """Whether something is started with what is written here."""
        return self.kind in DEPLOYABLE and not (self.example or self.trial or self.fixture)


def scope(path: str, text: str) -> Scope:
    name = path.rpartition("/")[2]
    return Scope(
        _kind(path, text),
        re.search(_EXAMPLE, name) is not None or re.search(_EXAMPLE_HOST, path) is not None,
        re.search(_TRIAL, path) is not None,
        re.search(_FIXTURES, path) is not None,
    )


def _kind(path: str, text: str) -> str:
    for pattern, kind in _KINDS:
        if re.search(pattern, path):
            return kind
    if path.endswith((".yaml", ".yml")):
        if text.startswith("apiVersion:") or "\napiVersion:" in text:
            return KUBERNETES
        if "image:" in text and (text.startswith("services:") or "\nservices:" in text):
            return COMPOSE
    return OTHER
