"""Arguments in, exit code out."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn, TextIO

from prodlint import __version__
from prodlint.options import BadOption, Option, described, parse

if TYPE_CHECKING:
    from prodlint.core.project import Project

FOUND = 1
FAILED = 2
COMMANDS = ("check", "explain", "rules")
LEVELS = ("error", "warning", "never")


class Stop(Exception):
    """prodlint cannot do its job; the text is one line for the user."""


def run() -> NoReturn:
    """The process: what it made is left to the system to clear away, which takes Python a tenth of a short run."""
    gc.disable()
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    command = words.pop(0) if words and words[0] in COMMANDS else "check"
    if words[:1] == ["-h"] or (command != "check" and words == ["--help"]):
        command, words = "check", ["--help"]
    try:
        if command == "explain":
            return _explain(words)
        if command == "rules":
            return _rules(words)
        return _check(words)
    except (Stop, BadOption) as why:
        _say([str(why)])
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        _say([f"cannot print: {(error.strerror or 'unknown reason').lower()}"])
        return FAILED
    except KeyboardInterrupt:
        return 130


def _options(formats: list[str]) -> list[Option]:
    return [
        Option("--only", "HOOK", "run only this hook (repeatable)"),
        Option("--select", "RULE", "run only this rule or hook/* (repeatable)"),
        Option("--ignore", "RULE", "leave out this rule or hook/* (repeatable)"),
        Option("--format", "FORMAT", "how to print, full by default", formats),
        Option("--output", "FORMAT:PATH", "write a report to a file as well (repeatable)"),
        Option("--fail-on", "LEVEL", "lowest level that exits with 1, warning by default", LEVELS),
        Option(
            "--changed-since",
            "COMMIT",
            "report only what rests on a file that differs from where the branch left COMMIT",
        ),
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
    return f"""\
usage: prodlint [check] [OPTIONS] [PATHS]
       prodlint explain RULE
       prodlint rules

Lint .env files, Dockerfiles, compose files and CI workflows for what will
break, leak or silently pass in production. PATHS are files or folders; without
them, everything in the repository that git does not ignore.

{described(options)}
explain prints the page of a rule: what it finds, why it matters, how to fix it.
rules lists the rules: id, level, what it finds.

