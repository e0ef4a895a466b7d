"""Files to documents to findings."""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from prodlint.core import rule as rules
from prodlint.core.config import BASELINE, OFF, BadConfig
from prodlint.core.finding import Finding
from prodlint.core.project import Project
from prodlint.typed import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.ignore import Foreign, Ignores
    from prodlint.core.source import Source

MOST = 1000
"""How many findings of one rule in one file are told; each has to be searched for credentials, and shown."""


class Selection(NamedTuple):
    """Which hooks and rules run; empty lists mean all of them. `history` searches the history of git too."""

    only: Sequence[str] = ()
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    history: bool = False

    def takes(self, rule_id: str) -> bool:
        chosen = not self.select or rules.selected(rule_id, self.select)
        return chosen and not rules.selected(rule_id, self.ignore)

    def runs(self, rule_id: str) -> bool:
        return (not self.only or rules.selected(rule_id, self.only)) and self.takes(rule_id)


class Result(NamedTuple):
    """What a run found. `crashes` names rules that failed: prodlint's own fault, never the user's."""

    findings: list[Finding]
    files: int
    notes: list[str]
    crashes: list[str]


class Run:
    """What a run has found so far, before any ignore is heeded."""

    def __init__(self, project: Project, selection: Selection) -> None:
        self.project = project
        self.selection = selection
        self.findings: list[Finding] = []
        self.crashes: list[str] = []
        self.linted: dict[str, set[str]] = {}
        self._rules: dict[str, rules.Rule] = {}
        self._foreign: dict[tuple[str, str], list[Foreign]] = {}

    def rule(self, rule_id: str) -> rules.Rule:
        if rule_id not in self._rules:
            self._rules[rule_id] = rules.load(rule_id)
        return self._rules[rule_id]

    def lint(self, hook: rules.Hook, path: str) -> None:
        try:
            document = self.project.parsed(path, hook.parse)
        except BadConfig:
            raise
        except Exception as error:
            self.crashes.append(_crash(f"reading {path}", error))
            return
        if document is not None:
            self.check(hook.name, document, path)

    def lint_version(self, hook: rules.Hook, source: "Source") -> list[Finding]:
        """What the rules find in an old text of a file. Nothing is kept of the version before."""
        self.findings, self._foreign = [], {}
        try:
            self.check(hook.name, hook.parse(source, self.project), source.path)
        except Exception as error:
            self.crashes.append(_crash(f"reading an old {source.path}", error))
        return self.findings

    def check(self, hook: str, document: Any, path: str) -> None:
        ran = self.linted.setdefault(path, set())
        for rule_id in rules.rule_ids(hook):
            if not self.selection.takes(rule_id):
                continue
            rule = self.rule(rule_id)
            asked = rule_id in self.selection.select
            level = self.project.config.level(rule_id, path, rule.level, rule.enabled or asked)
            if level == OFF:
                continue
            ran.add(rule_id)
            try:
                found = list(islice(rule.check(document), MOST + 1))
                rests_on = getattr(document, "rests_on", ()) if found else ()
                self.findings += [
                    self.finished(finding, rule, level)._replace(rests_on=rests_on)
                    for finding in found[:MOST]
                ]
                if len(found) > MOST:
                    ran.remove(rule_id)  # an ignore may be for one that was not looked for
                    self.project.notes.append(
                        f"{path}: {rule_id} finds more than {MOST:,} faults, of which it tells the first"
                    )
            except BadConfig:
                raise
            except Exception as error:
                self.crashes.append(_crash(f"{rule_id} on {path}", error))

    def covered_by_foreign(self, finding: Finding) -> bool:
        """Whether a comment for another tool asks not to hear of this finding."""
        hook, source = finding.rule.partition("/")[0], finding.span.source
        if not self.project.config.foreign_ignores:
            return False
        if (hook, source.path) not in self._foreign:
            self._foreign[hook, source.path] = []
            try:
                found = rules.foreign_ignores(hook, source, self.project)
                self._foreign[hook, source.path] = found
            except Exception as error:
                self.crashes.append(_crash(f"the ignores of {source.path}", error))
        return any(ignore.covers(finding) for ignore in self._foreign[hook, source.path])

    def finished(self, finding: Finding, rule: rules.Rule, level: str) -> Finding:
        from prodlint.core.redact import redact_message

        return finding._replace(
            rule=rule.id,
            level=level if level != rule.level else finding.level or level,
            message=redact_message(finding.message),
            help=redact_message(finding.help),
            related=[
                place._replace(message=redact_message(place.message)) for place in finding.related
            ],
        )


