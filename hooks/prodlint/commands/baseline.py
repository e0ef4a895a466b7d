"""Accept the findings of today in .prodlint-baseline.json; --update removes what is not needed any more."""

import os
from collections.abc import Sequence

from prodlint.console import Stop, note
from prodlint.core import config, engine
from prodlint.core.baseline import Baseline, Entry, load, write
from prodlint.core.baseline import foreign as foreign_baseline
from prodlint.core.engine import Selection
from prodlint.core.finding import Finding
from prodlint.core.project import Project
from prodlint.core.source import Unreadable, read
from prodlint.options import Option, parse
from prodlint.paths import located
from prodlint.selection import SELECTING, selection

USAGE = "[--update | import FILE]"
OPTIONS = [
    *SELECTING,
    Option("--update", "", "add nothing: remove the entries of what is mended"),
    Option("--reason", "TEXT", "why the new entries are accepted"),
    Option("--until", "DATE", "their last day, as 2027-01-31"),
    Option("--history", "", "also what only git's history holds, as prodlint --history finds it"),
]


def run(words: Sequence[str]) -> int:
    given, others = parse(words, OPTIONS)
    _refuse(given, others)
    update, chosen = bool(given["--update"]), selection(given)
    new = Entry(
        *("", "", ""),
        reason=given["--reason"][-1] if given["--reason"] else "",
        until=_date(given["--until"][-1]) if given["--until"] else "",
    )
    root, _ = located([])
    try:
        there = os.path.lexists(os.path.join(root, config.BASELINE))
        if update and not there:
            raise Stop(f"{config.BASELINE}: there is none: `prodlint baseline` writes it")
        old = load(root) if there else Baseline(root)
        findings = _findings(root, chosen)
    except config.BadConfig as why:
        raise Stop(str(why)) from None
    if others:
        return _import(root, others[1], old, findings, new)
    if update:
        for finding in findings:
            old.entry(finding)
        entries, left_out = old.needed, 0
    else:
        entries, left_out = _accepted(old, findings, new)
    known = old.entries.values()
    entries += [entry for entry in known if not _asked(entry, chosen)]
    removed = sum(not old.used[entry.key] for entry in known if _asked(entry, chosen))
    _write(root, old.salt, entries)
    note(_notes(entries, left_out, removed))
    return 0


def _asked(entry: Entry, chosen: Selection) -> bool:
    """Whether this run would have found what an entry accepts; the others stay."""
    return chosen.runs(entry.rule) and (chosen.history or not entry.history)


def _refuse(given: dict[str, list[str]], others: list[str]) -> None:
    """Words that do not go together."""
    if others[:1] == ["import"] and len(others) != 2:
        raise Stop("baseline import takes one file: a .secrets.baseline or a .gitleaksignore")
    if others and others[0] != "import":
        raise Stop("baseline takes no paths: it is about the whole repository")
    if given["--update"] and others:
        raise Stop("--update adds no entries: it goes without import")
    if given["--update"] and (given["--reason"] or given["--until"]):
        raise Stop("--update adds no entries: it goes without --reason and --until")


def _date(text: str) -> str:
    import re

    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text):
        raise Stop(f"--until {text}: expected a date like 2027-01-31")
    return text


def _findings(root: str, chosen: Selection) -> list[Finding]:
    project = Project(root, config.find(root, None))
    result = engine.run(project, chosen, baseline=False)
    note(result.notes)
    if result.crashes:
        raise Stop(f"nothing is written, since rules failed: {result.crashes[0]}")
    return result.findings


def _accepted(old: Baseline, findings: list[Finding], new: Entry) -> tuple[list[Entry], int]:
    """An entry for each text with findings, and how many findings can have none.

    What had one keeps its reason and its last day, unless that is over.
    """
    entries: dict[tuple[str, str, str], Entry] = {}
    left_out = 0
    for finding in findings:
        known, text = old.entry(finding), old.hash(finding)
        if not text:
            left_out += 1
            continue
        like = new if known is None or known.expired else known
        entry = like._replace(
            path=finding.span.path,
            rule=finding.rule,
            hash=text,
            times=1,
            history=bool(finding.commit),
        )
        if entry.key in entries:
            before = entries[entry.key]
            entry = before._replace(times=before.times + 1)
        entries[entry.key] = entry
    return list(entries.values()), left_out


def _write(root: str, salt: str, entries: list[Entry]) -> None:
    try:
        write(root, salt, entries)
    except OSError as error:
        why = (error.strerror or "cannot be written").lower()
        raise Stop(f"{config.BASELINE}: {why}") from None


def _notes(entries: list[Entry], left_out: int, removed: int = 0) -> list[str]:
    count = sum(entry.times for entry in entries)
    notes = [f"{config.BASELINE}: accepts {count} finding{'s' * (count != 1)}"]
    if removed:
        notes[0] += f", without {removed} entr{'ies' if removed > 1 else 'y'} of before"
    if left_out:
        what = "1 credential" if left_out == 1 else f"{left_out} credentials"
        notes.append(
            f"{what} could be guessed from an entry, so there is none: "
            "write # prodlint: ignore[rule] and the reason beside it"
        )
    return notes


def _import(root: str, file: str, old: Baseline, findings: list[Finding], new: Entry) -> int:
    """Add entries for what the baseline of another tool accepts of today's findings."""
    folder, name = os.path.split(os.path.realpath(file))
    try:
        foreign = foreign_baseline.read(read(folder, name), root)
    except (Unreadable, config.BadConfig) as why:
        raise Stop(f"{file}: {why}") from None
    used, covered = set[object](), []
    for finding in findings:
        entry = foreign.entry(finding) if finding.secret else None
        if entry is not None:
            used.add(entry)
            covered.append(finding)
    new = new if new.reason else new._replace(reason=f"from {name}")
    added, left_out = _accepted(old, covered, new)
    all_entries = dict(old.entries)
    for one in added:
        before = all_entries.get(one.key, one)
        all_entries[one.key] = one._replace(times=max(one.times, before.times))
    entries = list(all_entries.values())
    _write(root, old.salt, entries)
    note([f"{file}: {len(used)} of {len(foreign.entries)} entries accept a finding of today"])
    note(_notes(entries, left_out))
    return 0
