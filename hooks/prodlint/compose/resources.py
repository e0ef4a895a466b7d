"""What services use that has to be declared or to exist: networks, volumes, files, and what is built."""

import posixpath
from collections.abc import Iterator, Sequence
from itertools import islice

from prodlint.compose.absent import absent, created, expected
from prodlint.compose.assembly import Reading
from prodlint.compose.build import Build
from prodlint.compose.files import NAMES, File, listed, read
from prodlint.compose.layers import Value
from prodlint.compose.model import Compose, Service
from prodlint.compose.purpose import is_test_data
from prodlint.core.finding import Related
from prodlint.core.project import Project
from prodlint.core.source import Span
from prodlint.core.yaml import Mapping, Node, mapping, text
from prodlint.typed import NamedTuple

_SECTIONS = {
    "network": "networks",
    "volume": "volumes",
    "secret": "secrets",
    "config": "configs",
    "model": "models",
}
_MAX_LOOKED_FOR = 200
_OUTSIDE = ("/", "~", "$")


class Use(NamedTuple):
    """A service names a network, volume, secret or config."""

    service: Service
    kind: str
    name: str
    span: Span


class Missing(NamedTuple):
    """What is not there: `what` names it, `effect` says what comes of that."""

    span: Span
    what: str
    effect: str
    advice: str = ""
    others: "Sequence[Related]" = ()


def missing(compose: Compose) -> Iterator[Missing]:
    """What the services of a project lack, each once."""
    if is_test_data(compose.source.path):
        return
    yield from _undeclared(compose)
    for service in compose.services[:_MAX_LOOKED_FOR]:
        yield from _files(service)
        if service.build and (lost := _build(service, service.build)):
            yield lost
    yield from _contents(compose)
    yield from _taken_in(compose)


# Declared at the top level


def _undeclared(compose: Compose) -> Iterator[Missing]:
    if not compose.assembly.complete:
        return
    found: dict[tuple[str, str], list[Use]] = {}
    for service in compose.services:
        for use in _uses(service):
            found.setdefault((use.kind, use.name), []).append(use)
    declared = {kind: _declared(compose, kind) for kind in {kind for kind, _ in found}}
    for (kind, name), (first, *others) in found.items():
        if name in declared[kind] or _elsewhere(compose, kind, name):
            continue
        from prodlint.compose.fragments import is_fragment

        if is_fragment(compose):
            return
        yield Missing(
            first.span,
            f"{first.service.name} uses the {kind} {name}, which nothing declares",
            "docker compose refuses the project",
            _meant(name, declared[kind]) or _declaration(kind, name),
            [Related(use.span, f"{use.service.name} uses it too") for use in others],
        )


def _declaration(kind: str, name: str) -> str:
    if "/" in name:
        return f"write ./{name} for a folder of the host"
    return f"declare it at the top level\n{_SECTIONS[kind]}:\n  {name}:"


def _uses(service: Service) -> Iterator[Use]:
    values = [
        (kind, value)
        for kind in ("network", "model")
        for stack in service.stack(_SECTIONS[kind])
        for value in _names(stack)
    ]
    values += [("volume", value) for value in map(_volume, service.items("volumes")) if value]
    for kind in ("secret", "config"):
        values += [(kind, _source(item)) for item in service.items(_SECTIONS[kind])]
    values += [("secret", _source(item)) for item in service.items("build", "secrets")]
    for kind, (name, span) in values:
        if name and "$" not in name and (kind, name) != ("network", "default"):
            yield Use(service, kind, name, span)


def _names(value: Value) -> list[tuple[str, Span]]:
    if isinstance(value.node, Mapping):
        return [(name, below.via or below.key) for name, below in value.pairs]
    return [(item.text or "", item.place) for item in value.items]


def _volume(item: Value) -> tuple[str, Span] | None:
    """The volume that a mount names; None for a folder of the host, and for what has no name."""
    if isinstance(item.node, Mapping):
        kind, source = item.get("type"), item.get("source")
        named = source if source and (not kind or kind.text == "volume") else None
        name, span = (named.text or "", named.place) if named else ("", item.place)
    else:
        name, colon, _ = (item.text or "").partition(":")
        name, span = (name if colon else ""), item.place
    drive = len(name) == 1
    return None if not name or drive or name[0] in "./~$\\" or "\\" in name else (name, span)


def _source(item: Value) -> tuple[str, Span]:
    named = item.get("source") if isinstance(item.node, Mapping) else item
    return (named.text or "", named.place) if named else ("", item.place)


def _declared(compose: Compose, kind: str) -> set[str]:
    return {
        name
        for reading in compose.assembly.readings
        for document in reading.file.documents
        for name in mapping(document.get(_SECTIONS[kind]))
    }


def _elsewhere(compose: Compose, kind: str, name: str) -> bool:
    """Whether another file beside it declares a name; who loads both, no file says."""
    found = compose.project.once(_declared_by_folder)
    return (kind, name) in found.get(compose.file.folder, ())


def _declared_by_folder(project: Project) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for path in project.matching(NAMES):
        if file := project.parsed(path, read):
            names = found.setdefault(file.folder, set())
            for document in file.documents:
                for kind, section in _SECTIONS.items():
                    names.update((kind, name) for name in mapping(document.get(section)))
    return found


# Files


def _files(service: Service) -> Iterator[Missing]:
    for value in (*service.stack("env_file"), *service.stack("label_file")):
        for item in (value.items or [value])[:_MAX_LOOKED_FOR]:
            path, required = item, None
            if isinstance(item.node, Mapping):
                required, named = item.get("required"), item.get("path")
                if not named or (required and required.text == "false"):
                    continue
                path = named
            if _lost(service.compose.project, path.layer.folder, path.text):
                yield Missing(
                    path.place,
                    f"{service.name} reads {path.text}, which is not in the repository",
                    "docker compose stops",
                    f"add {path.text}, or an example of it to copy, or write `required: false`",
                )


