"""Ignores that were written for hadolint, BuildKit's checks, trivy and checkov, and the rules that correspond to theirs."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile

from prodlint.core.ignore import Foreign
from prodlint.core.images.end_of_life import today
from prodlint.core.lazy import lazy
from prodlint.dockerfile import parse
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.project import Project
    from prodlint.core.source import Source
    from prodlint.dockerfile.model import Dockerfile

# The ids of hadolint (DL), BuildKit (words), trivy (DS) and checkov (CKV) for what a rule of ours finds.
CORRESPONDING = {
    "root-user": "DL3002 DS-0002 CKV_DOCKER_3 CKV_DOCKER_8",
    "missing-healthcheck": "DL3057 DS-0026 CKV_DOCKER_2",
    "unshipped-healthcheck": "DL3057 DS-0026 CKV_DOCKER_2",
    "secret-in-image": "DL3064 SecretsUsedInArgOrEnv DS-0031",
    "shell-form-command": "DL3025 JSONArgsRecommended",
    "untagged-image": "DL3006 DL3007 DS-0001 CKV_DOCKER_7",
    "unverified-download": " ".join(f"CKV2_DOCKER_{number}" for number in range(2, 17)),
}
# They find that something is missing, from a stage or from the file: above a FROM, they mean all of it.
_OF_STAGE = ("DL3057",)
_OF_FILE = lazy(r"(?:AVD-)?DS-?0*(?:2|26)", re.I)
_COMMENT = lazy(
    r"^[ \t]*#[ \t]*(hadolint|check|checkov|bridgecrew|trivy)\b[ \t]*[=:]?[ \t]*([^\n]*)",
    re.M | re.I,
)
_PRAGMA = lazy(r"(?:(global|stage)[ \t]+)?ignore[ \t]*=[ \t]*([\w, \t]+)", re.I)
_TRIVY = lazy(r"(?:^|trivy:)ignore:([\w*-]+)(?::exp:(\d{4}-\d\d-\d\d))?", re.I)
_DIRECTIVE = lazy(r"[ \t]*#[ \t]*(?:syntax|escape|check)[ \t]*=", re.I)


def read(source: "Source", project: "Project") -> Iterator[Foreign]:
    """What each comment for another tool asks for, as far as a rule of ours corresponds."""
    document = project.parsed(source.path, parse)
    if document is None:
        return
    for comment in _COMMENT.finditer(source.text):
        line = source.line_of(comment.start())
        for name, scope in _asked(comment[1].lower(), comment[2]):
            rules = frozenset(_rules(name))
            lines = _lines(document, line, name, scope) if rules else None
            if lines is not None:
                yield Foreign(rules, *lines)


def _asked(tool: str, text: str) -> Iterator[tuple[str, str]]:
    """The ids that a comment names, and what it is for: the `file`, a `stage`, or what follows it.

    A `check` is for the file where parser directives stand.
    """
    if tool == "hadolint":
        pragma = _PRAGMA.match(text)
        scope = (pragma[1] or "").lower().replace("global", "file") if pragma else ""
        yield from ((name, scope) for name in re.findall(r"\w+", pragma[2] if pragma else ""))
    elif tool == "check":
        for part in text.split(";"):
            key, _, value = part.partition("=")
            if key.strip().lower() == "skip" and value.strip():
                yield from ((name, "check") for name in value.split()[0].split(","))
    elif tool == "trivy":
        yield from ((one[1], "") for one in _TRIVY.finditer(text) if not one[2] or one[2] > today())
    elif text.lower().startswith("skip="):
        yield text[len("skip=") :].strip().partition(":")[0], "file"


def _rules(name: str) -> Iterator[str]:
    """The rules to which an id of another tool corresponds; trivy's may be written AVD-DS-0002, DS-0002 or DS002."""
    number = re.fullmatch(r"(?:AVD-)?DS-?0*(\d+)", name, re.I)
    wanted = f"ds-{int(number[1]):04}" if number else name.lower()
    for rule, ids in CORRESPONDING.items():
        known = ids.lower().split()
        every = (wanted == "*" and any(one.startswith("ds-") for one in known)) or (
            wanted == "all" and any(one.isalpha() for one in known)
        )
        if every or wanted in known:
            yield f"dockerfile/{rule}"


def _lines(document: "Dockerfile", line: int, name: str, scope: str) -> tuple[int, int] | None:
    """The first and the last line that a comment on a line is about."""
    instructions = document.instructions
    at = bisect_left(instructions, line, key=lambda one: one.end_line)
    if scope == "file" or (scope == "check" and line <= _directives(document.source)):
        return 1, document.source.line_count
    if at == len(instructions):
        return None
    one = instructions[at]
    if one.keyword != "FROM":
        return one.line, one.end_line
    if scope == "stage" or name.upper() in _OF_STAGE:
        stage = next(stage for stage in document.stages if stage.head is one)
        return one.line, (stage.instructions or [one])[-1].end_line
    return (1, document.source.line_count) if _OF_FILE.fullmatch(name) else (one.line, one.end_line)


def _directives(source: "Source") -> int:
    """How many lines at the top of a file are parser directives."""
    lines = (source.line_span(number).text for number in range(1, source.line_count + 1))
    return sum(1 for _ in takewhile(_DIRECTIVE.match, lines))
