"""The build context of a Dockerfile: the folder that COPY takes files from, and what its ignore file leaves out."""

import posixpath
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cached_property

from prodlint.core.finding import Related
from prodlint.core.glob import matches
from prodlint.core.project import Project, join
from prodlint.core.source import Source, Span
from prodlint.dockerfile.instruction import Instruction
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.dockerfile.model import Dockerfile
    from prodlint.dockerfile.stage import Stage


class Copied(NamedTuple):
    """One source of a COPY or ADD, as written and with variables replaced, and the stage that it is taken from, if any.

    `target` is an absolute path; one that is a folder ends in `/`.
    """

    instruction: Instruction
    text: str
    source: str
    target: str
    origin: "Stage | None"


class Context:
    """`folder` is relative to the root of the repository; `sure`: a compose file or the copied files say so."""

    def __init__(self, project: Project, dockerfile: str, folder: str, sure: bool) -> None:
        self.project = project
        self.folder = folder
        self.sure = sure
        self._dockerfile = dockerfile

    @cached_property
    def ignore_file(self) -> Source | None:
        """What BuildKit reads: the ignore file of this Dockerfile alone, else the one of the context."""
        for path in (f"{self._dockerfile}.dockerignore", self.path(".dockerignore")):
            if path is not None and self.project.has(path):
                return self.project.source(path)
        return None

    @cached_property
    def _patterns(self) -> list[tuple[int, str, bool]]:
        """The line of each pattern, the pattern from the top of the context, and whether it keeps what it names (`!`)."""
        patterns = []
        lines = self.ignore_file.text.split("\n") if self.ignore_file else ()
        for number, line in enumerate(lines, 1):
            rule = line.strip()
            if rule and not rule.startswith("#"):
                body = posixpath.normpath(rule.lstrip("!").strip().strip("/") or ".")
                patterns.append((number, "/" + body, rule.startswith("!")))
        return patterns

    def ignores(self, path: str) -> bool:
        """Whether the ignore file leaves out a file of the context."""
        return self.ignoring(path) is not None

    def ignoring(self, path: str) -> Span | None:
        """The pattern that leaves out a file of the context: the last that fits, unless it keeps the file."""
        result = None
        for number, pattern, keep in self._patterns:
            if matches(path, pattern):
                result = None if keep else number
        return self.ignore_file.line_span(result) if self.ignore_file and result else None

    def path(self, source: str) -> str | None:
        """A file of the context, from the root of the repository."""
        return join(self.folder, source.lstrip("/") or ".")

    def find(self, source: str) -> list[str]:
        """The files and folders that a source names, from the root of the repository."""
        path = self.path(source)
        if path is None:
            return []
        folder, name = posixpath.split(path)
        names: set[str] = self.project.once(entries).get(folder, set())
        if any(char in name for char in "*?["):
            return sorted(posixpath.join(folder, one) for one in names if fnmatchcase(one, name))
        return [path] if not path or name in names else []


def entries(project: Project) -> dict[str, set[str]]:
    """The names in each folder."""
    found: dict[str, set[str]] = {}
    for path in project.files:
        folder, name = posixpath.split(path)
        while name and name not in found.setdefault(folder, set()):
            found[folder].add(name)
            folder, name = posixpath.split(folder)
    return found


def contexts(document: "Dockerfile") -> list[Context]:
    """The folders that it is built in: those that compose files name, else the one that holds most of what it copies."""
    project, path = document.project, document.source.path
    folders = list(dict.fromkeys(build.context for build in document.builds))
    if folders:
        return [Context(project, path, folder, True) for folder in folders]
    sources = [
        word.text
        for one in document.instructions
        if one.keyword in ("COPY", "ADD") and one.flag("from") is None
        for word in one.words[:-1][:20]
    ]
    plain = [text for text in sources[:200] if text.strip("./") and not set(text) & set("$<:")]
    best, most, folder = Context(project, path, posixpath.dirname(path), False), 0, path
    while folder:
        folder = posixpath.dirname(folder)
        candidate = Context(project, path, folder, True)
        count = sum(1 for text in plain if candidate.find(text))
        if count > most:
            best, most = candidate, count
    best.sure = best.sure or not best.folder
    return [best]


def named_by(document: "Dockerfile", folder: str) -> list[Related]:
    """The place in a compose file that says that a folder is the context."""
    spans = [build.span for build in document.builds if build.context == folder]
    return [Related(span, "says where it is built") for span in spans[:1]]


def copied(stage: "Stage") -> Iterator[Copied]:
    """What is copied into the image of a stage, the last first."""
    for one, folder in reversed(working_folders(stage).items()):
        if one.keyword not in ("COPY", "ADD"):
            continue
        texts = [word.text for word in one.words]
        expanded = stage.expanded(one) if one.json is None else None
        values = expanded.split() if expanded is not None else texts
        if len(values) != len(texts) or len(texts) < 2 or len(texts) > 200:
            continue
        origin = stage.document.stage(name) if (name := one.flag("from")) is not None else None
        if name is not None and (origin is None or origin.index >= stage.index):
            continue
        last = values[-1]
        whole = len(values) > 2 or last.endswith(("/", "/.")) or last in (".", "./", "..")
        target = posixpath.normpath(posixpath.join(folder, last))
        target = target.rstrip("/") + "/" if whole or target == "/" else target
        for text, value in zip(texts[:-1], values[:-1], strict=True):
            yield Copied(one, text, value, target, origin)


def working_folders(stage: "Stage") -> dict[Instruction, str]:
    """The folder in which each instruction of a stage's image works, an absolute path that may not be normal."""
    folders: dict[Instruction, str] = {}
    folder = "/"
    for one_stage in reversed(stage.chain):
        for one in one_stage.instructions:
            if one.keyword == "WORKDIR":
                folder = posixpath.join(folder, (stage.expanded(one) or one.arguments).strip("\"'"))
            folders[one] = folder
    return folders


def working_folder(stage: "Stage") -> str:
    """Where the command of a stage's image starts."""
    return posixpath.normpath(next(reversed(working_folders(stage).values()), "/"))


def repository_file(
    stage: "Stage", path: str, seen: set[tuple[int, str]] | None = None
) -> str | None:
    """The file of the repository that lies at an absolute path of a stage's image; None when that cannot be told."""
    seen = set() if seen is None else seen
    if (stage.index, path) in seen or len(seen) > 50:
        return None
    seen.add((stage.index, path))
    for one in copied(stage):
        rest = below(path, one.target)
        if rest is None:
            continue
        if one.origin is not None:
            source = posixpath.normpath("/" + one.source.lstrip("/"))
            same = one.target.endswith("/") and posixpath.basename(source) == rest
            inside = source if same or not rest else posixpath.join(source, rest)
            found = repository_file(one.origin, inside, seen)
        else:
            found = _in_context(stage.document, one, rest)
        if found is not None:
            return found
    return None


def _in_context(document: "Dockerfile", one: Copied, rest: str) -> str | None:
    project = document.project
    for name in (name for context in document.contexts for name in context.find(one.source)):
        if project.has(name):
            if rest in ("", posixpath.basename(name)):
                return name
        elif rest and project.has(posixpath.join(name, rest)):
            return posixpath.join(name, rest)
    return None


def below(path: str, target: str) -> str | None:
    """The part of a path behind a folder, empty when they are the same; None when it lies elsewhere."""
    if path == target:
        return ""
    folder = target.rstrip("/") + "/"
    return path[len(folder) :] if path.startswith(folder) else None
