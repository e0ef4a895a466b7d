"""The order in which compose starts the services of a project, as a picture and as text."""

import re
from collections.abc import Iterable

from prodlint.compose.service import COMPLETED, HEALTHY
from prodlint.core.answer import NO, UNKNOWN, YES
from prodlint.core.visible import visible
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.model import Compose, Dependency, Service

WIDTH = 80
# What a node says of the health of its service, and its class.
_HEALTH = {
    YES: ("healthcheck", "healthy"),
    NO: ("no healthcheck", "unhealthy"),
    UNKNOWN: ("health unknown", "unknown"),
}
_STYLES = """\
  classDef healthy fill:#d8f5dd,stroke:#1a7f37,color:#0b3d1a
  classDef unhealthy fill:#ffdcd9,stroke:#cf222e,color:#5c0f14
  classDef unknown fill:#eaeef2,stroke:#6e7781,color:#24292f
  classDef job fill:#ddf4ff,stroke:#0969da,color:#0a3069
  classDef missing fill:#ffffff,stroke:#cf222e,color:#5c0f14,stroke-dasharray:4
"""
_ARROWS = {HEALTHY: "-->", COMPLETED: "==>"}
_SAFE = r"[^\w ,./-]"


def mermaid(projects: "Iterable[Compose]") -> str:
    """A flowchart with a box for each project: what starts first points to what waits for it.

    The nodes have numbers for names, and what a file says is written in character codes where Mermaid could read it.
    """
    lines = ["flowchart LR\n"]
    for index, compose in enumerate(projects):
        lines.append(f'  subgraph p{index}["{_quoted(compose.source.path)}"]\n')
        nodes = {name: f"p{index}s{number}" for number, name in enumerate(compose.named)}
        for service in compose.named.values():
            lines.append(_node(nodes[service.name], service.name, *_health(service)))
        edges = [edge for service in compose.named.values() for edge in service.depends_on]
        for edge in edges:
            if edge.name not in nodes:
                nodes[edge.name] = f"p{index}s{len(nodes)}"
                lines.append(_node(nodes[edge.name], edge.name, "not defined", "missing"))
        lines += [
            f"    {nodes[edge.name]} {_ARROWS.get(edge.condition, '-.->')}|{_condition(edge)}| {nodes[edge.service.name]}\n"
            for edge in edges
        ]
        lines.append("  end\n")
    return "".join(lines) + _STYLES


def _health(service: "Service") -> tuple[str, str]:
    """The words for the health of a service, and the class of its node."""
    if call := service.missing_program:
        return f"never healthy, {call.name} is not in its image", "unhealthy"
    if any(edge.condition == COMPLETED for edge in service.dependents):
        return "runs once", "job"
    return _HEALTH[service.health.answer]


def _node(node: str, name: str, health: str, kind: str) -> str:
    return f'    {node}["{_quoted(name)}<br>{_quoted(health)}"]:::{kind}\n'


def _quoted(name: str) -> str:
    return re.sub(_SAFE, lambda match: f"#{ord(match[0])};", visible(name))


def _condition(edge: "Dependency") -> str:
    condition = {HEALTHY: "healthy", COMPLETED: "completed"}.get(edge.condition, "started")
    return condition if edge.required else f"{condition}, if there"


def text(projects: "Iterable[Compose]") -> str:
    """The services of each project in the order in which they start, for a terminal of WIDTH columns."""
    return "\n".join(_project(compose) for compose in projects)


def _project(compose: "Compose") -> str:
    lines = _wrapped(visible(compose.source.path), "")
    steps = order(compose)
    for number, services in enumerate(steps, 1):
        for service in services:
            head = f"{number if service is services[0] else '':>3}  "
            lines += _wrapped(f"{visible(service.name)}: {_health(service)[0]}", head)
            waits = [_wait(edge) for edge in service.depends_on]
            if waits:
                lines += _wrapped(f"after {', '.join(waits)}", " " * 7)
    started = {service.name for services in steps for service in services}
    if circle := [visible(name) for name in compose.named if name not in started]:
        lines += _wrapped(f"never, as they wait for each other: {', '.join(circle)}", "  -  ")
    return "".join(f"{line}\n" for line in lines)


def _wait(edge: "Dependency") -> str:
    condition = _condition(edge) if edge.target else "not defined"
    return f"{visible(edge.name)} ({condition})"


def _wrapped(text: str, head: str) -> list[str]:
    from textwrap import wrap

    below = " " * len(head)
    return wrap(text, WIDTH, initial_indent=head, subsequent_indent=below, break_on_hyphens=False)


def order(compose: "Compose") -> "list[list[Service]]":
    """The services that can start at the same time, step by step; without those in or behind a circle."""
    waits = {
        service.name: sum(1 for edge in service.depends_on if edge.target)
        for service in compose.named.values()
    }
    places = {name: place for place, name in enumerate(waits)}
    steps = []
    ready = [name for name, count in waits.items() if not count]
    while ready:
        steps.append([compose.named[name] for name in ready])
        after: list[str] = []
        for edge in (edge for name in ready for edge in compose.dependents.get(name, ())):
            waits[edge.service.name] -= 1
            if not waits[edge.service.name]:
                after.append(edge.service.name)
        ready = sorted(after, key=places.__getitem__)
    return steps
