"""What compose-go demands of a mapping beyond the schema: keys that need or exclude each other."""

from collections.abc import Iterator

from prodlint.core.source import Span
from prodlint.core.yaml import Mapping, Node, Scalar, Sequence, find, mapping, sequence, text

Conflict = tuple[Span, str, object]
"""A place, the keyword of a problem, and what it demands."""

_MOUNTED = frozenset(f"services.*.{key}.[]" for key in ("ports", "volumes", "devices"))
_EXCLUSIVE = {
    "services.*": ("network_mode", "networks"),
    "services.*.build": ("dockerfile", "dockerfile_inline"),
    "services.*.gpus.[]": ("count", "device_ids"),
    "services.*.deploy.resources.reservations.devices.[]": ("count", "device_ids"),
    "secrets.*": ("file", "environment"),
    "configs.*": ("file", "environment", "content"),
}
_WATCH, _VOLUME = "services.*.develop.watch.[]", "volumes.*"
_NAMED = frozenset(("networks.*", _VOLUME, "secrets.*", "configs.*"))
_ALWAYS = ("secrets.*", "configs.*", _WATCH, *_MOUNTED)
_OF_SERVICES = frozenset(("network_mode", "platform", "scale"))
SUSPECTS: dict[str, frozenset[str] | None] = {
    **{spot: frozenset(keys[1:]) for spot, keys in _EXCLUSIVE.items()},
    **dict.fromkeys(_NAMED, frozenset(("external",))),
    "services.*": _OF_SERVICES,
    **dict.fromkeys(_ALWAYS),
}
"""Where there may be conflicts, and the keys without which there is none; None where there may be some in any case."""


def conflicts(node: Mapping, spot: str, partial: bool) -> Iterator[Conflict]:
    """What is wrong with the mapping at one of the spots of SUSPECTS; if it is `partial`, other files may add to it."""
    keys = [key for key in _EXCLUSIVE.get(spot, ()) if _given(node.get(key))]
    if len(keys) > 1:
        yield _key(node, keys[1]), "exclusive", keys[0]
    if spot in ("secrets.*", "configs.*") and not (keys or partial or _elsewhere(node, spot)):
        yield node.span, "needs", _EXCLUSIVE[spot]
    if spot in _MOUNTED and "target" not in node:
        yield node.span, "needs", ("target",)
    if spot == "services.*.volumes.[]" and _is_bind_of_nothing(node):
        yield node.span, "needs", ("source",)
    if spot in _NAMED and _has_two_names(node):
        yield _key(node, "external"), "exclusive", "name"
    if spot == _WATCH and not partial and "target" not in node and _syncs(node):
        yield node.span, "needs", ("target",)
    if spot == _VOLUME and _is_external(node):
        for name in node:
            if name not in ("name", "external") and not name.startswith("x-"):
                yield _key(node, name), "exclusive", "external"
    if spot == "services.*":
        yield from _platform(node)
        yield from _scale(node)


def _is_bind_of_nothing(node: Mapping) -> bool:
    return text(node.get("type")) == "bind" and "source" not in node


def _has_two_names(node: Mapping) -> bool:
    name, other = text(node.get("name")), text(find(node, "external", "name"))
    return bool(name and other) and name != other and "$" not in f"{name}{other}"


def _syncs(node: Mapping) -> bool:
    return text(node.get("action")) in ("sync", "sync+restart", "sync+exec")


def _given(node: Node | None) -> bool:
    if node is None or node.tag == "!reset":
        return False
    return bool(node) if isinstance(node, (Mapping, Sequence)) else bool(node.text)


def _key(node: Mapping, name: str) -> Span:
    key = node.key(name)
    return key.span if key else node.span


def _is_external(node: Mapping) -> bool:
    external = node.get("external")
    return isinstance(external, Mapping) or (text(external) or "").lower() in ("true", "yes", "on")


def _elsewhere(node: Mapping, spot: str) -> bool:
    """Whether a secret or config is not made of a file."""
    external = node.get("external")
    unset = isinstance(external, Scalar) and external.text.lower() in ("false", "no", "off")
    return (spot == "configs.*" and "driver" in node) or (external is not None and not unset)


def _platform(node: Mapping) -> Iterator[Conflict]:
    platform = text(node.get("platform"))
    platforms = [text(item) or "" for item in sequence(mapping(node.get("build")).get("platforms"))]
    known = not any("$" in name for name in (platform or "", *platforms))
    if platform and platforms and known and platform not in platforms:
        yield _key(node, "platform"), "platform", platforms


def _scale(node: Mapping) -> Iterator[Conflict]:
    scale, replicas = text(node.get("scale")), text(find(node, "deploy", "replicas"))
    if scale and replicas and scale != replicas and "$" not in scale + replicas:
        yield _key(node, "scale"), "exclusive", "deploy.replicas"
