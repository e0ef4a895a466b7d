"""What compose makes of scalars: their kinds as its YAML reader sees them, and what it casts texts to."""

import re

from prodlint.core.lazy import lazy
from prodlint.core.yaml import Scalar

Literal = tuple[str, object]
"""The kind of a value and the value; `any` for a text that stands for something unknown."""

_STARTS = frozenset("+-.0123456789")
_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
_NUMBER = lazy(rf"([-+]?(?:0b[01]+|0o?[0-7]+|0x[0-9a-fA-F]+|[0-9]+))|{_FLOAT}")
_DATE = lazy(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]*)?[ \t]*(?:Z|[-+][0-9:]+)?)?"
)
_TRUE, _FALSE = ("true", "y", "yes", "on"), ("false", "n", "no", "off")

_INT_CASTS = (
    "cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares deploy.replicas"
    " deploy.update_config.parallelism deploy.rollback_config.parallelism"
    " deploy.restart_policy.max_attempts deploy.placement.max_replicas_per_node healthcheck.retries"
    " oom_score_adj pids_limit ports.[].target scale ulimits.* ulimits.*.hard ulimits.*.soft"
)
_NUMBER_CASTS = (
    "cpu_percent cpus deploy.update_config.max_failure_ratio"
    " deploy.rollback_config.max_failure_ratio"
)
_BOOLEAN_CASTS = (
    "init depends_on.*.required depends_on.*.restart healthcheck.disable oom_kill_disable privileged"
    " read_only stdin_open tty volumes.[].read_only volumes.[].volume.nocopy"
)
_RESOURCE_CASTS = (
    "networks.*.external networks.*.internal networks.*.attachable networks.*.enable_ipv4"
    " networks.*.enable_ipv6 volumes.*.external secrets.*.external configs.*.external"
)
CASTS = {
    **{f"services.*.{path}": "integer" for path in _INT_CASTS.split()},
    **{f"services.*.{path}": "number" for path in _NUMBER_CASTS.split()},
    **{f"services.*.{path}": "boolean" for path in _BOOLEAN_CASTS.split()},
    **dict.fromkeys(_RESOURCE_CASTS.split(), "boolean"),
}
"""To what compose-go casts texts, by path (loader/interpolate.go): `*` for any key, `[]` for an item of a list."""


def literal(scalar: Scalar) -> Literal:
    """A scalar as go-yaml reads it, which also knows `1_000`, `0b11` and dates."""
    value = scalar.value
    if isinstance(value, str):
        plain = not scalar.style and scalar.tag != "!!str"
        return _unusual(value) if plain and value[:1] in _STARTS else ("string", value)
    if isinstance(value, bool):
        return "boolean", value
    if isinstance(value, float):
        return ("integer" if value.is_integer() else "number"), value
    return ("null", None) if value is None else ("integer", value)


def _unusual(text: str) -> Literal:
    if found := _NUMBER.fullmatch(text.replace("_", "")):
        return ("integer", 0) if found[1] else ("number", 0.0)
    if text[4:5] == "-" and (found := _DATE.fullmatch(text)):
        from calendar import monthrange

        year, month, day = map(int, found.groups())
        if year and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            return "date", text
    return "string", text


def cast(text: str, kind: str) -> Literal | None:
    """What compose makes of a text where it wants another kind; None for one that it refuses."""
    if kind == "boolean":
        word = text.lower()
        return ("boolean", word in _TRUE) if word in _TRUE + _FALSE else None
    if kind == "integer":
        return ("integer", int(text)) if re.fullmatch(r"[-+]?[0-9]{1,18}", text) else None
    if not re.fullmatch(rf"{_FLOAT}|(?i:[-+]?(?:inf|infinity|nan))|[-+]?0[xX].*", text):
        return None
    return "number", 0.0 if text[:2].lower() == "0x" or "x" in text.lower() else float(text)
