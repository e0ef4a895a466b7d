"""`--fix` and `--diff`: the fixes that findings offer, written or shown."""

from collections.abc import Callable

from prodlint.console import Stop, note
from prodlint.core import fix, rule
from prodlint.core.engine import Result
from prodlint.core.project import Project
from prodlint.core.source import Source

Linted = tuple[Project, Result]
_MAX_ROUNDS = 10


def changes(project: Project, result: Result) -> dict[str, tuple[Source, Source]]:
    """Each file that the fixes change, before and after."""
    names = {finding.rule.partition("/")[0] for finding in result.findings if finding.fix}
    hooks = [rule.hook(name) for name in sorted(names)]

    def keeps(before: Source, after: Source) -> bool:
        return all(hook.keeps(before, after, project) for hook in hooks)

    return fix.fixed(result.findings, keeps)


def difference(changed: dict[str, tuple[Source, Source]]) -> str:
    """What would be written, as a unified diff."""
    return "".join(fix.shown(*pair) for pair in changed.values())


def written(project: Project, result: Result, lint: Callable[[], Linted]) -> Linted:
    """Write the fixes, and lint again, until none is left. Raises Stop for a file that cannot be written."""
    files: set[str] = set()
    for _ in range(_MAX_ROUNDS):
        changed = changes(project, result)
        if not changed:
            break
        for path, (_, after) in changed.items():
            try:
                fix.write(project.root, after)
            except (OSError, UnicodeEncodeError) as error:
                why = getattr(error, "strerror", None) or "cannot be written"
                raise Stop(f"{path}: {why.lower()}") from None
            files.add(path)
        project, result = lint()
    if files:
        note([f"mended {path}" for path in sorted(files)])
    return project, result
