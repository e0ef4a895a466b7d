"""Whether a file of the project lies in a stage when one of its instructions runs, and if it does not, why."""

import posixpath
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase

from prodlint.core.source import Span
from prodlint.dockerfile.context import Context, Copied, below, copied
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.dockerfile.instruction import Instruction
    from prodlint.dockerfile.model import Dockerfile
    from prodlint.dockerfile.stage import Stage

_MAX_INSTRUCTIONS = 400
# Real files have far fewer stages, and build on fewer.
MAX_STAGES = 100
MAX_CHAIN = 8
_REMOTE = ("http://", "https://", "git@", "git:", "ssh://")
_ARCHIVES = (".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst")


class Lack(NamedTuple):
    """A COPY that should bring a file: `path` is no file of the repository, or left out by a line of an ignore file."""

    copied: Copied
    path: str
    ignoring: Span | None


class Wanted(NamedTuple):
    """Files of which one has to lie in `folder` or above it; `manifest` is what lies beside them in a project."""

    folder: str
    names: Sequence[str]
    manifest: str

    @property
    def paths(self) -> Iterator[str]:
        folder = self.folder
        while True:
            yield from (posixpath.join(folder, name) for name in self.names)
            if folder in ("/", ""):
                return
            folder = posixpath.dirname(folder)


class _Unknown(Exception):
    """It may be there, or is."""


def lacking(
    stage: "Stage", until: "Instruction", wanted: Wanted, keeps: "Callable[[Instruction], bool]"
) -> list[Lack] | None:
    """Why none of the files is there when `until` runs; empty when nothing copies one, None when one may be there.

    `keeps` says of a RUN that it makes no such file.
    """
    above = list(before(stage, until))
    known = stage.base is not None and stage.base.kind and "onbuild" not in stage.image_name
    if not known or len(above) > _MAX_INSTRUCTIONS:
        return None
    brought: dict[Instruction, list[Copied]] = {}
    for copy in copied(stage):
        brought.setdefault(copy.instruction, []).append(copy)
    lacks: list[Lack] = []
    try:
        for one in above:
            if one.keyword == "RUN" and not keeps(one):
                return None
            if one.keyword in ("COPY", "ADD"):
                lacks += _lacks(stage.document, one, brought.get(one, []), wanted)
    except _Unknown:
        return None
    return lacks


def before(stage: "Stage", until: "Instruction") -> "Iterator[Instruction]":
    """The instructions that make what an instruction of a stage finds, from the base image on."""
    for one_stage in reversed(stage.chain):
        for one in one_stage.instructions:
            if one is until:
                return
            yield one


def folder_of(stage: "Stage", until: "Instruction") -> str:
    """The working folder of a RUN; begins with `?` where the base image decides."""
    folder = "?"
    for one in before(stage, until):
        if one.keyword == "WORKDIR":
            folder = posixpath.join(folder, (stage.expanded(one) or "?").strip("\"'"))
    return posixpath.normpath(folder)


def _lacks(
    document: "Dockerfile", one: "Instruction", copies: list[Copied], wanted: Wanted
) -> Iterator[Lack]:
    """Raises _Unknown when the instruction brings one of the files, or may."""
    if not copies:
        # Copied from another image, or with variables that only the build knows.
        target = one.words[-1].text if one.words else ""
        if target[:1] != "/" or "$" in target or _reaches(target.rstrip("/"), wanted):
            raise _Unknown
        return
    for copy in copies:
        if not _reaches(copy.target.rstrip("/"), wanted):
            continue
        source = copy.source
        odd = one.flag("parents") is not None or one.flag("exclude") is not None
        remote = one.keyword == "ADD" and (source.startswith(_REMOTE) or source.endswith(_ARCHIVES))
        if copy.origin is not None:
            if not _is_other_file(copy, wanted):
                raise _Unknown
        elif odd or remote or source.startswith("<<") or "*" in posixpath.dirname(source):
            raise _Unknown
        else:
            yield from _lacks_of_context(document, copy, wanted)


def _reaches(target: str, wanted: Wanted) -> bool:
    """Whether what lands at a path, as a file or a folder, may be one of the files or hold one."""
    return any(below(path, target) is not None for path in wanted.paths)


def _is_other_file(copy: Copied, wanted: Wanted) -> bool:
    """Whether a copy from another stage names one file, and not one of those."""
    name = posixpath.basename(copy.source)
    return "." in name.strip(".") and "*" not in name and name not in wanted.names


def _lacks_of_context(document: "Dockerfile", copy: Copied, wanted: Wanted) -> Iterator[Lack]:
    has = document.project.has
    for context in document.contexts:
        for path in _sources(context, copy, wanted):
            full = context.path(path)
            if full is None or document.project.config.excludes(full):
                raise _Unknown
            ignoring = context.ignoring(path) if has(full) else None
            if (has(full) and ignoring is None) or _stands_above(document, context, path):
                raise _Unknown
            beside = context.path(posixpath.join(posixpath.dirname(path), wanted.manifest))
            if copy.source.endswith(path) or (beside is not None and has(beside)):
                yield Lack(copy, full, ignoring)


def _stands_above(document: "Dockerfile", context: Context, path: str) -> bool:
    """Whether a folder above has the file, and no compose file says that it is not the context."""
    folder = "" if document.builds else context.folder
    while folder:
        folder = posixpath.dirname(folder)
        if document.project.has(posixpath.join(folder, path)):
            return True
    return False


def _sources(context: Context, copy: Copied, wanted: Wanted) -> Iterator[str]:
    """The files of the context that a copy would bring to one of the places; raises _Unknown."""
    source = posixpath.normpath("/" + copy.source).lstrip("/")
    folder, name = posixpath.split(source)
    found = context.find(source)
    for path in wanted.paths:
        rest = below(path, copy.target.rstrip("/"))
        if rest is None:
            continue
        if any(char in name for char in "*?["):
            if fnmatchcase(rest, name):
                yield posixpath.join(folder, rest)
            if any(not context.project.has(one) for one in found):
                raise _Unknown
        elif rest in ("", name):
            yield source
        elif not source or (found and not context.project.has(found[0])):
            yield posixpath.join(source, rest)
        elif not found and "." not in name:
            raise _Unknown
