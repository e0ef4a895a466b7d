"""GitLab CI: jobs with what they extend, refer to and take over from `default`, also out of included files.

Sources: GitLab's CI/CD YAML reference; the shell is `set -o pipefail; set -o errexit` (gitlab-runner, shells/bash.go, which
leaves pipefail out where the shell has none). What `after_script` returns is looked at by nobody, so it is for clean-up.
"""

import re
from fnmatch import fnmatchcase

from prodlint.ci.systems.given import (
    MAX_PARTS,
    OTHER,
    STRICT,
    GivenJob,
    GivenStep,
    System,
    documents,
    is_true,
    joined,
    masked,
)
from prodlint.ci.terms import Advice, Switch
from prodlint.core.finding import Fault
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.core.yaml import Mapping, Node, Scalar, Sequence, find, mapping, sequence, text

MAX_FILES = 50
MAX_EXTENDS = 11
MAX_REFERENCES = 10

_NO_JOBS = frozenset(
    (
        *("default", "include", "stages", "variables", "workflow", "image", "services", "cache"),
        *("before_script", "after_script", "spec", "types"),
    )
)
_WINDOWS = re.compile(r"(?i)windows")
_ADVICE = Advice(
    "`after_script`:\nafter_script:\n  - {}",
    "`after_script`:\nafter_script:\n  - {}",
    "a job of its own with `allow_failure: true`",
)
_INSTEAD = (
    "drop it; where some ways to fail are all right, name them:\nallow_failure:\n  exit_codes: [3]"
)


class _Configuration:
    """The keys of a file and of all files that it includes; a later one replaces an earlier one."""

    def __init__(self, source: Source, project: Project) -> None:
        self.project = project
        self.faults: list[Fault] = []
        self.keys: dict[str, Node] = {}
        self.seen: set[str] = set()
        self.read(source, True)

    def read(self, source: Source, first: bool) -> None:
        """What is included comes first, so that the file itself decides."""
        if source.path in self.seen or len(self.seen) >= MAX_FILES:
            return
        self.seen.add(source.path)
        found, faults = documents(source)
        if first:
            self.faults = faults
        root = mapping(found[-1] if found else None)
        for path in self.included(root.get("include")):
            other = self.project.source(path)
            if other:
                self.read(other, False)
        self.keys.update(root.items())

    def included(self, node: Node | None) -> list[str]:
        """The files of the repository that are included; others cannot be known."""
        patterns = []
        for one in sequence(node) or ([node] if node else []):
            local = one if isinstance(one, Scalar) else find(one, "local")
            if isinstance(local, Scalar) and "://" not in local.text:
                patterns.append(local.text.lstrip("/"))
        paths = []
        for pattern in patterns:
            if "*" in pattern:
                paths += [path for path in self.project.files if fnmatchcase(path, pattern)]
            elif self.project.has(pattern):
                paths.append(pattern)
        return paths[:MAX_FILES]

    def of(self, job: Mapping, key: str, seen: tuple[str, ...] = ()) -> Node | None:
        """The value of a key of a job, or of the last job that it extends and that has it."""
        found = job.get(key)
        if found is not None or len(seen) >= MAX_EXTENDS:
            return found
        extended = job.get("extends")
        names = [text(one) or "" for one in (*sequence(extended), extended)]
        for name in reversed(names):
            above = self.keys.get(name)
            if name not in seen and isinstance(above, Mapping):
                found = self.of(above, key, (*seen, name))
                if found is not None:
                    return found
        return None

    def default(self, job: Mapping, key: str) -> Node | None:
        """A key that `default` or the top of the file may set for all jobs."""
        found = self.of(job, key)
        inherited = find(self.of(job, "inherit"), "default")
        if found is not None or text(inherited) == "false" or isinstance(inherited, Sequence):
            return found
        return find(self.keys.get("default"), key) or self.keys.get(key)

    def commands(self, node: Node | None, nesting: int = 0) -> list[Scalar]:
        """The commands of a script, with those that `!reference` takes from elsewhere."""
        found: list[Scalar] = []
        if isinstance(node, Scalar):
            found.append(node)
        elif isinstance(node, Sequence) and nesting < MAX_REFERENCES:
            if node.tag == "!reference":
                return self.commands(self.referred(node), nesting + 1)
            for one in node.items:
                if len(found) < MAX_PARTS:
                    found += self.commands(one, nesting + 1)
        return found

    def referred(self, reference: Sequence) -> Node | None:
        names = [text(name) or "" for name in reference.items]
        job = self.keys.get(names[0]) if names else None
        if len(names) == 2 and isinstance(job, Mapping):
            return self.of(job, names[1])
        return find(job, *names[1:])


def _read(source: Source, project: Project) -> tuple[list[GivenJob], list[Fault]]:
    found = _Configuration(source, project)
    jobs = [
        _job(found, name, job)
        for name, job in found.keys.items()
        if isinstance(job, Mapping) and name not in _NO_JOBS and name[:1] != "."
    ]
    return [job for job in jobs if job.steps], found.faults


def _job(found: _Configuration, name: str, job: Mapping) -> GivenJob:
    commands = [
        *found.commands(found.default(job, "before_script")),
        *found.commands(found.of(job, "script")),
    ]
    tags = [text(tag) or "" for tag in sequence(found.default(job, "tags"))]
    shell = OTHER if any(map(_WINDOWS.search, tags)) else STRICT
    run = joined(commands)
    steps = [GivenStep(name, run, shell)] if run else []
    return GivenJob(name, steps, _switch(found, job))


def _switch(found: _Configuration, job: Mapping) -> Switch | None:
    """`allow_failure: true`, unless a rule may decide otherwise or a person starts the job."""
    allowed = found.of(job, "allow_failure")
    rules = sequence(found.of(job, "rules"))
    manual = any(text(find(one, "when")) == "manual" for one in rules)
    decided = any(find(one, "allow_failure") is not None for one in rules)
    if allowed is None or not is_true(allowed) or manual or decided:
        return None
    if text(found.of(job, "when")) in ("manual", "on_failure", "always"):
        return None
    return Switch(allowed.place, "allow_failure", _INSTEAD)


GITLAB = System(_read, masked(r"\$\[\[[^\]\n]*\]\]"), _ADVICE)
