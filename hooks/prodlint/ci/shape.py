"""What keeps GitHub from reading a file as a workflow or as an action."""

from collections.abc import Iterator

from prodlint.core.finding import Fault
from prodlint.core.source import Source
from prodlint.core.yaml import Mapping, Sequence, Yaml

FOLDER = ".github/workflows"


def faults(source: Source, document: Yaml) -> Iterator[Fault]:
    """The syntax errors, then what is missing or of the wrong kind. Of an action only what is clearly meant as one."""
    workflow = source.path.rpartition("/")[0] == FOLDER
    if document.faults:
        if workflow or (not document.template and "runs:" in source.text):
            for fault in document.faults:
                yield _explained(fault)
        return
    root = document.documents[0] if document.documents else None
    if not workflow:
        runs = root.get("runs") if isinstance(root, Mapping) else None
        yield from _steps(runs, "the action") if isinstance(runs, Mapping) else ()
    elif not isinstance(root, Mapping):
        yield Fault(
            root.span if root else source.line_span(1),
            "no workflow: nothing in this file runs",
            "write `on` and `jobs`, or remove the file",
        )
    else:
        yield from _jobs(root)


def _jobs(root: Mapping) -> Iterator[Fault]:
    jobs = root.get("jobs")
    if not isinstance(jobs, Mapping) or not jobs:
        key = root.key("jobs") or next(map(root.key, root), None)
        yield Fault(
            key.place if key else root.span,
            "a workflow without jobs, which GitHub refuses",
            "write the jobs under `jobs`, each with `runs-on` and `steps`",
        )
        return
    for key, job in jobs.pairs():
        if isinstance(job, Mapping):
            yield from _steps(job, f"job `{key.text}`")
        else:
            yield Fault(
                key.place,
                f"job `{key.text}` is empty",
                "write its `runs-on` and its `steps`, or remove it",
            )


def _steps(owner: Mapping, name: str) -> Iterator[Fault]:
    steps = owner.get("steps")
    key = owner.key("steps")
    if key and not isinstance(steps, Sequence):
        yield Fault(key.place, f"the steps of {name} are no list", "begin each step with `- `")
    for step in steps if isinstance(steps, Sequence) else ():
        if not isinstance(step, Mapping):
            yield Fault(step.place, f"a step of {name} has no keys", "write `run: …` or `uses: …`")


def _explained(fault: Fault) -> Fault:
    """A fault of YAML with better advice where a script is meant."""
    line = fault.span.source.line_span(fault.span.line).text
    if "|| :" in line and "second `: `" in fault.message:
        return fault._replace(help="put the script under `run: |`; a `:` behind a blank is YAML's")
    return fault
