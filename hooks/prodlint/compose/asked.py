"""What the commands of a test ask: at which address, and of which server."""

import posixpath
import re
from contextlib import suppress

from prodlint.compose.origin import Origin
from prodlint.core.source import Unreadable, read
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.healthcheck import Program, Test
    from prodlint.compose.service import Service
    from prodlint.core.project import Project
    from prodlint.core.source import Span

_LOCALHOST = r"(?:^|//|['\"])localhost(?=[:/'\"]|$)"
_POSTGRES = ("postgres", "postgis", "pgvector", "timescaledb")
_HOST = r"-\w*h|-h.+|--host(?:=.*)?"
_PROTECTED = r"--requirepass[\s=]+[\"']?[^\s\"'-]"
# Or `-e`, with which redis-cli ends with 1 when it is refused.
_AUTHENTICATES = r"-a|-e$|-u|--pass|--askpass|--user"
_EVERY_IPV4 = r"(?<![\d.])0\.0\.0\.0(?![\d./])"
_CODE = (".js", ".mjs", ".cjs", ".ts", ".mts", ".py", ".go", ".rb", ".php", ".java", ".kt", ".rs")
_MAX_FILES = 300


def localhost_by_busybox(test: "Test", image: Origin | None) -> "Span | None":
    """The wget of busybox that asks localhost, which it takes for ::1 alone."""
    if not image or not image.image or image.image.system not in ("alpine", "busybox"):
        return None
    if image.stage and any("wget" in one.arguments for one in image.stage.reversed("RUN")):
        return None  # another wget may have taken its place
    for program in test.programs:
        if program.name == "wget":
            for raw, place in zip(program.raw, program.places, strict=True):
                if re.search(_LOCALHOST, raw):
                    return place
    return None


def listens_on_ipv4(service: "Service") -> "Span | None":
    """Where the service, its image or its code says that its server listens on 0.0.0.0, and not on IPv6."""
    given = [service.last(key) for key in ("environment", "command", "entrypoint")]
    found = next((span for one in given if one and (span := _match(one.node.span))), None)
    stage = service.origin.stage if service.origin else None
    if found or not stage:
        return found
    for one in stage.reversed("CMD", "ENTRYPOINT", "ENV"):
        if span := _match(one.span):
            return span
    code = service.compose.project.once(_Code)
    return code.listens(posixpath.dirname(stage.document.source.path))


class _Code:
    """The code of a repository, searched once for each folder."""

    def __init__(self, project: "Project") -> None:
        self.project = project
        self.found: dict[str, Span | None] = {}

    def listens(self, folder: str) -> "Span | None":
        if folder not in self.found:
            self.found[folder] = self._search(folder)
        return self.found[folder]

    def _search(self, folder: str) -> "Span | None":
        names = [path for path in self.project.below(folder) if path.endswith(_CODE)]
        for path in [path for path in names if "test" not in path][:_MAX_FILES]:
            with suppress(Unreadable):
                source = read(self.project.root, path)
                if span := _match(source.span(0, len(source.text))):
                    return span
        return None


def _match(whole: "Span") -> "Span | None":
    found = re.search(_EVERY_IPV4, whole.text)
    return (
        whole.source.span(whole.start + found.start(), whole.start + found.end()) if found else None
    )


def asks_the_socket(test: "Test") -> "Program | None":
    """The pg_isready without a host, when nothing else is asked."""
    service, _ = test.services[0]
    if "PGHOST" in test.text or any(
        "PGHOST" in one.node.span.text for one in service.stack("environment")
    ):
        return None
    asking = [program for program in test.programs if program.name not in ("exit", "echo")]
    for program in asking:
        hosted = any(re.fullmatch(_HOST, word or "") for word in program.words)
        if program.name != "pg_isready" or hosted:
            return None
    return asking[0] if asking else None


def is_postgres(image: Origin | None) -> bool:
    return image is not None and image.repository.rpartition("/")[2] in _POSTGRES


def ping_without_password(test: "Test") -> "Span | None":
    """The redis-cli on which all depends, if the server demands a password of it; it ends with 0 when it is refused."""
    service, _ = test.services[0]
    if not re.search(_PROTECTED, service.command) or service.last("env_file"):
        return None
    if "_AUTH" in test.text or any(
        "_AUTH" in one.node.span.text for one in service.stack("environment")
    ):
        return None
    asking = [program for program in test.programs if program.name not in ("exit", "echo")]
    if len(asking) != 1 or not asking[0].name.endswith("-cli"):
        return None
    words = [word or "" for word in asking[0].words]
    plain = not any(re.match(_AUTHENTICATES, word) for word in words)
    return asking[0].places[0] if plain and words[-1].lower() == "ping" else None
