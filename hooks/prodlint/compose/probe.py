"""Which programs the test of a compose healthcheck cannot do without."""

from collections.abc import Callable

from prodlint.compose.layers import Value
from prodlint.core.ending import Ending, settled
from prodlint.core.probe import Call, Reading
from prodlint.core.source import Span
from prodlint.core.yaml import Scalar, text

__all__ = ["Call", "missing"]


def missing(test: Value, lacks: Callable[[str], bool]) -> Call | None:
    """The program without which a `test:` can never pass, if an image lacks it.

    None too when the test switches the check off, or compose refuses it.
    """
    kind, *items = test.items or [test]
    if any(item.text is None for item in (kind, *items)):
        return None
    if kind is test:
        return _missing_in_script(test, lacks)
    if kind.text == "CMD-SHELL" and items:
        return _missing_in_script(items[0], lacks)
    if kind.text != "CMD" or not items:
        return None
    reading = Reading(lacks, items[0].via)
    words = [item.text for item in items]
    if "$" in (words[0] or ""):
        return None
    places = [_at(item, 0, len(text(item.node) or "")) for item in items]
    return reading.culprit if reading.argv(words, places) is Ending.FAILS else None


def _missing_in_script(value: Value, lacks: Callable[[str], bool]) -> Call | None:
    if lacks("sh"):
        return Call("sh", value.place, value.node.span, [])
    expanded = value.layer.variables.traced(text(value.node) or "")

    def locate(start: int, end: int) -> Span:
        return _at(value, expanded.origin(start), expanded.origin(max(end - 1, start)) + 1)

    reading = Reading(lacks, value.via)
    ending = settled(reading.script(expanded.text, locate))
    return reading.culprit if ending is Ending.FAILS else None


def _at(value: Value, start: int, end: int) -> Span:
    """A part of a scalar."""
    node = value.node
    return node.at(start, end) if isinstance(node, Scalar) else node.span
