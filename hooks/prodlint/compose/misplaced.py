"""Where a key belongs that stands where compose does not know it."""

from prodlint.compose.conformance import Path
from prodlint.compose.specification import Schema, Specification, specification
from prodlint.typed import NamedTuple

# What people write for a key that is not similar to it.
_OTHER_WORDS = {
    "cmd": "command",
    "cpu": "cpus",
    "env": "environment",
    "envs": "environment",
    "health_check": "healthcheck",
    "healthchecks": "healthcheck",
    "max-file": "logging.options.max-file",
    "max-size": "logging.options.max-size",
    "log_driver": "logging.driver",
    "log_opt": "logging.options",
    "memory": "mem_limit",
    "memory_limit": "mem_limit",
    "net": "network_mode",
    "workdir": "working_dir",
}


def properties(schema: Schema) -> dict[str, Schema]:
    """The keys of a mapping."""
    return _properties(specification(), schema)


class Advice(NamedTuple):
    """What to write instead of a key: the end of a message, and more help."""

    message: str
    help: str


def advice(name: str, path: Path, known: dict[str, Schema]) -> Advice | None:
    """For a key that is none of the `known` ones of the mapping at `path`; None when it is not clear what is meant."""
    spec = specification()
    meant = next((other for other in known if _plain(other) == _plain(name)), None)
    meant = meant or _OTHER_WORDS.get(name, "")
    if meant.partition(".")[0] in known:
        return Advice(f", did you mean {meant!r}?", f"write\n{_nested(meant)}")
    if not path or path[0] != "services":
        return None
    service = _properties(spec, spec.root["$defs"]["service"])
    if len(path) > 2 and name in service:
        return Advice(", which belongs to the service itself", f"indent it like {path[2]}")
    below = _below(spec, known, name) or _below(spec, service, name)
    if below:
        return Advice(
            f", which belongs under {below.rpartition('.')[0]}", f"write\n{_nested(below)}"
        )
    return None


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _nested(path: str) -> str:
    """`deploy.replicas` as YAML."""
    lines = [f"{'  ' * depth}{key}:" for depth, key in enumerate(path.split("."))]
    return "\n".join(lines)


def _below(spec: Specification, known: dict[str, Schema], name: str) -> str:
    """The path to a key of that name in the mappings below, the nearest first."""
    level: list[tuple[Path, Schema]] = [((key,), schema) for key, schema in known.items()]
    while level:
        inner: list[tuple[Path, Schema]] = []
        for path, schema in level:
            keys = _properties(spec, schema)
            if name in keys:
                return ".".join((*path, name))
            inner += [((*path, key), below) for key, below in keys.items()]
        level = inner
    return ""


def _properties(spec: Specification, schema: Schema) -> dict[str, Schema]:
    shape = (spec.shapes(schema) or {}).get("object")
    return shape.properties if shape else {}
