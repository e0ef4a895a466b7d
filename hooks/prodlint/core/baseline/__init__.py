"""The findings that a repository lives with for now: `.prodlint-baseline.json`, written by `prodlint baseline`.

An entry knows a finding by its rule, its path and what is written there, never by its line. Of a credential it holds a
salted hash, and nothing at all of one that could be guessed.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from prodlint.core.config import BASELINE, BadConfig, schema_path
from prodlint.core.finding import Finding
from prodlint.core.redact import redacted
from prodlint.core.source import Source, Span, Unreadable, read
from prodlint.typed import NamedTuple

_ITERATIONS = 10_000
_MOST_SECRETS = 1000
_MOST_LINES = 20
_LONGEST_LINE = 2000
_WORD = r"[A-Z]*[a-z]*(?:[A-Z][a-z]{2,})*[A-Z]*\d{0,4}"
_LONGEST_WORD = 40
_CHANGE = r"(?<=[a-z])[A-Z\d]|(?<=[A-Z])[a-z\d]|(?<=\d)[A-Za-z]"


class Entry(NamedTuple):
    """So many findings of a rule that are accepted where `hash` is the text, until the end of a day when it says one.

    `history` says that the place is no longer in the files, only in the commits of git.
    """

    path: str
    rule: str
    hash: str
    times: int = 1
    until: str = ""
    reason: str = ""
    history: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.path, self.rule, self.hash

    @property
    def expired(self) -> bool:
        if not self.until:
            return False
        from prodlint.core.images.end_of_life import today

        return self.until < today()


class Baseline:
    """The entries of a file, and how often each of them was needed.

    An entry follows its text to another file when its own is gone, as after a renaming: `moved` holds the new paths.
    """

    def __init__(self, root: str, salt: str = "", entries: Iterable[Entry] = ()) -> None:
        self.root = root
        self.salt = salt or os.urandom(16).hex()
        self.entries = {entry.key: entry for entry in entries}
        self.used = dict.fromkeys(self.entries, 0)
        self.moved: dict[tuple[str, str, str], str] = {}
        self._secrets: dict[str, str] = {}

    @cached_property
    def _places(self) -> set[tuple[str, str]]:
        return {(entry.path, entry.rule) for entry in self.entries.values()}

    @cached_property
    def _homeless(self) -> dict[tuple[str, str], Entry]:
        """The entries whose file is gone, by rule and text."""
        paths = {entry.path for entry in self.entries.values()}
        gone = {path for path in paths if not os.path.lexists(os.path.join(self.root, path))}
        return {
            (entry.rule, entry.hash): entry
            for entry in self.entries.values()
            if entry.path in gone and not entry.history
        }

    @cached_property
    def _homeless_rules(self) -> set[str]:
        return {rule for rule, _ in self._homeless}

    def kept(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that no entry accepts, and those whose entry has expired."""
        for finding in findings:
            entry = self.entry(finding)
            if entry is None:
                yield finding
            elif entry.expired:
                yield finding._replace(
                    message=f"{finding.message} (the baseline accepted it until {entry.until})"
                )

    def entry(self, finding: Finding) -> Entry | None:
        """The entry of a finding, one of whose places it takes."""
        path, rule = finding.span.path, finding.rule
        if (path, rule) not in self._places and rule not in self._homeless_rules:
            return None
        text = self.hash(finding)
        entry = self.entries.get((path, rule, text))
        if entry is None:
            entry = self._homeless.get((rule, text))
            if entry and self.moved.setdefault(entry.key, path) != path:
                entry = None
        if entry is None or self.used[entry.key] >= entry.times:
            return None
        self.used[entry.key] += 1
        return entry

    def hash(self, finding: Finding) -> str:
        """What is written at the place of a finding, hashed; empty for a credential that could be guessed."""
        if finding.secret:
            return self._secret_hash(finding.span.text)
        from hashlib import sha256

        return sha256(
            f"{self.salt}\n{_written(finding.span)}".encode("utf-8", "replace")
        ).hexdigest()[:16]

    def _secret_hash(self, value: str) -> str:
        if value not in self._secrets:
            if guessable(value) or len(self._secrets) >= _MOST_SECRETS:
                return ""
            from hashlib import pbkdf2_hmac

            salt, text = bytes.fromhex(self.salt), value.encode("utf-8", "replace")
            self._secrets[value] = pbkdf2_hmac("sha256", text, salt, _ITERATIONS).hex()[:16]
        return self._secrets[value]

    @property
    def needed(self) -> list[Entry]:
        """The entries that accepted something, with as many findings as they did."""
        return [
            entry._replace(path=self.moved.get(key, entry.path), times=self.used[key])
            for key, entry in self.entries.items()
            if self.used[key]
        ]

    def unneeded(self, ran: Callable[[str], bool]) -> list[str]:
        """A note on the entries that accepted nothing although their rule ran; none when there are none."""
        count = sum(
            not self.used[key] and not entry.history and ran(entry.rule)
            for key, entry in self.entries.items()
        )
        entries = "1 entry accepts" if count == 1 else f"{count} entries accept"
        told = f"{BASELINE}: {entries} nothing any more, `prodlint baseline --update` removes such"
        return [told] if count else []


