"""Databases whose data lie in no mount that outlives them."""

import posixpath
import re

from prodlint.compose.datastores import Datastore, datastore
from prodlint.compose.deployment import for_demonstration, given
from prodlint.compose.environment import variables
from prodlint.compose.mounts import Mount, mounts, within
from prodlint.core.answer import YES
from prodlint.core.images import split
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.compose.model import Compose
    from prodlint.compose.service import Service

# How a server is told where its data lie.
_OPTION = r"(?:^|\s)(?:--(?:datadir|dbpath|data-dir|dir)|-D)(?:=|\s+)(\S+)"
# What says that Redis writes to its disk; without it, it is a cache.
_WRITES = r"appendonly\s+yes|--save\s+[\"']?\d"
# docker-library/postgres: since version 18, VOLUME is one folder higher, and the entrypoint refuses the old place.
_POSTGRES = ("postgres", "pgvector/pgvector", "postgis/postgis")
_UNTIL_17, _SINCE_18 = "/var/lib/postgresql/data", "/var/lib/postgresql"
# Docker's official images that declare their folder a VOLUME.
_DECLARED = ("mysql", "mariadb", "mongo")
# Where scripts and settings are mounted.
_FIRST_SCRIPTS = "/docker-entrypoint-initdb.d"
_NO_DATA = (_FIRST_SCRIPTS, "/etc/", "/run/", "/var/run/", "/usr/local/", "/tmp")  # noqa: S108


class Data(NamedTuple):
    """The folders in which a database may keep its data, the first as a rule, and where to mount a volume for them.

    `declared`: the image declares the folder a volume, so that one mounted above it stays empty.
    """

    folders: tuple[str, ...]
    mount_at: str
    declared: bool = False

    def lie_in(self, mount: Mount) -> bool:
        below = any(within(mount.target, folder) for folder in self.folders)
        above = any(within(folder, mount.target) for folder in self.folders)
        return below or (above and not self.declared)


class Unpersisted(NamedTuple):
    """A database service, what it runs, where its data lie, and the mounts that are elsewhere."""

    service: "Service"
    name: str
    data: Data
    elsewhere: list[Mount]

    @property
    def refused(self) -> Mount | None:
        """The mount with which the image does not start."""
        refused = _UNTIL_17 if self.data.mount_at == _SINCE_18 else ""
        return next((mount for mount in self.elsewhere if mount.target == refused), None)


def unpersisted(compose: "Compose") -> list[Unpersisted]:
    """The databases that start empty after `docker compose down`."""
    found = []
    for service in compose.candidates:
        store = datastore(service.origin.repository) if service.origin else None
        if not store or not store.folders or given(compose, service.name, "volumes"):
            continue
        if _fills_itself(service):
            continue
        data, mounted = _data(service, store), mounts(service)
        if data and not any(data.lie_in(mount) for mount in mounted):
            elsewhere = [mount for mount in mounted if not mount.target.startswith(_NO_DATA)]
            one = Unpersisted(service, store.name, data, elsewhere)
            if one.refused or elsewhere or _is_to_last(service):
                found.append(one)
    return found


def _is_to_last(service: "Service") -> bool:
    """Whether something says that a database is no trial: its file, its restart policy, or other data that are kept."""
    compose = service.compose
    if compose.deployed is YES:
        return True
    if for_demonstration(compose.project):
        return False
    kept = any("volumes" in document for file in compose.files for document in file.documents)
    return kept or service.text("restart") not in (None, "no")


def _fills_itself(service: "Service") -> bool:
    """Whether its Dockerfile brings what every new container is filled with, as for a demonstration."""
    chain = service.origin.stage.chain if service.origin and service.origin.stage else ()
    brought = (one.arguments for stage in chain for one in stage.instructions)
    return any(_FIRST_SCRIPTS in words for words in brought)


def _data(service: "Service", store: Datastore) -> Data | None:
    """Where the data lie; None when that is not known, or when the service runs something else or a cache."""
    command = service.command
    if not _serves(service, store) or service.items("volumes_from") or "$" in command:
        return None
    if store.name == "Redis" and not re.search(_WRITES, command):
        return None
    told = re.search(_OPTION, command)
    own = variables(service).get("PGDATA") if store.name == "PostgreSQL" else None
    if told or own:
        folder = told[1] if told else own.text if own else ""
        return Data((posixpath.normpath(folder),), folder) if folder.startswith("/") else None
    repository, tag, _ = split(service.origin.base if service.origin else "")
    if repository in _POSTGRES and (version := re.search(r"(?:^|pg)(\d{1,3})", tag)):
        if int(version[1]) >= 18:
            return Data((f"{_SINCE_18}/{version[1]}/docker",), _SINCE_18)
        return Data((_UNTIL_17,), _UNTIL_17, declared=True)
    return Data(store.folders, store.folders[0], declared=repository in _DECLARED)


def _serves(service: "Service", store: Datastore) -> bool:
    """Whether its command is the server of the image, with options at most."""
    words = service.command.split()
    if not words or words[0].startswith("-"):
        return True
    return any(posixpath.basename(word) in store.programs for word in words)
