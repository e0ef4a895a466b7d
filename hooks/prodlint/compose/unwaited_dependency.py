"""A service does not wait for a dependency that has a healthcheck, so it may start too early."""

from prodlint.compose.model import HEALTHY, Compose, Dependency, Service
from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.core.names import listed

LEVEL = WARNING


def check(compose: Compose) -> Findings:
    for service in compose.services:
        if edges := service.unwaited:
            names = listed([edge.name for edge in edges])
            checks = f"{names}'s healthcheck" if len(edges) == 1 else f"the healthchecks of {names}"
            yield Finding(
                edges[0].span,
                f"{service.name} starts without waiting for {checks}: with no condition, depends_on waits only for the start",
                help="write\n" + "\n  ".join(["depends_on:", *_lines(service)]),
                related=[place for edge in edges for place in _places(edge)],
            )


def _places(edge: Dependency) -> list[Related]:
    places = []
    if edge.target and edge.target.health.place:
        places.append(Related(edge.target.health.place, f"is the healthcheck of {edge.name}"))
    if edge.downgraded:
        places.append(Related(edge.downgraded, "waits for it; the short form takes this back"))
    return places


def _lines(service: Service) -> list[str]:
    unwaited = {edge.name for edge in service.unwaited}
    lines = []
    for edge in service.depends_on:
        condition = HEALTHY if edge.name in unwaited else edge.condition
        lines += [f"{edge.name}:", f"  condition: {condition}"]
        lines += [] if edge.required else ["  required: false"]
    return lines
