"""The restart policies that Docker knows."""

import re

from prodlint.core.yaml import Scalar
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.layers import Value

# moby, ValidateRestartPolicy; docker/compose, mapRestartPolicyCondition, takes the conditions of Swarm in both places.
_KNOWN = r"none|no|any|always|unless-stopped|on-failure(?::.*)?"
_MEANT = {"never": "no", "unless": "unless-stopped"}
_NAMES = ("no", "always", "unless-stopped", "on-failure")
_CONDITIONS = ("none", "any", "on-failure")


def known(policy: "Value") -> bool:
    """Whether Docker takes a policy; true as well for what is no text, which the schema refuses."""
    text = policy.text or ""
    if text in _NAMES:
        return True
    odd = not isinstance(policy.node, Scalar) or not isinstance(policy.node.value, str)
    return odd or "$" in text or re.fullmatch(_KNOWN, text) is not None


def instead(text: str, *path: str) -> str:
    """What to write for a policy that Docker does not know."""
    name, _, count = text.lower().replace("_", "-").replace(" ", "-").partition(":")
    if name in _NAMES and count:
        return f"write {name}; only on-failure takes a number, as in on-failure:5"
    names = _NAMES if path == ("restart",) else _CONDITIONS
    from difflib import get_close_matches

    found = _MEANT.get(name) or next(iter(get_close_matches(name, names, 1)), None)
    if found in names:
        return f"did you mean {found}?"
    return f"write one of {', '.join(names)}"
