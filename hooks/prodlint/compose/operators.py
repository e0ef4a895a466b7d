"""The operators of a shell in a command that compose reads itself."""

import re

from prodlint.compose.formats import end_of_words
from prodlint.compose.layers import Value
from prodlint.core.source import Span
from prodlint.core.yaml import Scalar
from prodlint.typed import NamedTuple

_SIGNS = frozenset("&|;")
_OPERATOR = r"&&|\|[|&]?|;|&"
# What sends output elsewhere is dropped too, and the log has it.
_REDIRECTIONS = r"(?:[0-9&]*[<>]{1,2}[ \t]*(?:&[0-9-]|[^\s;&|<>]+)\s*)+"


class Cut(NamedTuple):
    """Where compose stops to read a command, and from where nothing of it is run."""

    operator: str
    span: Span


def dropped(value: Value) -> Cut | None:
    """The operator behind which a command is lost; None when nothing is, or a substitution leaves it open."""
    node = value.node
    if not isinstance(node, Scalar) or "`" in node.text or _SIGNS.isdisjoint(node.text):
        return None
    end = end_of_words(node.text)
    redirected = re.compile(_REDIRECTIONS).match(node.text, end)
    start = redirected.end() if redirected else end
    operator = re.compile(_OPERATOR).match(node.text, start)
    if not operator or not node.text[operator.end() :].strip("; \t\n"):
        return None
    return Cut(operator[0], value.via or node.at(*operator.span()))
