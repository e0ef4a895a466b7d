"""What a file is for: which credentials in it are in use, and which are there to be read or tested with."""

import re
from functools import cached_property

COMPOSE, DOCKERFILE, KUBERNETES, ENV, WORKFLOW, SETTINGS, OTHER = (
    "compose",
    "dockerfile",
    "kubernetes",
    "env",
    "workflow",
    "settings",
    "other",
)
DEPLOYABLE = (COMPOSE, DOCKERFILE, KUBERNETES, ENV, SETTINGS)

_KINDS = (
    (r"(^|/)(docker-)?compose([._-][^/]*)?\.ya?ml$", COMPOSE),
    (r"(^|/)(Docker|Container)file([._-][^/]*)?$|\.([Dd]ocker|[Cc]ontainer)file$", DOCKERFILE),
    (r"(^|/)(\.env(rc|[._-][^/]*)?|[^/]+\.env([._-][^/]*)?|env\.[a-z]+)$", ENV),
    (
        r"^\.(github|gitea|forgejo)/workflows/|(^|/)action\.ya?ml$|(^|/)\.[^/]*ci[^/]*\.ya?ml$"
        r"|(^|/)\.(woodpecker|circleci|buildkite|drone|travis|semaphore)(/|\.ya?ml$)|(^|/)(azure|bitbucket)-pipelines\.ya?ml$",
        WORKFLOW,
    ),
    (
        r"(^|/)(\.npmrc|(application|bootstrap)([.-][^/]*)?\.ya?ml|appsettings[^/]*\.json|configuration\.ya?ml"
        r"|values([.-][^/]*)?\.ya?ml|[^/]+\.(conf|ini|toml|properties))$"
        r"|(^|/)settings/(base|common|prod(uction)?)\.py$|(^|/)(group_vars|host_vars|roles/[^/]+/(defaults|vars|tasks))/",
        SETTINGS,
    ),
)
# Settings that are there to be read; those of tools; words on the screen.
_SHOWN = (
    r"(?i)(^|/)(docs?|documentation|debian|packaging|contrib)/|(^|/)(pyproject|Cargo)\.toml$"
    r"|(^|/)[^/]*(message|label|text|string|error|validation)s?[^/]*\.properties$|_[a-z]{2}(_[a-z]{2})?\.properties$"
)
_EXAMPLE = (
    r"(?i)(^|[._-])(example|sample|template|tmpl|tpl|dist|defaults?|demo|skel(eton)?)s?([._-]|$)"
)
_EXAMPLE_HOST = r"(?i)(^|[/.@])example\.(com|org|net)(/|$)"
_TRIAL = (
    r"(?i)(^|[/._-])(dev|devel|develop|development|devcontainer|local|localhost|tests?|testing|ci|e2e"
    r"|override|sandbox|debug|integration|playwright|cypress|bench|benchmarks?|perf)([/._-]|$)"
)
_TESTED = (
    r"(?i)(^|[/._-])(tests?|testing|ci|e2e|devcontainer|playwright|cypress|benchmarks?)([/._-]|$)"
)
_FIXTURES = (
    r"(?i)(^|/)(tests?|[^/]*[_-]tests?|tests?[_-][^/]*|__tests__|specs?|fixtures?|testdata|testing|e2e|mocks?|__mocks__"
    r"|cassettes|__snapshots__|snapshots|samples?)/"
)


class Scope:
    """What a path and a text say of a file; each answer is made when it is asked for."""

    def __init__(self, path: str, text: str, everywhere: bool = False) -> None:
        """With `everywhere`, a file is taken for one in use wherever it lies."""
        self.path = path
        self.text = text
        self.everywhere = everywhere

    @cached_property
    def kind(self) -> str:
        """Who reads the file."""
        for pattern, kind in _KINDS:
            if re.search(pattern, self.path):
                return kind
        if self.path.endswith((".yaml", ".yml")):
            if self.text.startswith("apiVersion:") or "\napiVersion:" in self.text:
                return KUBERNETES
            if self.text.startswith("services:") or "\nservices:" in self.text:
                return COMPOSE if "image:" in self.text else OTHER
        return OTHER

    @cached_property
    def code(self) -> bool:
        """Whether it is a program, in which only texts are values."""
        return self.path.endswith((".py", ".js", ".cjs", ".mjs", ".ts", ".rb", ".php"))

    @cached_property
    def shell(self) -> bool:
        """Whether it is a script, or holds some: a value ends there at a space."""
        return self.kind == WORKFLOW or self.path.endswith((".sh", ".bash"))

    @cached_property
    def example(self) -> bool:
        """A file to be copied and filled in, or of an organisation that does not exist."""
        if self.everywhere:
            return False
        name = self.path.rpartition("/")[2]
        return bool(re.search(_EXAMPLE, name) or re.search(_EXAMPLE_HOST, self.path))

    @cached_property
    def fixture(self) -> bool:
        """The data of tests."""
        return self._is_named(_FIXTURES)

    @cached_property
    def tested(self) -> bool:
        """Whether tests or CI start something with what is written here."""
        return self.fixture or self._is_named(_TESTED)

    @cached_property
    def trial(self) -> bool:
        """Whether it is for development or for tests."""
        return self.fixture or self._is_named(_TRIAL)

    @cached_property
    def deployed(self) -> bool:
        """Whether something is started with what is written here, not for development and not for tests."""
        if self.everywhere:
            return True
        shown = self.kind == SETTINGS and self._is_named(_SHOWN)
        return self.kind in DEPLOYABLE and not (self.example or self.trial or shown)

    def _is_named(self, pattern: str) -> bool:
        return not self.everywhere and re.search(pattern, self.path) is not None
