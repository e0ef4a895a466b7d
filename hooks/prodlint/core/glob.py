"""Path patterns in the manner of .gitignore: `*` stays within a folder, `**` does not."""

import re
from collections.abc import Iterable
from functools import cache


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    anchored = "/" in pattern.rstrip("/")
    body = pattern.strip("/")
    out, at = [], 0
    while at < len(body):
        if body.startswith("**/", at):
            out.append("(?:.*/)?")
            at += 3
        elif body.startswith("**", at):
            out.append(".*")
            at += 2
        elif body[at] == "*":
            out.append("[^/]*")
            at += 1
        elif body[at] == "?":
            out.append("[^/]")
            at += 1
        elif body[at] == "[" and "]" in body[at + 2 :]:
            end = body.index("]", at + 2)
            inner = body[at + 1 : end].replace("\\", "\\\\")
            out.append("[" + ("^" + inner[1:] if inner[0] in "!^" else inner) + "]")
            at = end + 1
        else:
            out.append(re.escape(body[at]))
            at += 1
    try:
        return re.compile(("" if anchored else "(?:.*/)?") + "".join(out) + "(/.*)?", re.DOTALL)
    except re.error:
        return re.compile(re.escape(pattern))


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
