"""What services have of a developer's machine: servers that restart on changes, settings for debugging, the source."""

import posixpath
from collections.abc import Sequence
from contextlib import suppress

from prodlint.compose.deployment import counts
from prodlint.compose.environment import variables
from prodlint.compose.files import override
from prodlint.compose.mounts import mounts, within
from prodlint.compose.purpose import for_development
from prodlint.core.answer import UNKNOWN, YES
from prodlint.core.finding import Related
from prodlint.core.package_json import Package, package
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodlint.compose.model import Compose
    from prodlint.compose.service import Service
    from prodlint.core.source import Span
    from prodlint.dockerfile.stage import Stage

# Variables that switch frameworks to development, and their values for it.
_MODES = frozenset(
    [
        "NODE_ENV",
        "APP_ENV",
        "RAILS_ENV",
        "RACK_ENV",
        "FLASK_ENV",
        "DJANGO_ENV",
        "ASPNETCORE_ENVIRONMENT",
        "DOTNET_ENVIRONMENT",
        "SYMFONY_ENV",
        "MIX_ENV",
        "ENVIRONMENT",
        "ENV",
    ]
)
_DEVELOPMENT = ("development", "dev", "debug")
_SWITCHES = frozenset(["DEBUG", "APP_DEBUG", "DJANGO_DEBUG", "FLASK_DEBUG", "RAILS_DEBUG"])
_ON = ("true", "1", "yes", "on")
_MAX_COMMAND = 10_000
_STARTS = ("entrypoint", "command")
_CODE = (".py", ".js", ".ts", ".jsx", ".tsx", ".mjs", ".go", ".rb", ".php", ".java", ".cs", ".rs")


class Sign(NamedTuple):
    """Something for developers: where it stands, what the service does there, what that means, and what to do instead."""

    place: "Span"
    text: str
    effect: str
    advice: str
    related: Sequence[Related] = ()
    certain: bool = True


def development(compose: "Compose") -> "Iterator[tuple[Service, list[Sign]]]":
    """The services that run as on the machine of a developer, where the file is for production, or is not for development.

    A mount of the source alone says nothing, unless the file is named for production.
    """
    switched = any("ENV" in text or "DEBUG" in text for text in compose.texts)
    started = any(not service.written.isdisjoint(_STARTS) for service in compose.services)
    if not (switched or started or compose.deployed is YES) or looks_like_development(compose):
        return
    for service in compose.candidates:
        signs = [*_server(service), *(_settings(service) if switched else ())]
        if signs or compose.deployed is YES:
            signs += _source(service)
        if signs := [sign for sign in signs if counts(sign.place)]:
            yield service, signs


def is_certain(compose: "Compose", signs: list[Sign]) -> bool:
    """Whether the file says that it is for production, and one of the signs could not be meant otherwise."""
    return compose.deployed is YES and any(sign.certain for sign in signs)


def looks_like_development(compose: "Compose") -> bool:
    """Whether a file without a name for anything is a developer's: it builds a stage for one, or mounts the source and
    nothing in it comes back."""
    if compose.deployed is not UNKNOWN:
        return False
    targets = [service.text("build", "target") for service in compose.services]
    return any(map(for_development, filter(None, targets))) or not _runs_on(compose)


def _runs_on(compose: "Compose") -> bool:
    if any(service.text("restart") not in (None, "no") for service in compose.services):
        return True
    if override(compose.project, compose.source.path):
        return True
    return not any(any(_source(service)) for service in compose.services)


def _server(service: "Service") -> "Iterator[Sign]":
    values = [value for key in _STARTS if (value := service.last(key))]
    if not values:
        return
    from prodlint.dockerfile.servers import started

    last = values[-1]
    words = [item.text or "" for value in values for item in value.items]
    server = started(words if last.items else _words(last.text or ""), _package(service))
    if server:
        through = f" through {server.script.span.path}" if server.script else ""
        yield Sign(
            last.place,
            f"starts {server.name}{through}",
            "a development server, made neither for load nor for strangers",
            server.advice,
            [server.script] if server.script else [],
        )


def _words(text: str) -> list[str]:
    """A command in one text, which compose takes apart as a shell does; what only a shell understands, as if there were one."""
    from shlex import split

    with suppress(ValueError):
        words = split(text) if len(text) <= _MAX_COMMAND else []
        if words[:1] and posixpath.basename(words[0]) in ("sh", "bash", "ash"):
            return words
    return ["sh", "-c", text]


def _package(service: "Service") -> Package | None:
    """The package.json in the folder where its command starts, in a mount or in the image."""
    stage = service.origin.stage if service.origin else None
    folder = service.text("working_dir") or _working_folder(stage)
    for mount in mounts(service):
        if mount.path is not None and within(folder, mount.target):
            inside = posixpath.relpath(folder, mount.target)
            path = posixpath.normpath(posixpath.join(mount.path, inside, "package.json"))
            return service.compose.project.parsed(path, package)
    if not stage:
        return None
    from prodlint.dockerfile.node_package import package_of

    return package_of(stage)


def _working_folder(stage: "Stage | None") -> str:
    if not stage:
        return ""
    from prodlint.dockerfile.context import working_folder

    return working_folder(stage)


def _settings(service: "Service") -> "Iterator[Sign]":
    built = service.last("build") is not None
    for name, text, value in variables(service).values():
        if name not in _MODES and name not in _SWITCHES:
            continue
        if name == "DEBUG" and not built:
            continue  # to software of others it may mean no more than a longer log
        mode = name in _MODES and text.lower() in _DEVELOPMENT
        if not mode and (name not in _SWITCHES or text.lower() not in _ON):
            continue
        default = "$" in value.node.span.text
        unless = " unless the host sets it" if default else ""
        instead = "production" if mode else '"false"'
        yield Sign(
            value.place,
            f"runs with {name}={text}{unless}",
            "errors are shown to visitors with their code, and what makes it fast stays off",
            f"write {instead} here, and keep {text} in compose.override.yaml, which is for developers",
            certain=not default,
        )


def _source(service: "Service") -> "Iterator[Sign]":
    stage = service.origin.stage if service.origin else None
    if not stage:
        return
    folder, project = _working_folder(stage), service.compose.project
    for mount in mounts(service):
        if mount.path is None or folder == "/" or not within(mount.target, folder):
            continue
        if any(path.endswith(_CODE) for path in project.below(mount.path)):
            yield Sign(
                mount.place,
                f"mounts {mount.path or 'the repository'} over {mount.target} of its image",
                "what runs is what lies on the host, not what was built and tested",
                "leave the mount out here, and keep it in compose.override.yaml, which is for developers",
                certain=False,
            )