def _crash(what: str, error: Exception) -> str:
    """Names the fault without the error's own text, which may quote the file."""
    trace, where = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        where = f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return (
        f"{what}: {type(error).__name__} at {where}; the other rules went on. Please report this."
    )


def run(
    project: Project,
    selection: Selection,
    triggers: Iterable[str] | None = None,
    *,
    baseline: bool = True,
) -> Result:
    """Lint the project, or what the files in `triggers` may have changed.

    Only findings that rest on one of the triggers are kept, and that no `baseline` accepts. Raises BadConfig for a broken
    schema or baseline of the repository, and for a history that git cannot read.
    """
    state = Run(project, selection)
    passed = None if triggers is None else set(triggers)
    for name in selection.only or rules.hook_names():
        hook = rules.hook(name, project.config.settings(name))
        for path in _targets(project, hook, passed):
            state.lint(hook, path)
    findings = _once(_kept(state, passed))
    if selection.history:
        from prodlint.core.past import found_in_history

        findings += found_in_history(state)
    if baseline and os.path.lexists(os.path.join(project.root, BASELINE)):
        findings = _new(state, findings, everything=passed is None)
    linted = [path for path in state.linted if passed is None or path in passed]
    return Result(findings, len(linted), project.told, state.crashes)


def _new(state: Run, found: list[Finding], *, everything: bool) -> list[Finding]:
    """The findings that the baseline does not accept; what it has without need is told when everything was linted."""
    from prodlint.core.baseline import load

    accepted = load(state.project.root)
    new = list(accepted.kept(found))
    if everything and not state.crashes:
        state.project.notes += accepted.unneeded(state.selection.runs)
    return new


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """By place. Two projects may take in the same file, whose fault is told once, as the first of them sees it."""
    found: dict[tuple[str, int, str, str], Finding] = {}
    seen: dict[tuple[str, int, str], Sequence[str]] = {}
    for finding in findings:
        place = (finding.span.path, finding.span.start, finding.rule)
        if seen.setdefault(place, finding.rests_on) == finding.rests_on:
            found[(*place, finding.message)] = finding
    return [found[place] for place in sorted(found)]


def _targets(project: Project, hook: rules.Hook, passed: set[str] | None) -> list[str]:
    if passed is None or any(hook.depends_on(path) for path in passed):
        return _without_links(project, [path for path in project.files if hook.claims(path)])
    return _without_links(project, sorted(path for path in passed if hook.claims(path)))


def _without_links(project: Project, paths: list[str]) -> list[str]:
    """The files without symbolic links to others of them, whose findings would be told twice."""
    full = {path: os.path.join(project.root, path) for path in paths}
    links = [path for path in paths if os.path.islink(full[path])]
    if not links:
        return paths
    known = {os.path.realpath(full[path]) for path in paths if path not in links}
    doubles = {path for path in links if os.path.realpath(full[path]) in known}
    return [path for path in paths if path not in doubles]


def _kept(state: Run, passed: set[str] | None) -> Iterator[Finding]:
    """The findings that no ignore covers, then what is wrong with the ignores."""
    found, state.findings = state.findings, []
    ignores = _ignores(state, found)
    for finding in found:
        rests = passed is None or finding.paths & passed
        for left in _not_ignored(ignores, finding):
            if rests and not state.covered_by_foreign(left):
                yield left
    for path, document in ignores.items():
        if passed is None or path in passed:
            state.check("ignore", document, path)
    for finding in state.findings:
        yield from _not_ignored(ignores, finding)


def _not_ignored(ignores: "dict[str, Ignores]", finding: Finding) -> Iterable[Finding]:
    file = ignores.get(finding.span.path)
    return file.kept([finding]) if file else [finding]


def _ignores(state: Run, found: list[Finding]) -> "dict[str, Ignores]":
    """The ignores of the files that were linted, and of those that have findings, by path."""
    ignores = {}
    taken_in = {finding.span.path: set[str]() for finding in found}
    for path, ran in (taken_in | state.linted).items():
        source = state.project.source(path)
        if source is not None and "prodlint:" in source.text:
            from prodlint.core.ignore import Ignores

            ignores[path] = Ignores(source)
            ignores[path].ran = set(ran)
    return ignores
