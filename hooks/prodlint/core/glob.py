"""Path patterns in the manner of .gitignore: `*` stays within a folder, `**` does not."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count

_PART = r"(?:(?<=/)|^)\*\*/|\*\*|\*|\?|\[[^\]][^\]]*\]|[\s\S]"


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    body = pattern.strip("/")
    body = body if "/" in pattern.rstrip("/") else f"**/{body}"
    try:
        return re.compile(_expression(body) + "(/.*)?", re.DOTALL)
    except re.error:
        return re.compile(re.escape(pattern))


def _expression(body: str) -> str:
    """Every wildcard but the last of its kind is bound to the first place that fits.

    One behind it takes what is left, so that no other place would fit better, and to try them all takes years.
    """
    runs = [("", [""])]
    for part in re.findall(_PART, body):
        if part.startswith("**"):
            runs.append(("(?:.*?/)??" if part == "**/" else ".*?", [""]))
        elif part == "*":
            runs[-1][1].append("")
        else:
            runs[-1][1][-1] += _one(part)
    groups = count()
    parts = []
    for start, (first, *others) in runs:
        bound = [_bound(f"[^/]*?{part}", groups) for part in others[:-1]]
        parts.append("".join([start, first, *bound, *(f"[^/]*?{part}" for part in others[-1:])]))
    return "".join([*(_bound(part, groups) for part in parts[:-1] if part), parts[-1]])


def _bound(expression: str, groups: Iterator[int]) -> str:
    """Without a way back, which Python has an own notation for since 3.11."""
    name = f"g{next(groups)}"
    return f"(?=(?P<{name}>{expression}))(?P={name})"


def _one(part: str) -> str:
    """What matches one character."""
    if len(part) == 1:
        return "[^/]" if part == "?" else re.escape(part)
    inner = part[1:-1].replace("\\", "\\\\")
    return "[" + ("^" + inner[1:] if inner[0] in "!^" else inner) + "]"


def matches(path: str, pattern: str) -> bool:
    """Whether the pattern names `path` or a folder above it."""
    return _compile(pattern).fullmatch(path) is not None


def any_matches(path: str, patterns: Iterable[str]) -> bool:
    return any(matches(path, pattern) for pattern in patterns)


def ignored(path: str, lines: Iterable[str]) -> bool:
    """Whether the lines of a .gitignore, relative to its folder, leave `path` out; the last match decides."""
    result = False
    for line in lines:
        rule = line.rstrip()
        if not rule or rule.startswith("#"):
            continue
        keep = rule.startswith("!")
        if matches(path, rule.removeprefix("!")):
            result = not keep
    return result
