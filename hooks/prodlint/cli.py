"""Arguments in, exit code out."""

import gc
import os
import sys
from collections.abc import Sequence
from functools import partial

from prodlint import __version__
from prodlint.console import Stop, coloured, note, show
from prodlint.options import BadOption, Option, described, parse
from prodlint.paths import located
from prodlint.typed import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from prodlint.core.config import Config
    from prodlint.core.engine import Result, Selection
    from prodlint.core.project import Project

FOUND = 1
FAILED = 2
LEVELS = ("error", "warning", "never")


def run() -> NoReturn:
    """The process: what it made is left to the system to clear away, which takes Python a tenth of a short run."""
    gc.disable()
    # None is what was closed by whoever started this: nobody reads it.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except (Stop, BadOption) as why:
        note([str(why)])
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        note([f"cannot print: {(error.strerror or 'unknown reason').lower()}"])
        return FAILED
    except KeyboardInterrupt:
        return 130


def _run(words: list[str]) -> int:
    if words and words[0].isalpha():
        from prodlint import commands

        if words[0] in commands.names() and words[1:] not in (["-h"], ["--help"]):
            code: int = commands.command(words[0]).run(words[1:])
            return code
        if words[0] in ("check", *commands.names()):
            words = words[1:]
        elif not os.path.lexists(words[0]):
            from prodlint.core.rule import did_you_mean

            meant = did_you_mean(words[0], ["check", *commands.names()])
            raise Stop(f"{words[0]}: no such file or folder{meant}")
    return _check(["--help"] if words == ["-h"] else words)


def _options(formats: list[str]) -> list[Option]:
    from prodlint.selection import SELECTING

    return [
        *SELECTING,
        Option("--format", "FORMAT", "how to print, full by default", formats),
        Option("--output", "FORMAT:PATH", "write a report to a file as well (repeatable)"),
        Option("--fail-on", "LEVEL", "lowest level that exits with 1, warning by default", LEVELS),
        Option(
            "--changed-since",
            "COMMIT",
            "report only what rests on a file that differs from where the branch left COMMIT",
        ),
        Option(
            "--history", "", "search git's history for credentials that are gone from the files"
        ),
        Option("--fix", "", "write what is safe to mend into the files, report the rest"),
        Option("--diff", "", "print what --fix would write, and do not write it"),
        Option(
            "--config",
            "FILE",
            "settings (default: .prodlint.yaml, or [tool.prodlint] in pyproject.toml)",
        ),
        Option("--color", "WHEN", "colour, by default on a terminal", ("auto", "always", "never")),
        Option("--version", "", "print the version"),
        Option("--help", "", "print this, as -h does"),
    ]


def _help(options: list[Option]) -> str:
    from prodlint import commands

    others = [
        Option(f"{name} {module.USAGE}".rstrip(), "", module.__doc__ or "")
        for name, module in ((name, commands.command(name)) for name in commands.names())
    ]
    return f"""\
usage: prodlint [check] [OPTIONS] [PATHS]
       prodlint COMMAND

Lint .env files, Dockerfiles, compose files and CI workflows for what will
break, leak or silently pass in production. PATHS are files or folders; without
them, everything in the repository that git does not ignore.

{described(options)}
commands:
{described(others)}
exit codes: 0 nothing found, 1 findings, 2 prodlint could not do its job
"""


