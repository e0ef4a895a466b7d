"""Credentials that are gone from the files, and stay in git's history."""

from collections.abc import Iterator

from prodlint.core import rule as rules
from prodlint.core.finding import ERROR, Finding
from prodlint.core.history import History, Version
from prodlint.core.ignore import Ignores
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.engine import Run


def found_in_history(state: "Run") -> list[Finding]:
    """The findings of level error on credentials in old versions of files, each credential where it came first.

    Those that a file still holds are left to the run on the files.
    """
    history = History(state.project.root)
    found: list[Finding] = []
    for name in state.selection.only or rules.hook_names():
        hook = rules.hook(name, state.project.config.settings(name))
        if hook.history:
            standing = _texts(state, hook)
            found += (
                finding
                for finding in _of_hook(state, hook, history)
                if not any(finding.span.text in text for text in standing)
            )
    if history.shallow:
        state.project.notes.append(
            "--history: the clone is shallow, so older commits are not searched"
        )
    for why, count in sorted(history.left_out.items()):
        versions = "1 version of a file" if count == 1 else f"{count} versions of files"
        state.project.notes.append(f"--history: {versions}: {why}, not linted")
    return sorted(found, key=lambda one: (one.span.path, one.span.start, one.rule, one.message))


def _texts(state: "Run", hook: rules.Hook) -> list[str]:
    sources = (state.project.source(path) for path in state.project.files if hook.claims(path))
    return [source.text for source in sources if source]


def _of_hook(state: "Run", hook: rules.Hook, history: History) -> Iterator[Finding]:
    project, seen = state.project, set[str]()
    past = type(state)(project, state.selection)
    for version in history.versions(lambda path: hook.claims(path) and not project.excludes(path)):
        for finding in _of_version(past, hook, version):
            if finding.span.text not in seen:
                seen.add(finding.span.text)
                yield finding
    state.crashes += dict.fromkeys(past.crashes)


def _of_version(past: "Run", hook: rules.Hook, version: Version) -> Iterator[Finding]:
    """What a rule is certain of, and no comment lets pass."""
    source = version.source
    found = [
        finding
        for finding in past.lint_version(hook, source)
        if finding.secret and finding.level == ERROR
    ]
    for finding in Ignores(source).kept(found):
        if not past.covered_by_foreign(finding):
            yield finding._replace(
                message=f"{finding.message} (in commit {version.commit[:12]}, no longer in the files)",
                related=(),
                fix=(),
                commit=version.commit,
            )
