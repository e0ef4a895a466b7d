"""Env files with secrets that git has, or that it would take."""

import posixpath
import re

from prodlint.core.glob import ignored
from prodlint.core.project import Project
from prodlint.core.secret_names import secret_name
from prodlint.env import names
from prodlint.env.placeholder import is_placeholder
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile
    from prodlint.env.reader import Variable

_HARMLESS = frozenset(
    [
        "test",
        "tests",
        "testing",
        "ci",
        "e2e",
        "mock",
        "demo",
        "fixture",
        "storybook",
        "vault",
        "keys",
        "dev",
        "development",
        "docker",
    ]
)
_HARMLESS_FOLDERS = r"(?i)(^|/)(tests?|__tests__|specs?|e2e|fixtures?|examples?|samples?|docs?|testdata|templates?|demos?|\.devcontainer)/"
_URL = r"[a-z][a-z0-9+.-]*://[^\s/:@]*:([^\s@/]{6,})@([^\s/:@,]+)"
_LOCAL = r"localhost|127\.|\[?::1|host\.docker|[a-z0-9_-]+(?::|$)"
_GUIDES = r"(?i)(^|/)([^/]+\.(md|sh|ya?ml|mk)|(GNU)?makefile|justfile|package\.json)$"
_MOST_GUIDES = 300
_SHORTEST = 12
_FEWEST_CHARACTERS = 8


def is_real(env: "EnvFile") -> bool:
    """Whether a file is read by a program that people or servers run, rather than by tests or as an example."""
    if not env.path.rpartition("/")[2].startswith(".env"):
        return (
            False  # `redis.env` of a kit to deploy a program: defaults that everybody is to replace
        )
    words = set(names.words(env.path))
    return not (
        env.is_example or env.foreign or words & _HARMLESS or re.search(_HARMLESS_FOLDERS, env.path)
    )


def secrets(env: "EnvFile") -> "list[Variable]":
    """The variables whose values are secrets that somebody has been given."""
    return [item for item in env.values.values() if _is_given(item.name, item.value or "")]


def _is_given(name: str, value: str) -> bool:
    if is_placeholder(value) or "$" in value:
        return False
    if url := re.match(_URL, value):
        return not re.match(_LOCAL, url[2]) and not is_placeholder(url[1])
    return secret_name(name) and _is_random(value)


def _is_random(value: str) -> bool:
    """Whether a value is no word that people put in for development."""
    mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    words = re.findall(r"[a-z]{4,}|[A-Z]{4,}", value)
    return (
        len(value) >= _SHORTEST
        and len(set(value)) >= _FEWEST_CHARACTERS
        and mixed
        and sum(map(len, words)) < len(value) / 2
        and " " not in value
    )


def copy_of(env: "EnvFile") -> str | None:
    """The file that people make of an example: `.env.example` -> `.env`."""
    folder, slash, name = env.path.rpartition("/")
    made = re.sub(
        r"(?i)[._-](example|sample|template|dist|defaults?|tmpl|tpl)(?=[._-]|$)", "", name
    )
    return folder + slash + made if made.startswith(".env") and made != name else None


def is_ignored(project: Project, path: str) -> bool:
    """Whether a .gitignore of the repository leaves a path out."""
    folder = posixpath.dirname(path)
    while True:
        file = posixpath.join(folder, ".gitignore")
        source = project.source(file) if project.has(file) else None
        inside = posixpath.relpath(path, folder) if folder else path
        if source and ignored(inside, source.text.splitlines()):
            return True
        if not folder:
            return False
        folder = posixpath.dirname(folder)


def taken_copy(env: "EnvFile") -> str | None:
    """The file that people make of an example, where git would take it."""
    path = copy_of(env)
    if path is None or _is_kept_out(env.project, path):
        return None
    folder, slash, name = path.rpartition("/")
    if name != ".env" and _is_made_plain(env):
        path = f"{folder}{slash}.env"
        return None if _is_kept_out(env.project, path) else path
    return path


def _is_kept_out(project: Project, path: str) -> bool:
    return project.has(path) or is_ignored(project, path)


def _is_made_plain(env: "EnvFile") -> bool:
    """Whether a guide or a script makes a plain `.env` of an example of one profile: `cp .env.production.example .env`."""
    name = re.escape(env.path.rpartition("/")[2])
    plain = r"(?<![\w.-])\.env(?![\w.-])"
    copied = re.compile(rf"{name}\b[^\n]{{0,200}}{plain}|{plain}[^\n]{{0,200}}{name}\b")
    guides = env.project.matching(re.compile(_GUIDES))[:_MOST_GUIDES]
    sources = (env.project.source(path) for path in guides)
    return any(source and copied.search(source.text) for source in sources)
