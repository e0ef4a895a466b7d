"""What the baselines of detect-secrets and gitleaks accept. They are read as data: no plugin or filter they name is loaded."""

import json
import posixpath
import re
from collections.abc import Iterator
from functools import cached_property

from prodlint.core.config import BadConfig
from prodlint.core.finding import Finding
from prodlint.core.project import old_text
from prodlint.core.source import Source
from prodlint.typed import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    Baseline: TypeAlias = "DetectSecrets | Gitleaks"

_COMMIT = r"[0-9a-f]{7,64}"
_KEY_HEADER = r"BEGIN[A-Z ]{0,40} PRIVATE KEY|PuTTY-User-Key-File-2"


class DetectSecrets:
    """`.secrets.baseline`: SHA-1 hashes of values, by path. One that an audit called a real secret is not accepted."""

    def __init__(self, data: Any) -> None:
        results = data.get("results") if isinstance(data, dict) else None
        if not isinstance(results, dict):
            raise BadConfig("no baseline of detect-secrets: it has no results")
        self.entries = {
            (_path(path), entry["hashed_secret"])
            for path, entries in results.items()
            for entry in (entries if isinstance(entries, list) else ())
            if isinstance(entry, dict)
            and isinstance(entry.get("hashed_secret"), str)
            and not entry.get("is_secret")
        }
        self._paths = {path for path, _ in self.entries}

    def entry(self, finding: Finding) -> tuple[str, str] | None:
        """The entry that accepts a finding."""
        if finding.span.path not in self._paths:
            return None
        from hashlib import sha1

        for value in _values(finding):
            digest = sha1(value.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
            if (finding.span.path, digest) in self.entries:
                return finding.span.path, digest
        return None


class Place(NamedTuple):
    """A line of a file, as it is or as a commit had it."""

    commit: str
    path: str
    line: int


class Gitleaks:
    """`.gitleaksignore`: lines of files, some of them as a commit had them.

    Such a line is looked up there: it accepts what stands in a line with the same text today.
    """

    def __init__(self, root: str, text: str) -> None:
        self.root = root
        self.entries = set(_places(text))
        if not self.entries:
            raise BadConfig("no .gitleaksignore: it has no line like path:rule:line")

    @cached_property
    def _lines(self) -> dict[tuple[str, str], Place]:
        """The old lines by path and text."""
        texts: dict[tuple[str, str], list[str]] = {}
        found = {}
        for place in sorted(self.entries):
            version = place.commit, place.path
            if place.commit and version not in texts:
                texts[version] = (old_text(self.root, *version) or "").split("\n")
            if place.commit and place.line <= len(texts[version]):
                line = texts[version][place.line - 1].strip()
                found[place.path, line] = place
        return found

    def entry(self, finding: Finding) -> Place | None:
        """The entry that accepts a finding."""
        path, line = finding.span.path, finding.span.line
        place = Place(finding.commit, path, line)
        if place in self.entries:
            return place
        text = finding.span.source.line_span(line).text.strip()
        return self._lines.get((path, text))


def read(source: Source, root: str) -> "Baseline":
    """A baseline of another tool; raises BadConfig for what is none."""
    if not source.text.lstrip().startswith("{"):
        return Gitleaks(root, source.text)
    try:
        data = json.loads(source.text)
    except (RecursionError, ValueError):
        raise BadConfig("not JSON") from None
    return DetectSecrets(data)


def _path(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/"))


def _places(text: str) -> Iterator[Place]:
    for line in text.splitlines():
        told = re.fullmatch(rf"(?:({_COMMIT}):)?([^#:][^:]*):[^:]+:(\d{{1,9}})", line.strip())
        if told:
            yield Place(told[1] or "", _path(told[2]), int(told[3]))


def _values(finding: Finding) -> Iterator[str]:
    """What detect-secrets may have taken for the value: it reads on to the end of a line, and of a key only the header."""
    span = finding.span
    yield span.text
    line = span.source.line_span(span.line)
    rest = span.source.text[span.start : line.end]
    yield from (rest, rest.rstrip(), rest.rstrip("\"'`,; \t"))
    header = re.search(_KEY_HEADER, span.text[:200])
    if header:
        yield header[0]
