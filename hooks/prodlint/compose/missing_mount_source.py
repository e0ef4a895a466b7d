"""A file that is mounted into a service is not in the repository, so Docker mounts an empty folder in its place."""

from prodlint.compose.model import Compose, level
from prodlint.core import ERROR, Finding, Findings

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    if not any("volumes" in service.written for service in compose.services):
        return
    from prodlint.compose.unmounted import unmounted

    for lost in unmounted(compose):
        effect = f"Docker makes an empty folder of that name, and mounts it at {lost.target}"
        yield Finding(
            lost.place,
            f"{lost.service.name} mounts {lost.source}, which is not in the repository: "
            + ("docker compose stops" if lost.refused else effect),
            help=f"add {lost.source}, or say in the README who makes it",
            level=level(lost.place),
        )
