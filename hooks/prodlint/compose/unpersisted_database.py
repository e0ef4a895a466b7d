"""A database keeps its data in no volume that outlives its container."""

from prodlint.compose.model import Compose
from prodlint.core import ERROR, WARNING, Finding, Findings, Related

LEVEL = WARNING


def check(compose: Compose) -> Findings:
    from prodlint.compose.unpersisted import unpersisted

    for found in unpersisted(compose):
        service, mount_at = found.service, found.data.mount_at
        image = service.last("image") or service.last("build")
        advice = f"- {service.name}-data:{mount_at}"
        if refused := found.refused:
            yield Finding(
                refused.place,
                f"{service.name} does not start: since version 18, the image of PostgreSQL refuses a mount at {refused.target}",
                help=f"mount the volume one folder higher, and move the data there with pg_upgrade\n{advice}",
                related=[Related(image.place, "is version 18 or later")] if image else (),
                level=ERROR,
            )
            continue
        yield Finding(
            (image.via or image.key) if image else service.span,
            f"{service.name} keeps the data of {found.name} in no volume of yours: after docker compose down, the next up starts with an empty database",
            help=f"mount a volume, and name it at the end of the file, below `volumes:`\n{advice}",
            related=[
                *(Related(m.place, f"goes to {m.target}, not {mount_at}") for m in found.elsewhere),
                *(service.origin.places if service.origin else ()),
            ],
        )
