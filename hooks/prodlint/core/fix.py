"""Fixes: what rules offer to write instead, put into the files."""

import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress

from prodlint.core.finding import Edit, Finding
from prodlint.core.source import Source

Keeps = Callable[[Source, Source], bool]


def fixed(findings: Iterable[Finding], keeps: Keeps) -> dict[str, tuple[Source, Source]]:
    """Each file that a fix changes, before and after.

    A fix that touches what another one has changed waits for the next run; one after which `keeps` finds another meaning
    in the file is left out.
    """
    files: dict[str, list[list[Edit]]] = {}
    sources: dict[str, Source] = {}
    for finding in findings:
        paths = {edit.span.path for edit in finding.fix}
        if len(paths) == 1:
            path = paths.pop()
            sources[path] = finding.fix[0].span.source
            files.setdefault(path, []).append(sorted(finding.fix, key=_place))
    changed = {}
    for path, fixes in files.items():
        before = sources[path]
        after = _all_or_some(before, _apart(fixes), keeps)
        if (after.text, after.bom) != (before.text, before.bom):
            changed[path] = (before, after)
    return changed


def _place(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end


def _apart(fixes: list[list[Edit]]) -> list[list[Edit]]:
    """The fixes none of whose edits touches one of an earlier fix."""
    kept: list[list[Edit]] = []
    end = -1
    for fix in sorted(fixes, key=lambda edits: _place(edits[0])):
        if fix[0].span.start > end or not kept or _only_adds(fix, end):
            kept.append(fix)
            end = fix[-1].span.end
    return kept


def _only_adds(fix: list[Edit], place: int) -> bool:
    """Whether a fix does nothing but to write something behind what another one wrote."""
    return all(edit.span.start == edit.span.end == place for edit in fix)


def _all_or_some(before: Source, fixes: list[list[Edit]], keeps: Keeps) -> Source:
    after = _edited(before, fixes)
    if keeps(before, after):
        return after
    good: list[list[Edit]] = []
    for fix in fixes:
        if keeps(before, _edited(before, [*good, fix])):
            good.append(fix)
    return _edited(before, good)


def _edited(source: Source, fixes: list[list[Edit]]) -> Source:
    parts, at = [], 0
    for edit in (edit for fix in fixes for edit in fix):
        parts += [source.text[at : edit.span.start], edit.text]
        at = edit.span.end
    text = "".join([*parts, source.text[at:]])
    drops_bom = any(
        (edit.span.start, edit.span.end, edit.text) == (0, 0, "") for fix in fixes for edit in fix
    )
    return Source(source.path, text, encoding=source.encoding, bom=source.bom and not drops_bom)


def write(root: str, after: Source) -> None:
    """Write or replace a file at once, with its permissions; raises OSError.

    A symbolic link is followed inside the repository only.
    """
    full = os.path.realpath(os.path.join(root, after.path))
    if os.path.commonpath([full, os.path.realpath(root)]) != os.path.realpath(root):
        raise OSError(0, "a symbolic link that leaves the repository")
    mark = "\ufeff" if after.bom else ""
    handle, name = tempfile.mkstemp(dir=os.path.dirname(full), prefix=".prodlint-")
    try:
        with open(handle, "wb") as file:
            file.write((mark + after.text).encode(after.encoding))
        os.chmod(name, _mode(full))
        os.replace(name, full)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _mode(full: str) -> int:
    """The permissions of a file, or those of a new one."""
    try:
        return os.stat(full).st_mode & 0o7777
    except FileNotFoundError:
        return 0o644


def shown(before: Source, after: Source) -> str:
    """The changed lines as a unified diff without context; credentials are masked, so it is to be read, not applied."""
    from difflib import unified_diff

    from prodlint.core.redact import redacted
    from prodlint.core.visible import visible

    old, new = (
        [visible(redacted(source.line_span(line))) for line in range(1, source.line_count + 1)]
        for source in (before, after)
    )
    name = visible(before.path)
    return "".join(f"{line}\n" for line in unified_diff(old, new, name, name, n=0, lineterm=""))
