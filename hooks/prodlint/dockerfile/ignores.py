"""What `COPY .` takes along that no image needs: env files, the history of git, modules of the machine that builds."""

import os
import posixpath
from collections.abc import Iterator

from prodlint.core.glob import ignored
from prodlint.core.source import Span
from prodlint.dockerfile.context import Context
from prodlint.dockerfile.credentials import holds_secrets
from prodlint.dockerfile.instruction import Instruction
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.dockerfile.model import Dockerfile

_ENV_FILES = (".env", ".env.local", ".env.production")


class Stray(NamedTuple):
    """A COPY of the whole context that takes `names` along, of which `missing` is what the ignore file has to say."""

    span: Span
    context: Context
    names: list[str]
    missing: list[str]


def strays(document: "Dockerfile") -> Iterator[Stray]:
    """The first COPY of the whole context, where that takes along what does not belong into an image."""
    copies = list(_whole_copies(document))
    if not copies:
        return
    inside = {one for image in document.running for one in image.stage.reversed("COPY", "ADD")}
    copy = next((one for one in copies if one in inside), copies[0])
    ships = copy in inside
    for context in document.contexts:
        if not certain(document, context):
            continue
        found = {
            name: line for name, line in _expected(document, context) if not _ignores(context, name)
        }
        # A stage that is left behind may take a version from it, and a tool may be at home in its own clone.
        if not ships:
            found.pop(".git", None)
        if found:
            yield Stray(copy.value_span, context, list(found), list(found.values()))
            return


def _ignores(context: Context, name: str) -> bool:
    return context.ignores(name) or context.ignores(f"{name}/any")


def _whole_copies(document: "Dockerfile") -> Iterator[Instruction]:
    """COPY and ADD of the whole context into a stage that the shipped images need."""
    needed, waiting = set(), [image.stage for image in document.shipped]
    while waiting:
        stage = waiting.pop()
        if stage.index in needed:
            continue
        needed.add(stage.index)
        waiting += [stage.parent] if stage.parent else []
        for one in stage.instructions:
            origin = (
                document.stage(one.flag("from"))
                if one.keyword == "COPY" and one.flag("from")
                else None
            )
            waiting += [origin] if origin is not None and origin.index < stage.index else []
    for stage in document.stages:
        for one in stage.instructions if stage.index in needed else ():
            whole = (
                one.keyword in ("COPY", "ADD")
                and one.flag("from") is None
                and one.flag("exclude") is None
            )
            if whole and any(word.text in (".", "./", "/") for word in one.words[:-1]):
                yield one


def certain(document: "Dockerfile", context: Context) -> bool:
    """Whether the folder is the context for certain, or the only one that could be: no ignore file stands above it."""
    if context.sure:
        return True
    folder = context.folder
    while folder:
        folder = posixpath.dirname(folder)
        if document.project.has(posixpath.join(folder, ".dockerignore")):
            return False
    # Beside nothing but Dockerfiles and scripts, it is built from a folder above.
    return any(
        document.project.has(posixpath.join(context.folder, name)) for name in _MANIFESTS.split()
    )


_MANIFESTS = """
package.json requirements.txt pyproject.toml Pipfile setup.py go.mod Cargo.toml composer.json Gemfile pom.xml build.gradle
build.gradle.kts mix.exs
"""


def _expected(document: "Dockerfile", context: Context) -> Iterator[tuple[str, str]]:
    """What the repository shows to lie in the folder where the image is built, and the line that leaves it out."""
    present = [path for name in _ENV_FILES for path in context.find(name)]
    named = [path for path in present if holds_secrets(document, path)]
    if named:
        yield posixpath.basename(named[0]), ".env*"
    elif not present and _ignored_by_git(context, ".env"):
        yield ".env", ".env*"
    if context.find("package.json"):
        yield "node_modules", "node_modules"
    if not context.folder and _has_git(document):
        yield ".git", ".git"


def _has_git(document: "Dockerfile") -> bool:
    """Whether the folder is a clone, or was one: another version control, or an archive, has no .git."""
    project = document.project
    return os.path.exists(os.path.join(project.root, ".git")) or project.has(".gitignore")


def _ignored_by_git(context: Context, name: str) -> bool:
    """Whether a .gitignore expects a file of this name in the folder, and a template or the code speaks of it there."""
    project = context.project
    if not any(
        context.find(template)
        for template in (".env.example", ".env.sample", ".env.template", "env.example", ".env.dist")
    ):
        return False
    folder, inside = context.folder, name
    while True:
        path = posixpath.join(folder, ".gitignore")
        source = project.source(path) if project.has(path) else None
        if source is not None and ignored(inside, source.text.splitlines()):
            return True
        if not folder:
            return False
        folder, last = posixpath.split(folder)
        inside = posixpath.join(last, inside)