def guessable(value: str) -> bool:
    """Whether somebody who has the hash of a credential could find it by trying: it is made of words, or short."""
    parts = re.split(r"[\W_]+", value)
    odd = [part for part in parts if len(part) > _LONGEST_WORD or not re.fullmatch(_WORD, part)]
    size = sum(map(len, odd))
    changes = sum(len(re.findall(_CHANGE, part)) for part in odd)
    return size < 12 or (size < 20 and changes < 0.3 * size)


def _written(span: Span) -> str:
    """The lines of a place without credentials and without what only looks, then the place itself."""
    source = span.source
    last = min(source.line_of(max(span.start, span.end - 1)), span.line + _MOST_LINES - 1)
    lines = [source.line_span(line) for line in range(span.line, last + 1)]
    clipped = [line._replace(end=min(line.end, line.start + _LONGEST_LINE)) for line in lines]
    clipped.append(span._replace(end=min(span.end, span.start + _LONGEST_LINE)))
    return "\n".join(" ".join(re.sub(r"\*+", "*", redacted(one)).split()) for one in clipped)


def load(root: str) -> Baseline:
    """The baseline of a repository; raises BadConfig for one that cannot be used."""
    try:
        data = json.loads(read(root, BASELINE).text)
    except Unreadable as why:
        raise BadConfig(f"{BASELINE}: {why}") from None
    except json.JSONDecodeError as error:
        raise BadConfig(f"{BASELINE}:{error.lineno}: not JSON: {error.msg.lower()}") from None
    except (RecursionError, ValueError):
        raise BadConfig(f"{BASELINE}: not JSON that prodlint wrote") from None
    _check(data)
    return Baseline(root, data["salt"], (Entry(**entry) for entry in data["findings"]))


def _check(data: object) -> None:
    from prodlint.core.rule import all_rule_ids, did_you_mean
    from prodlint.core.schema import check

    with open(schema_path("baseline.schema.json"), encoding="utf-8") as file:
        problem = next(check(data, json.load(file)), None)
    if problem:
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in problem[0])
        raise BadConfig(f"{BASELINE}: {f'{place[1:100]}: ' if place else ''}{problem[1][:200]}")
    assert isinstance(data, dict)
    known = all_rule_ids()
    for rule in sorted({entry["rule"] for entry in data["findings"]}.difference(known)):
        raise BadConfig(f"{BASELINE}: unknown rule {rule[:100]!r}{did_you_mean(rule[:100], known)}")


def dump(salt: str, entries: Iterable[Entry]) -> str:
    """The file: one entry a line, sorted, so that two branches rarely meet in a line."""
    lines = ",\n".join(
        f"    {json.dumps(_fields(entry))}" for entry in sorted(entries, key=lambda one: one.key)
    )
    listed = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "prodlint-baseline": 1,\n  "salt": "{salt}",\n  "findings": {listed}\n}}\n'


def _fields(entry: Entry) -> dict[str, object]:
    """What differs from the usual."""
    usual = Entry._field_defaults
    return {
        name: value
        for name, value in entry._asdict().items()
        if name not in usual or value != usual[name]
    }


def write(root: str, salt: str, entries: Iterable[Entry]) -> None:
    """Write the file; raises OSError."""
    from prodlint.core.fix import write as replace

    replace(root, Source(BASELINE, dump(salt, entries)))
