"""Services that are given power over the host."""

import re

from prodlint.compose.deployment import counts
from prodlint.core.images import official, split
from prodlint.core.yaml import Mapping
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.layers import Value
    from prodlint.compose.model import Compose
    from prodlint.compose.service import Service

# They run containers of their own, for which the kernel asks all privileges.
_RUNS_CONTAINERS = ("docker", "dind", "docker-in-docker", "buildkit", "k3s", "kindest", "podman")
# They route to the containers of the host, watch them, or run jobs in new ones.
_WATCHES_CONTAINERS = (
    "docker",
    "traefik",
    "telegraf",
    "fluentd",
    "jenkins",
    "portainer",
    "portainer-ce",
    "watchtower",
)
# Names of services that are there to start or watch containers.
_COMMANDS_DOCKER = r"(?i)docker|sandbox|runner|orchestrat|deployer|builder"


def privileged(compose: "Compose") -> "list[tuple[Service, Value]]":
    """The services that run privileged, where that is no part of what they are for."""
    return [
        (service, value)
        for service in compose.candidates
        if (value := service.last("privileged"))
        and value.text == "true"
        and counts(value.place)
        and not _is(service, _RUNS_CONTAINERS)
        # It is there to look at the processes of the host.
        and service.text("pid") != "host"
    ]


def docker_sockets(compose: "Compose") -> "list[tuple[Service, Value]]":
    """The services of the repository's own that mount the socket of Docker.

    Software of others is not among them: to command Docker may be what it is for.
    """
    return [
        (service, item)
        for service in compose.candidates
        for item in service.items("volumes")
        if _mounts(item).endswith("/docker.sock")
        and counts(item.place)
        and (service.last("build") or official(_repository(service)))
        and not _is(service, _WATCHES_CONTAINERS)
        and not re.search(_COMMANDS_DOCKER, service.name)
    ]


def _mounts(item: "Value") -> str:
    """What of the host a volume is."""
    source = item.get("source") if isinstance(item.node, Mapping) else item
    return ((source.text if source else None) or "").partition(":")[0]


def _repository(service: "Service") -> str:
    """The image that it runs, or on which that is built."""
    return (
        service.origin.repository
        if service.origin
        else split(service.text("image") or "").repository
    )


def _is(service: "Service", names: tuple[str, ...]) -> bool:
    return service.name in names or _repository(service).rpartition("/")[2] in names
