"""A step stays green although its tests, its build or its deployment failed."""

from prodlint.ci.model import Swallowed, Workflow
from prodlint.ci.terms import written
from prodlint.core import ERROR, WARNING, Edit, Finding, Findings, Related
from prodlint.core.commands.families import DEPLOY, INSTALL
from prodlint.core.swallow import ALWAYS, BACKGROUND, IF, LEAVE, MOSTLY, NEXT, OR

LEVEL = ERROR


def check(workflow: Workflow) -> Findings:
    for one in workflow.swallowed:
        level = _level(one, workflow.strict)
        if level:
            used = [Related(alias, "the same step once more") for alias in one.aliases]
            yield Finding(one.span, _message(one), _help(one), used, level, fix=_fix(one))


def _level(one: Swallowed, strict: bool) -> str:
    certain = one.swallow.kind not in (IF, BACKGROUND) and one.swallow.outcome == ALWAYS
    if strict and certain:
        return ERROR
    if one.excuse:
        return ""
    if one.use.gate:
        return ERROR
    return WARNING if one.use.family == INSTALL and certain else ""


def _fix(one: Swallowed) -> list[Edit]:
    if not one.use.gate or one.swallow.kind != OR:
        return []
    from prodlint.ci.fixes import dropped

    return dropped(one.span)


def _message(one: Swallowed) -> str:
    name, shown = one.use.label, one.swallow.shown
    job = one.step.job.label
    read = " (the script cannot be read as shell, only this line)" if one.swallow.scanned else ""
    if one.swallow.kind == LEAVE:
        return f"`{name}` is left out and {job} stays green when `cd` fails: `{shown}` ends the step well{read}"
    if one.use.family == INSTALL:
        return f"`{name}` can fail and {job} goes on without it: `{shown}` throws its result away{read}"
    if not one.use.gate:
        kind = f"as {one.use.family}" if one.use.family else "where it is no gate"
        return f"`{name}` can fail unseen: `{shown}` is allowed {kind}, but not under `strict: true`{read}"
    why = {
        OR: f"`{shown}` throws its result away",
        NEXT: f"errexit is off here, so `{shown}` decides how the step ends",
        IF: "no branch of this `if` fails",
        BACKGROUND: "it runs in the background, and the script never asks how it ended",
    }[one.swallow.kind]
    if one.swallow.outcome == MOSTLY:
        why = f"the step ends well after `{shown}`"
    return f"`{name}` can fail and {job} stays green: {why}{read}"


def _help(one: Swallowed) -> str:
    name, shown = one.use.label, one.swallow.shown
    advice = one.step.job.workflow.advice
    if one.swallow.kind == LEAVE:
        return "write `|| exit 1`; where errexit is on, a failed `cd` ends the step by itself"
    if one.swallow.kind == IF:
        return "add a branch that ends with `exit 1`, or run the command outside of `if`"
    if one.swallow.kind == BACKGROUND:
        return f"keep its process and wait for that; `wait` alone never fails:\n{name} & pid=$!\nwait $pid"
    if one.use.family == INSTALL:
        return f"drop `{shown}`; what is optional goes into {advice.optional}"
    if not one.use.gate:
        return f"drop it, or clean up in {written(advice.always, name)}"
    if one.swallow.outcome == MOSTLY:
        return f"drop it, and show what is needed in {written(advice.failure, shown[3:])}"
    if one.use.family == DEPLOY:
        return f"drop `{shown}`; if it may have been done before, ask for that first and let every other failure through"
    return f"drop `{shown}`; what is only advice goes into a job of its own, which may be red and which no other needs"