def _contents(compose: Compose) -> Iterator[Missing]:
    """The files of secrets and configs."""
    for kind, name, file, reading in islice(_sources(compose), _MAX_LOOKED_FOR):
        path = reading.variables.expand(text(file) or "")
        if _lost(compose.project, reading.folder, path):
            yield Missing(
                file.place,
                f"the {kind} {name} is read from {path}, which is not in the repository",
                "docker compose cannot start what uses it",
                f"add {path}, or say in the README who makes it",
            )


def _sources(compose: Compose) -> Iterator[tuple[str, str, Node, Reading]]:
    for reading in compose.assembly.readings:
        for document in reading.file.documents:
            for kind in ("secret", "config"):
                for name, node in mapping(document.get(_SECTIONS[kind])).items():
                    if file := mapping(node).get("file"):
                        yield kind, name, file, reading


def _taken_in(compose: Compose) -> Iterator[Missing]:
    """The compose files that others extend or include."""
    found: dict[str, list[Node]] = {}
    named = [
        (reading.folder, reading.variables.expand(text(node) or "$"), node)
        for reading in compose.assembly.readings
        for node in islice(_named_files(reading.file), _MAX_LOOKED_FOR)
    ]
    if compose.file.extended:
        for file, _, definition, _ in compose.used[:_MAX_LOOKED_FOR]:
            node = mapping(definition.node.get("extends")).get("file")
            if node and file is not compose.file:
                named.append((file.folder, text(node) or "$", node))
    for folder, path, node in named:
        known = not path.startswith(_OUTSIDE) and not set(path) & set("$:\\")
        if known and absent(compose.project, folder, path):
            found.setdefault(path, []).append(node)
    for path, (first, *others) in found.items():
        yield Missing(
            first.place,
            f"{path} is not in the repository",
            "docker compose stops",
            others=[Related(node.place, "needs it too") for node in others],
        )


def _named_files(file: File) -> Iterator[Node]:
    for definitions in file.definitions.values():
        for definition in definitions:
            if named := mapping(definition.node.get("extends")).get("file"):
                yield named
    for document in file.documents:
        for item in listed(document.get("include")):
            yield from listed(item.get("path") if isinstance(item, Mapping) else item)


def _lost(project: Project, folder: str, path: str | None) -> bool:
    """Whether a file is not there, and nothing says that everybody makes it."""
    if not path or path.startswith(_OUTSIDE) or "$" in path or "\\" in path:
        return False
    return absent(project, folder, path) and not expected(project, folder, path)


# What is built


def _build(service: Service, built: Build) -> Missing | None:
    """The first of folder, Dockerfile and stage that is not there."""
    if built.folder is None or built.path is None:
        return None
    written = built.context.text or "." if built.context else "."
    context = posixpath.join(written.rstrip("/"), "")
    project, place = service.compose.project, built.context
    if place and absent(project, place.layer.folder, context):
        what = f"{service.name} is built in {written}, a folder that is not in the repository"
        effect = f"{service.name} cannot be built"
        return None if created(project, built.folder) else Missing(place.place, what, effect)
    return _file(service, built, context) or _stage(service, built)


def _file(service: Service, built: Build, context: str) -> Missing | None:
    name = built.dockerfile.text or "" if built.dockerfile else "Dockerfile"
    if built.inline or "$" in name or name.startswith(_OUTSIDE):
        return None
    project, value = service.compose.project, built.context or built.written
    # BuildKit takes `dockerfile` for `Dockerfile` too.
    if any(not absent(project, value.layer.folder, context + one) for one in (name, name.lower())):
        return None
    if not built.context and _completed(service):
        return None
    near = _dockerfiles(project, posixpath.dirname(built.path or ""))
    return Missing(
        (built.dockerfile or value).place,
        f"{service.name} is built from {built.path}, which is not in the repository",
        f"{service.name} cannot be built",
        f"there is {' and '.join(near)}" if near else "",
    )


def _completed(service: Service) -> bool:
    """Whether another file beside it says more about what it builds; who loads both, no file says."""
    found = service.compose.project.once(_built_by_folder)
    return service.name in found.get(service.compose.file.folder, ())


def _built_by_folder(project: Project) -> dict[str, set[str]]:
    """By folder, the services for which a file names the context of the build."""
    found: dict[str, set[str]] = {}
    for path in project.matching(NAMES):
        if file := project.parsed(path, read):
            names = found.setdefault(file.folder, set())
            for name, definitions in file.definitions.items():
                builds = [definition.node.get("build") for definition in definitions]
                if any(text(one) or mapping(one).get("context") for one in builds):
                    names.add(name)
    return found


def _stage(service: Service, built: Build) -> Missing | None:
    document, target = built.document, built.target
    name = target.text if target else None
    if not document or not target or not name or "$" in name or document.faults:
        return None
    if not document.stages or document.stage(name):
        return None
    stages = [stage.name for stage in document.stages if stage.name]
    return Missing(
        target.place,
        f"{service.name} is built up to the stage {name}, which {built.builder} does not have",
        f"{service.name} cannot be built",
        _meant(name, set(stages)) or (f"its stages are {', '.join(stages)}" if stages else ""),
        built.last_stage("begins the last stage"),
    )


def _dockerfiles(project: Project, folder: str) -> list[str]:
    names = [path for path in project.below(folder) if posixpath.dirname(path) == folder]
    return [path for path in names if "dockerfile" in posixpath.basename(path).lower()][:3]


def _meant(name: str, known: set[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), 1)
    return f"did you mean {near[0]}?" if near else ""
