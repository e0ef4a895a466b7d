"""Lock files in CI: caches that want one, and installs that pass one over."""

import posixpath
from collections.abc import Iterator

from prodlint.ci.calls import located, start
from prodlint.ci.model import Step, Workflow
from prodlint.core.project import join
from prodlint.core.source import Span
from prodlint.core.yaml import find, text
from prodlint.typed import NamedTuple

_FILES = {
    "npm": ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock"),
    "yarn": ("yarn.lock",),
    "pnpm": ("pnpm-lock.yaml",),
}
_OTHER = ("--package-lock-only", "--no-package-lock", "--prefix", "--global")
_LOCKS = ("package-lock.json", "npm-shrinkwrap.json")


class Passed(NamedTuple):
    """A place where a lock file is missing, or passed over: what happens, what to write, and where it is the same.

    `fails`: the job does not get beyond it.
    """

    span: Span
    message: str
    help: str
    again: list[Span]
    fails: bool = False


def passed_over(workflow: Workflow) -> Iterator[Passed]:
    installs: dict[str, list[tuple[Span, str]]] = {}
    for job in workflow.jobs:
        for step in job.steps:
            if step.setting("uses").startswith("actions/setup-node@"):
                yield from _cache(step)
            elif step.run and "npm i" in step.run.text:
                for lock, span, command in _installs(step):
                    installs.setdefault(lock, []).append((span, command))
    for lock, ((span, command), *others) in installs.items():
        message = f"`{command}` may install other versions than {lock} names: CI tests what nobody else has"
        again = [place for place, _ in others]
        yield Passed(span, message, "write `npm ci`, which installs what the lock file says", again)


def _cache(step: Step) -> Iterator[Passed]:
    """setup-node fails when it is to cache and finds no lock file (its README, "Caching global packages data")."""
    node = find(step.node, "with", "cache")
    names = _FILES.get(text(node) or "")
    project = step.job.workflow.project
    folder = start(step)
    if node is None or names is None or folder is None:
        return
    stated = text(find(step.node, "with", "cache-dependency-path"))
    if stated is None:
        wanted = list(names)
    else:
        wanted = [join("", line.strip()) or "" for line in stated.splitlines() if line.strip()]
    if "$" in (stated or "") or any("*" in path for path in wanted):
        return
    if not any(project.has(path) for path in wanted):
        yield Passed(
            node.span,
            f"the step fails: setup-node caches {text(node)} by {wanted[0]}, which is not committed",
            "commit the lock file, name it in cache-dependency-path, or drop the cache",
            [],
            fails=True,
        )


def _installs(step: Step) -> Iterator[tuple[str, Span, str]]:
    """The lock file that an install passes over, where, and the command."""
    folder = start(step)
    if folder is None or step.run is None or step.script is None or not step.shell.posix:
        return
    for command, inside in located(step.script, folder):
        words = [word.text for word in command.words]
        if words[:2] not in (["npm", "install"], ["npm", "i"]) or inside is None:
            continue
        plain = all(word.startswith("--") and word not in _OTHER for word in words[2:])
        paths = (posixpath.join(inside, name) for name in _LOCKS)
        lock = next(filter(step.job.workflow.project.has, paths), "")
        if plain and lock:
            yield lock, step.run.at(command.start, command.end), " ".join(words[:2])