def _check(words: list[str]) -> int:
    # A committed file may be named like an option; runners pass such names as they are.
    names = [
        word for word in words if word.startswith("-") and word != "--" and os.path.lexists(word)
    ]
    from prodlint.report import formats, render

    options = _options(formats())
    given, paths = parse([word for word in words if word not in names], options)
    if given["--help"] or given["--version"]:
        show(_help(options) if given["--help"] else f"prodlint {__version__}\n")
        return 0

    from prodlint.core import config
    from prodlint.selection import selection

    def last(name: str, default: str = "") -> str:
        return given[name][-1] if given[name] else default

    chosen = selection(given)
    outputs = [_output(text, formats()) for text in given["--output"]]
    root, triggers = located(paths + names)
    try:
        settings = config.find(root, last("--config") or None)
    except config.BadConfig as why:
        raise Stop(str(why)) from None
    since = last("--changed-since") if given["--changed-since"] else None
    if chosen.history:
        _check_history(chosen, given, triggers)
    lint = partial(_lint, root, settings, chosen, triggers, since)
    project, result = lint()
    if given["--diff"] or given["--fix"]:
        from prodlint import mend

        if given["--diff"]:
            changed = mend.changes(project, result)
            show(mend.difference(changed), quotes_files=True)
            note(result.notes + result.crashes)
            return FAILED if result.crashes else FOUND if changed else 0
        project, result = mend.written(project, result, lint)
    format = last("--format", "full")
    text = render(format, result, project, coloured(last("--color", "auto")))
    show(text, quotes_files=format in ("full", "concise"))
    for name, path in outputs:
        _write(path, render(name, result, project), project)
    note(result.notes + result.crashes)
    if result.crashes:
        return FAILED
    fail_on = last("--fail-on") or settings.fail_on or "warning"
    failing = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    return FOUND if any(finding.level in failing for finding in result.findings) else 0


def _lint(
    root: str,
    settings: "Config",
    selection: "Selection",
    triggers: list[str] | None,
    commit: str | None,
) -> "tuple[Project, Result]":
    from prodlint.core import config, engine, rule
    from prodlint.core.project import Project

    project = Project(root, settings, triggers or ())
    passed = None if triggers is None else _expanded(project, triggers)
    if commit is not None:
        passed = _changed(project, commit, passed)
    try:
        result = engine.run(project, selection, passed)
    except config.BadConfig as why:
        raise Stop(str(why)) from None
    named = sorted((passed or set()).intersection(triggers or ()))
    names = (selection.only or rule.hook_names()) if named else []
    readers = [rule.hook(name, settings.settings(name)) for name in names]
    for path in named:
        if not any(hook.claims(path) or hook.depends_on(path) for hook in readers):
            result.notes.append(f"{path}: no hook reads this file")
    return project, result


def _check_history(
    selection: "Selection", given: dict[str, list[str]], triggers: list[str] | None
) -> None:
    from prodlint.core import rule

    if triggers is not None or given["--changed-since"]:
        raise Stop(
            "--history is about the whole repository: it takes no paths and no --changed-since"
        )
    if given["--fix"] or given["--diff"]:
        raise Stop("--history only tells: it goes without --fix and --diff")
    readers = [name for name in rule.hook_names() if rule.hook(name).history]
    if selection.only and not {*readers} & {*selection.only}:
        raise Stop(f"--history: only {', '.join(readers)} looks there")


def _expanded(project: "Project", triggers: list[str]) -> set[str]:
    """Folders become the files below them."""
    passed: set[str] = set()
    for path in triggers:
        if os.path.isdir(os.path.join(project.root, path)):
            passed.update(project.below(path))
        elif not project.excludes(path):
            passed.add(path)
    return passed


def _changed(project: "Project", commit: str, passed: set[str] | None) -> set[str]:
    """The files that changed, of those that were passed."""
    changed = project.changed_since(commit)
    if changed is None:
        raise Stop(f"--changed-since {commit}: git cannot compare with it")
    return changed.intersection(project.files if passed is None else passed)


def _output(text: str, formats: list[str]) -> tuple[str, str]:
    name, colon, path = text.partition(":")
    if not (colon and path and name in formats):
        raise Stop(f"--output {text}: expected FORMAT:PATH with one of {', '.join(formats)}")
    return name, path


def _write(path: str, text: str, project: "Project") -> None:
    relative = os.path.relpath(os.path.realpath(path), project.root).replace(os.sep, "/")
    if project.has(relative):
        raise Stop(f"{path}: a file of the repository, a report would overwrite it")
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise Stop(f"{path}: {(error.strerror or 'cannot be written').lower()}") from None
