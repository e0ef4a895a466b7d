"""The ways in which a variable does not fit a schema."""

from prodlint.core.finding import Finding
from prodlint.typed import NamedTuple

INVALID, MISSING, UNKNOWN = "invalid", "missing", "unknown"
DEPRECATED, WEAK = "deprecated", "weak"


class Problem(NamedTuple):
    """One variable that does not fit; `kind` is one of the above."""

    kind: str
    finding: Finding
