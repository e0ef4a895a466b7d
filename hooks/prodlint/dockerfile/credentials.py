"""Credentials that end up in an image: files that are copied into it, and build arguments that its history keeps."""

import posixpath
import re
from collections.abc import Iterator

from prodlint.core.secret_names import secret_name
from prodlint.core.source import Span
from prodlint.dockerfile.context import copied
from prodlint.dockerfile.instruction import Instruction
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.dockerfile.model import Dockerfile
    from prodlint.dockerfile.stage import Stage

# Names of files and folders that hold nothing but credentials.
_FILES = """
id_rsa id_dsa id_ecdsa id_ed25519 .netrc _netrc .git-credentials .pypirc .pgpass .ssh .aws .gnupg .kube kubeconfig privkey.pem
private.pem private.key privatekey.pem private_key.pem private-key.pem *-key.pem *_key.pem *.p12 *.pfx credentials.json
*-credentials.json *_credentials.json client_secret*.json service-account*.json service_account*.json serviceaccount*.json
firebase-adminsdk*.json secrets.json secrets.y*ml
"""
# Files that hold credentials or something else: the name alone does not tell.
_ENV = ".env .env.* .env-* .env_* *.env .env*"
_EXAMPLES = """
example examples sample template tpl dist default defaults schema test tests ci docs vault d encrypted enc sops public
"""
_PRIVATE_KEY = "PRIVATE KEY-----"
_NPM_LOGIN = r"(?m)^[^#;\n]{0,200}(?:_authToken|_auth|_password)[ \t]*=[ \t]*(?!\$\{)\S"


class CopiedSecret(NamedTuple):
    """A source of COPY or ADD that holds credentials: where it stands, and its file in the repository, if it is tracked."""

    name: str
    span: Span
    instruction: Instruction
    tracked: str | None


class BuildSecret(NamedTuple):
    """An ARG that is named as a secret, and the first instruction that keeps what it is given."""

    name: str
    span: Span
    kept_by: Instruction


def build_secrets(stage: "Stage") -> Iterator[BuildSecret]:
    """The build arguments of a stage's image that docker history shows, the first first.

    The history of every RUN below an ARG lists what the build was given for it, whether or not the command uses it.
    """
    for one_stage in reversed(stage.chain):
        declared: dict[str, Span] = {}
        for one in one_stage.instructions:
            if one.keyword == "ARG":
                for pair in one.pairs:
                    default = (
                        pair.value
                        if pair.value is not None
                        else stage.document.global_argument(pair.name)
                    )
                    if secret_name(pair.name) and not (default or "").strip("\"'"):
                        declared.setdefault(pair.name, one.at(pair.start, pair.end))
            elif declared and one.keyword == "RUN":
                yield from (BuildSecret(name, span, one) for name, span in declared.items())
                declared = {}
            elif declared and one.keyword == "ENV":
                used = re.findall(r"\$\{?(\w+)", one.value)
                for name in [name for name in dict.fromkeys(used) if name in declared]:
                    yield BuildSecret(name, declared.pop(name), one)


def copied_secrets(stage: "Stage") -> Iterator[CopiedSecret]:
    """The sources of COPY and ADD that bring credentials into a stage's image, the first first."""
    found = []
    for one in copied(stage):
        name = posixpath.basename(one.source.rstrip("/"))
        if not _suspicious(name):
            continue
        word = next(word for word in one.instruction.words if word.text == one.text)
        span = one.instruction.at(word.start, word.end)
        copied_on = one.origin is not None
        files = (_tracked if copied_on else _sources)(
            stage.document, name if copied_on else one.source
        )
        if files is None:
            continue
        held = [path for path in files if holds_secrets(stage.document, path)]
        # A build may make a settings.env, and Go's toolchain has a go.env: only what is tracked tells.
        known = name.startswith(".") or not name.endswith(".env")
        if held or (not files and known and name != ".npmrc"):
            found.append(CopiedSecret(one.source, span, one.instruction, held[0] if held else None))
    yield from reversed(found)


def _suspicious(name: str) -> bool:
    lower = name.lower()
    if not set(_EXAMPLES.split()).isdisjoint(re.split(r"[._*-]+", lower)) or lower.endswith(".pub"):
        return False
    return lower == ".npmrc" or _fits(lower, _FILES) or _fits(lower, _ENV)


def _fits(name: str, patterns: str) -> bool:
    """Whether a name is one of the patterns, of which each holds one `*` at most."""
    for pattern in patterns.split():
        front, star, end = pattern.partition("*")
        if star and len(name) >= len(front) + len(end):
            if name.startswith(front) and name.endswith(end):
                return True
        elif name == pattern:
            return True
    return False


def _tracked(document: "Dockerfile", name: str) -> list[str]:
    """The files of this name anywhere in the repository."""
    return [path for path in document.project.files if posixpath.basename(path) == name]


def _sources(document: "Dockerfile", source: str) -> list[str] | None:
    """The tracked files that a source names; None when an ignore file keeps it out of the context, or it is no file at all."""
    contexts = document.contexts
    if all(context.ignores(posixpath.normpath(source.lstrip("/"))) for context in contexts):
        return None
    files = []
    for path in (path for context in contexts for path in context.find(source)):
        if document.project.has(path):
            files.append(path)
        elif posixpath.basename(path) in _FILES.split():
            files += document.project.below(path)
        else:
            return None
    return files or _tracked(document, posixpath.basename(source))


def holds_secrets(document: "Dockerfile", path: str) -> bool:
    """Whether a tracked file holds what must not be shipped: a .env file may hold settings only, a .pem a certificate."""
    source = document.project.source(path)
    if source is None:
        return False
    name = posixpath.basename(path).lower()
    if name.endswith((".pem", ".key")):
        return _PRIVATE_KEY in source.text
    if name == ".npmrc":
        return re.search(_NPM_LOGIN, source.text) is not None
    if _fits(name, _FILES):
        return True
    if not _suspicious(name):
        return False
    values = re.findall(
        r"(?m)^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*[\"']?[^\s\"'#]", source.text
    )
    return any(secret_name(variable) for variable in values)
