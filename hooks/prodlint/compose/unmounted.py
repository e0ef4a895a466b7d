"""Files of the repository that services mount, and that a clean checkout lacks."""

import re
from collections.abc import Iterator
from itertools import islice

from prodlint.compose.absent import absent, expected
from prodlint.compose.mounts import local_source, target
from prodlint.compose.purpose import for_show, is_test_data
from prodlint.core.source import Span
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.compose.layers import Value
    from prodlint.compose.model import Compose
    from prodlint.compose.service import Service

# Names that nobody gives to a folder.
_FILE = r"(?i)\.(?:conf|cfg|cnf|ini|ya?ml|json|toml|xml|sh|sql|properties|template|js|py|rb|php|lua|vcl)$|(?:^|/)Caddyfile$"
_MAX_MOUNTS = 200


class Unmounted(NamedTuple):
    """A mount of what is not there. `refused`: compose does not make a folder in its place."""

    service: "Service"
    source: str
    target: str
    refused: bool
    place: Span


def unmounted(compose: "Compose") -> "Iterator[Unmounted]":
    """What the services of a project mount, each source once."""
    if is_test_data(compose.source.path) or for_show(compose.source.path):
        return
    told = set()
    items = ((service, item) for service in compose.services for item in service.items("volumes"))
    for service, item in islice(items, _MAX_MOUNTS):
        source, refused = local_source(item), _is_refused(item)
        if not source or "$" in source or source in told:
            continue
        are_files = re.search(_FILE, source) and re.search(_FILE, target(item))
        if (are_files or refused) and _lost(compose, item.layer.folder, source):
            told.add(source)
            yield Unmounted(service, source, target(item), refused, item.place)


def _is_refused(item: "Value") -> bool:
    bind = item.get("bind")
    made = bind.get("create_host_path") if bind else None
    return made is not None and made.text == "false"


def _lost(compose: "Compose", folder: str, source: str) -> bool:
    project = compose.project
    return absent(project, folder, source) and not expected(project, folder, source, whole=True)
