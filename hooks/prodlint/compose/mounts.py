"""What is mounted into services, and where."""

import posixpath
import re

from prodlint.core.project import join
from prodlint.core.yaml import Mapping
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.compose.layers import Value
    from prodlint.compose.service import Service
    from prodlint.core.source import Span

# compose-spec, "volumes": VOLUME:CONTAINER_PATH[:ACCESS_MODE]; a variable that is not known may hold a colon of its own.
_VARIABLE = r"\$\{[^{}]*\}"


class Mount(NamedTuple):
    """A folder of a container that lies elsewhere.

    `path` is the folder in the repository that it shows, relative to the root; None for volumes and what lies elsewhere.
    """

    target: str
    path: str | None
    temporary: bool
    place: "Span"


def within(path: str, folder: str) -> bool:
    """Whether an absolute path is a folder or lies below it."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def mounts(service: "Service") -> list[Mount]:
    """The mounts of a service, as far as their places in the container are known."""
    found = [_mount(item) for item in service.items("volumes")]
    for value in service.stack("tmpfs"):
        found += [_temporary(item) for item in value.items or [value]]
    return [mount for mount in found if mount is not None]


def local_source(item: "Value") -> str:
    """What a volume shows of the folder of its file, as `./conf`; empty for volumes and what lies elsewhere."""
    kind, source, seen_at = _parts(item)
    return source if seen_at and source.startswith(".") and kind in ("", "bind") else ""


def target(item: "Value") -> str:
    """Where a volume is seen in the container."""
    return _parts(item)[2]


def _mount(item: "Value") -> Mount | None:
    kind, _, seen_at = _parts(item)
    if not seen_at.startswith("/"):
        return None
    local = local_source(item)
    path = join(item.layer.folder, local) if local else None
    return Mount(posixpath.normpath(seen_at), path, kind == "tmpfs", item.place)


def _parts(item: "Value") -> tuple[str, str, str]:
    """Its type, source and target; empty where they are not written."""
    if isinstance(item.node, Mapping):
        return _text(item, "type"), _text(item, "source"), _text(item, "target")
    text = re.sub(_VARIABLE, "$", item.text or "")
    source, _, rest = text.partition(":")
    return ("", source, rest.partition(":")[0]) if rest else ("", "", text)


def _text(item: "Value", key: str) -> str:
    value = item.get(key)
    return (value.text or "") if value else ""


def _temporary(item: "Value") -> Mount | None:
    seen_at = (item.text or "").partition(":")[0]
    return Mount(posixpath.normpath(seen_at), None, True, item.place) if seen_at else None
