"""The healthcheck of a service that others reach is switched off."""

from prodlint.compose.model import Compose, Service
from prodlint.core import WARNING, Finding, Findings, Related

LEVEL = WARNING


def check(compose: Compose) -> Findings:
    for service in compose.services:
        place = service.health.place if "healthcheck" in service.written else None
        if not place or not service.health.switched_off or not _is_ours(service):
            continue
        # One that is waited for stops the start: that is compose/unhealthy-dependency's.
        if service.reached and service.needs_health and not service.waited_for:
            lost = _lost(service)
            yield Finding(
                place,
                f"{service.name}'s healthcheck is switched off: nothing notices when it stops answering",
                help="let the check run" if lost else f"in its place, {service.recipe}",
                related=lost,
            )


def _is_ours(service: Service) -> bool:
    """Whether compose, and not the image, switches it off."""
    switches = [service.last("healthcheck", key) for key in ("disable", "test")]
    return any(one and one.place == service.health.place for one in switches)


def _lost(service: Service) -> list[Related]:
    """The test that would run."""
    for value in reversed(service.stack("healthcheck", "test")):
        if value.place != service.health.place and value.node.tag != "!reset":
            return [Related(value.place, "is the test that it switches off")]
    image = service.origin
    if image and image.stage and image.stage.healthcheck and not image.switched_off:
        return [Related(image.place, "is the check of the image that it switches off")]
    return []
