"""What a call runs: the text of the script, where each character of it stands, and what it calls in turn."""

import posixpath
from collections.abc import Callable, Iterator

from prodlint.ci.calls import FILE, SCRIPT, Call, calls
from prodlint.ci.evidence import gate_among, read_later, reading_lines
from prodlint.ci.missing import makefile_of, package_of
from prodlint.core.commands.configured import Known, known
from prodlint.core.commands.purpose import Use
from prodlint.core.makefile import Target
from prodlint.core.project import Project
from prodlint.core.shell import Script, ShellError, parse, walk
from prodlint.core.source import Source, Span
from prodlint.core.swallow import ALWAYS, OR, Options, Swallow
from prodlint.core.swallow.reader import command_use, swallows
from prodlint.core.swallow.unguarded import PIPE, SEQUENCE, unguarded
from prodlint.typed import NamedTuple

_MAX_DEPTH = 5
_MAX_DEFINITIONS = 200
_SHELL_FILES = (".sh", ".bash")
_DASH = "the `-` before it makes make go on", "drop the `-`"
_WHY = {
    SEQUENCE: "without errexit the shell goes on to what follows",
    PIPE: "without pipefail only the end of the pipe counts",
}
_INSTEAD = {
    SEQUENCE: "join the commands with `&&`",
    PIPE: "run it without the pipe, or in `bash -o pipefail -c '…'`",
}
_STRICT = "begin the script with `set -euo pipefail`"


class Definition(NamedTuple):
    """A text that one shell runs; `name` is for messages.

    `whole`: it is a file of its own. `ignored` is what makes make go on after a failure.
    """

    name: str
    script: Script
    code: str
    folder: str
    options: Options
    at: Callable[[int, int], Span]
    whole: bool = False
    ignored: Span | None = None


class Loss(NamedTuple):
    """A gate whose failure a definition throws away: at `span`, `why`, and what `instead` may be written."""

    definition: Definition
    use: Use
    span: Span
    why: str
    instead: str


def losses(call: Call, project: Project) -> Iterator[Loss]:
    """The gates that what is called, or what that calls in turn, lets fail unseen."""
    for definition in _reached(call, project):
        yield from _lost(definition, project.once(known))


def _reached(call: Call, project: Project) -> Iterator[Definition]:
    queue, seen = [(call, 0)], set[tuple[str, str, str]]()
    while queue and len(seen) < _MAX_DEFINITIONS:
        one, depth = queue.pop()
        key = (one.kind, one.name, one.folder)
        if key in seen:
            continue
        seen.add(key)
        for definition in _definitions(one, project):
            yield definition
            if depth < _MAX_DEPTH:
                queue += [
                    (inner, depth + 1) for inner in calls(definition.script, definition.folder)
                ]


def _definitions(call: Call, project: Project) -> Iterator[Definition]:
    if call.kind == SCRIPT:
        yield from _package_scripts(call, project)
    elif call.kind == FILE:
        source = project.source(call.name) if project.has(call.name) else None
        if source and (found := _file(call, source)):
            yield found
    elif make := makefile_of(project, call.folder):
        name = call.name or make.default or ""
        yield from _recipes(make.source, make.targets, name, call.folder)


def _package_scripts(call: Call, project: Project) -> Iterator[Definition]:
    here = package_of(project, call.folder)
    for name in (f"pre{call.name}", call.name, f"post{call.name}"):
        code = here.scripts.get(name) if here else None
        if here and code and (script := _parsed(code)):

            def at(start: int, end: int, name: str = name) -> Span:
                return here.at(name, start, end)

            yield Definition(f"script {name}", script, code, call.folder, Options(), at)


def _file(call: Call, source: Source) -> Definition | None:
    head = source.text.partition("\n")[0]
    shell = head.startswith("#!") and "sh" in posixpath.basename(
        head.split()[-1 if "env" in head else 0]
    )
    if not (call.runner in ("bash", "sh") or (shell or source.path.endswith(_SHELL_FILES))):
        return None
    script = _parsed(source.text)
    if script is None:
        return None
    given = [word.text for word in call.command.words[1:]] if call.runner else head.split()[1:]
    return Definition(
        call.name, script, source.text, call.folder, Options().after(given), source.span, True
    )


def _recipes(
    source: Source, targets: dict[str, Target], name: str, folder: str
) -> Iterator[Definition]:
    queue, seen = [name], set[str]()
    while queue and len(seen) < _MAX_DEFINITIONS:
        one = queue.pop()
        target = targets.get(one)
        if target is None or one in seen:
            continue
        seen.add(one)
        queue += target.needs
        for line in target.lines:
            if script := _parsed(line.code):

                def at(start: int, end: int, first: int = line.start) -> Span:
                    return source.span(first + start, first + end)

                yield Definition(
                    f"target {one}", script, line.code, folder, Options(), at, False, line.ignored
                )


def _parsed(code: str) -> Script | None:
    try:
        return parse(code)
    except ShellError:
        return None


def _lost(definition: Definition, known: Known) -> Iterator[Loss]:
    if definition.ignored:
        ends = [item.pipelines[-1] for item in definition.script.items]
        if use := gate_among(walk(ends, False), known):
            yield Loss(definition, use, definition.ignored, *_DASH)
        return
    lines = reading_lines(definition.code)
    for swallow in _swallows(definition, known):
        if swallow.kind == OR and swallow.outcome == ALWAYS and not swallow.fails:
            use = gate_among(swallow.commands, known)
            if use and not read_later(swallow, lines):
                place = definition.at(swallow.start, swallow.end)
                why = f"`{swallow.shown}` throws its result away"
                yield Loss(definition, use, place, why, f"drop `{swallow.shown}`")
    for one in unguarded(definition.script, definition.code, definition.options):
        use = gate_among(one.commands, known)
        if use and not any(command_use(deciding, known).covers(use) for deciding in one.deciding):
            instead = _STRICT if definition.whole else _INSTEAD[one.kind]
            place = definition.at(one.start, one.end)
            yield Loss(definition, use, place, _WHY[one.kind], instead)


def _swallows(definition: Definition, known: Known) -> list[Swallow]:
    if "||" not in definition.code:
        return []
    return swallows(definition.script, definition.code, definition.options.errexit, known)
