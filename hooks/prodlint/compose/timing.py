"""The timings of a healthcheck: how long docker compose and the engine take them to be, and what they refuse."""

import re

from prodlint.core.finding import Fault
from prodlint.core.yaml import Scalar
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.layers import Value
    from prodlint.compose.service import Service

DURATIONS = ("interval", "timeout", "start_period", "start_interval")
# In milliseconds; compose reads days and weeks too.
_UNITS = {
    **{"ns": 1e-6, "us": 1e-3, "µs": 1e-3, "μs": 1e-3, "ms": 1, "s": 1000, "m": 60_000},
    **{"h": 3_600_000, "d": 86_400_000, "w": 604_800_000},
}
_PART = r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|[smhdw])"
_DEFAULTS = {"interval": 30_000, "retries": 3, "start_period": 0}
_MAX_TEXT = 100


def milliseconds(written: str) -> float | None:
    """A duration as compose reads it; None when it refuses it."""
    sign = -1 if written.startswith("-") else 1
    rest = written.lstrip("+-") if written[1:2] not in ("+", "-") else ""
    if rest == "0":
        return 0
    if len(rest) > _MAX_TEXT or not re.fullmatch(f"(?:{_PART})+", rest):
        return None
    return sign * sum(float(size) * _UNITS[unit] for size, unit in re.findall(_PART, rest))


def faults(service: "Service") -> list[Fault]:
    """The timings that docker compose or the engine refuses."""
    found = [_duration(value) for key in DURATIONS if (value := service.last("healthcheck", key))]
    retries = service.last("healthcheck", "retries")
    found.append(_retries(retries) if retries else None)
    often = service.last("healthcheck", "start_interval")
    if often and service.last("healthcheck", "start_period") is None:
        found.append(
            Fault(
                often.key,
                "start_interval stands without start_period, so docker compose up stops",
                "add start_period, the time that a start may take",
            )
        )
    return [fault for fault in found if fault]


def _duration(value: "Value") -> Fault | None:
    written = value.text
    if written is None or "$" in written or _is_number(value):
        return None  # a number without quotes is compose/invalid-compose's
    length = milliseconds(written)
    name = _name(value)
    if length is None:
        bare = re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", written)
        why = "has no unit" if bare else "is no duration"
        advice = f"write {written}s" if bare else "write it as 30s, 500ms or 1m30s"
        return Fault(value.node.span, f"{name} {why}, so docker compose refuses the file", advice)
    if length and length < 1:
        below = "is negative" if length < 0 else "is less than 1ms"
        why = f"{name} {below}, so docker refuses to create the container"
        return Fault(value.node.span, why, "write it as 30s, 500ms or 1m30s")
    return None


def _retries(value: "Value") -> Fault | None:
    if not re.fullmatch(r"-[0-9]*[1-9][0-9]*", (value.text or "")[:_MAX_TEXT]):
        return None
    why = "retries is negative, so docker compose refuses the file"
    return Fault(value.node.span, why, "write how many probes in a row may fail, as retries: 3")


def _is_number(value: "Value") -> bool:
    return isinstance(value.node, Scalar) and not isinstance(value.node.value, str)


def _name(value: "Value") -> str:
    return value.key.text.strip("\"'")


def window(service: "Service") -> float | None:
    """The milliseconds after which a service that does not start counts as unhealthy; None when unknown."""
    sizes = {}
    for key, default in _DEFAULTS.items():
        value = service.last("healthcheck", key)
        written = value.text if value else "0"
        if written is None:
            return None
        if key == "retries":
            size = float(written) if re.fullmatch(r"[0-9]{1,9}", written) else None
        else:
            size = milliseconds(written)
        if size is None or size < 0:
            return None
        sizes[key] = size or default
    return sizes["start_period"] + sizes["interval"] * sizes["retries"]
