"""The words for true and false that the program's own reader of variables takes, as its dependencies tell."""

import re

from prodlint.core.project import Project

# What each reader takes besides true and false: as they do it, not as they say it.
_NUMBERS = ("1", "0")
_WORDS = ("yes", "no", "on", "off")
_LETTERS = ("y", "n", "t", "f")
_TRUE = {"1", "yes", "on", "y", "t", "enabled"}
_READERS: dict[str, tuple[str, ...]] = {
    "envalid": (*_NUMBERS, *_WORDS, "y", "n", "t", "f"),
    "env-var": _NUMBERS,
    "pydantic-settings": (*_NUMBERS, *_WORDS, *_LETTERS),
    "environs": (*_NUMBERS, *_WORDS, *_LETTERS),
    "django-environ": (*_NUMBERS, *_WORDS, "y", "n"),
    "python-decouple": (*_NUMBERS, *_WORDS, *_LETTERS),
    "starlette": _NUMBERS,
}
_MANIFESTS = (
    "package.json",
    "pyproject.toml",
    "requirements.txt",
    "requirements/base.txt",
    "Pipfile",
)


def accepted(project: Project, path: str) -> dict[str, bool]:
    """The further words, in lower case, by what they stand for; the manifests nearest to the env file tell."""
    folder = path.rpartition("/")[0]
    while True:
        paths = [f"{folder}/{name}" if folder else name for name in _MANIFESTS]
        sources = [project.source(path) for path in paths if project.has(path)]
        found = [source.text for source in sources if source]
        if found or not folder:
            return _of("\n".join(found))
        folder = folder.rpartition("/")[0]


def _of(manifests: str) -> dict[str, bool]:
    words: set[str] = set()
    for reader, taken in _READERS.items():
        if reader in manifests and re.search(rf"(?<![\w@/-]){reader}(?![\w-])", manifests):
            words.update(taken)
    return {word: word in _TRUE for word in sorted(words)}