exit codes: 0 nothing found, 1 findings, 2 prodlint could not do its job
"""


def _split(values: list[str]) -> list[str]:
    return [name for value in values for name in value.split(",") if name]


def _check(words: list[str]) -> int:
    # A committed file may be named like an option; runners pass such names as they are.
    names = [
        word for word in words if word.startswith("-") and word != "--" and os.path.lexists(word)
    ]
    from prodlint.report import formats, render

    options = _options(formats())
    given, paths = parse([word for word in words if word not in names], options)
    if given["--help"] or given["--version"]:
        _print(_help(options) if given["--help"] else f"prodlint {__version__}\n", False)
        return 0

    from prodlint.core import config, engine, rule
    from prodlint.core.project import Project

    def last(name: str, default: str = "") -> str:
        return given[name][-1] if given[name] else default

    only, select, ignore = (_split(given[name]) for name in ("--only", "--select", "--ignore"))
    selection = engine.Selection(only, select, ignore)
    hooks = [name for name in rule.hook_names() if name != "ignore"]
    for name in selection.only:
        if name not in hooks:
            raise Stop(
                f"unknown hook {name!r}{rule.did_you_mean(name, hooks)}: there are {', '.join(hooks)}"
            )
    for name in (*selection.select, *selection.ignore):
        if wrong := rule.unknown(name):
            raise Stop(f"{wrong} (`prodlint rules` lists them)")
    outputs = [_output(text, formats()) for text in given["--output"]]
    root, triggers = _root(paths + names)
    try:
        settings = config.find(root, last("--config") or None)
    except config.BadConfig as why:
        raise Stop(str(why)) from None
    project = Project(root, settings, triggers or ())
    passed = None if triggers is None else _expanded(project, triggers)
    if given["--changed-since"]:
        passed = _changed(project, last("--changed-since"), passed)
    try:
        result = engine.run(project, selection, passed)
    except config.BadConfig as why:
        raise Stop(str(why)) from None
    named = sorted((passed or set()).intersection(triggers or ()))
    readers = [rule.hook(name) for name in selection.only or hooks] if named else []
    for path in named:
        if not any(hook.claims(path) or hook.depends_on(path) for hook in readers):
            project.notes.append(f"{path}: no hook reads this file")
    format = last("--format", "full")
    text = render(format, result, project, _colour(last("--color", "auto")))
    _print(text, quotes_files=format in ("full", "concise"))
    for name, path in outputs:
        _write(path, render(name, result, project), project)
    _say(result.notes + result.crashes)
    if result.crashes:
        return FAILED
    fail_on = last("--fail-on") or settings.fail_on or "warning"
    failing = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    return FOUND if any(finding.level in failing for finding in result.findings) else 0


def _root(paths: list[str]) -> tuple[str, list[str] | None]:
    """The root of the repository, and the named paths seen from it (None: everything)."""
    here = os.path.realpath(os.getcwd())
    full = []
    for path in paths:
        if not os.path.lexists(path):
            raise Stop(f"{path}: no such file or folder")
        # The name itself may be a link: only the folder that holds it is resolved.
        folder, name = os.path.split(os.path.abspath(path))
        full.append(
            os.path.realpath(path)
            if os.path.isdir(path)
            else os.path.join(os.path.realpath(folder), name)
        )
    start = here if not full else full[0] if os.path.isdir(full[0]) else os.path.dirname(full[0])
    root = start
    while not os.path.lexists(os.path.join(root, ".git")):
        above = os.path.dirname(root)
        if above == root:
            root = here if (start + os.sep).startswith(here + os.sep) else start
            break
        root = above
    inside = []
    for path, name in zip(full, paths, strict=True):
        relative = os.path.relpath(path, root).replace(os.sep, "/")
        if relative.startswith("../"):
            raise Stop(f"{name}: outside of {root}, where the first path lies")
        inside.append("" if relative == "." else relative)
    return root, None if not paths or "" in inside else inside


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


def _colour(wish: str) -> bool:
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if "FORCE_COLOR" in os.environ:
        return os.environ["FORCE_COLOR"].lower() not in ("0", "false", "off", "")
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _print(text: str, quotes_files: bool) -> None:
    """Write as UTF-8, whatever the locale; on a runner no quoted line may be taken for a command."""
    if quotes_files and text and os.environ.get("GITHUB_ACTIONS") == "true":
        token = os.urandom(16).hex()
        text = f"::stop-commands::{token}\n{text}::{token}::\n"
    _write_bytes(sys.stdout, text)


def _say(lines: Sequence[str]) -> None:
    """Notes, one line each, on standard error."""
    from prodlint.core.visible import visible

    # A runner reads the two streams apart, so marks around the notes could come between those of the report.
    shown = [visible(line).replace("##[", "##\\x5b") for line in lines]
    _write_bytes(sys.stderr, "".join(f"prodlint: {line}\n" for line in shown))


def _write_bytes(stream: TextIO, text: str) -> None:
    stream.flush()
    stream.buffer.write(text.encode("utf-8", "backslashreplace"))
    stream.flush()


def _explain(words: list[str]) -> int:
    from prodlint.core import rule

    if len(words) != 1:
        raise Stop("explain takes the id of one rule (`prodlint rules` lists them)")
    name = words[0]
    known = rule.all_rule_ids()
    if name not in known:
        raise Stop(
            f"unknown rule {name!r}{rule.did_you_mean(name, known)} (`prodlint rules` lists them)"
        )
    _print(rule.page(name), quotes_files=False)
    return 0


def _rules(words: list[str]) -> int:
    from prodlint.core import rule

    if words:
        raise Stop("rules takes no arguments")
    rows = [rule.load(rule_id) for rule_id in rule.all_rule_ids()]
    width = max(len(row.id) for row in rows)
    lines = [
        f"{row.id:{width}}  {row.level if row.enabled else 'off':7}  {row.summary}\n"
        for row in rows
    ]
    _print("".join(lines), quotes_files=False)
    return 0
