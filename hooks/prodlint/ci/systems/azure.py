"""Azure Pipelines: the steps of stages, jobs and deployments, and of templates of these.

Sources: Microsoft's YAML schema reference; the Bash task runs `bash --noprofile --norc` and a file (azure-pipelines-tasks,
BashV3), so without `-e`; `script` is the same on Linux and macOS, and cmd.exe on Windows. Where the pool does not tell the
platform, nothing is said of what errexit would do.
"""

import re
from collections.abc import Iterator

from prodlint.ci.systems.given import (
    ERREXIT,
    LOOSE,
    OTHER,
    GivenJob,
    GivenStep,
    System,
    documents,
    is_true,
    masked,
)
from prodlint.ci.terms import Advice, Shell, Switch
from prodlint.core.finding import Fault
from prodlint.core.project import Project
from prodlint.core.shell import mask
from prodlint.core.source import Source
from prodlint.core.yaml import Mapping, Node, Scalar, find, mapping, sequence, text

MAX_NESTING = 20

_ADVICE = Advice(
    "a step of its own:\n- bash: {}\n  condition: always()",
    "a step of its own:\n- bash: {}\n  condition: failed()",
    "a step of its own with `continueOnError: true`",
)
_INSTEAD = "drop it: a run that succeeded with issues goes on to deploy"
_STRATEGIES = ("runOnce", "rolling", "canary")
_HOOKS = ("preDeploy", "deploy", "routeTraffic", "postRouteTraffic")
_WINDOWS = re.compile(r"(?i)win|vs20")
_UNIX = re.compile(r"(?i)ubuntu|macos|linux")
# Tasks that check, build or deploy, and the input that says which of these.
_TASKS = {
    "DotNetCoreCLI": ("command", r"test|build|publish|pack|push"),
    "Docker": ("command", r"build|buildAndPush|push"),
    "HelmDeploy": ("command", r"upgrade|install"),
    "Kubernetes": ("command", r"apply|set"),
    "KubernetesManifest": ("action", r"deploy"),
    "TerraformTaskV4": ("command", r"apply|plan|validate"),
}
_GATES = re.compile(
    r"(?:VSTest|VSBuild|MSBuild|Maven|Gradle|Xcode|AzureWebApp|AzureWebAppContainer|AzureFunctionApp"
    r"|AzureRmWebAppDeployment|AzureResourceManagerTemplateDeployment|AzureStaticWebApp|AdvancedSecurity-\S+"
    r"|SonarQubePublish|SonarCloudPublish|trivy)@"
)


def _read(source: Source, project: Project) -> tuple[list[GivenJob], list[Fault]]:
    found, faults = documents(source)
    root = mapping(found[0] if found else None)
    unix = _is_unix(root, None)
    jobs = list(_jobs(root, unix))
    for stage in _items(root.get("stages")):
        jobs += _jobs(stage, _is_unix(stage, unix))
    steps = list(_steps(root.get("steps"), unix))
    jobs.append(GivenJob("pipeline", steps, _switch(root), "the pipeline"))
    return [job for job in jobs if job.steps], faults


def _items(listed: Node | None, nesting: int = 0) -> Iterator[Mapping]:
    """What a list holds, also under `${{ if … }}:` and `${{ each … }}:`."""
    for one in sequence(listed):
        for key, below in mapping(one).items():
            if key.startswith("${{") and nesting < MAX_NESTING:
                yield from _items(below, nesting + 1)
        if isinstance(one, Mapping):
            yield one


def _is_unix(owner: Mapping, default: bool | None) -> bool | None:
    """Whether it runs on Linux or macOS; None where that cannot be told."""
    pool = owner.get("pool")
    if pool is None:
        return default
    named = text(find(pool, "vmImage")) or text(find(pool, "name")) or text(pool) or ""
    if "$" in named:
        return None
    return False if _WINDOWS.search(named) else (True if _UNIX.search(named) else None)


def _jobs(owner: Mapping, default: bool | None) -> Iterator[GivenJob]:
    for job in _items(owner.get("jobs")):
        unix = _is_unix(job, default)
        name = next(filter(None, (text(job.get(key)) for key in ("job", "deployment"))), "job")
        steps = list(_steps(job.get("steps"), unix))
        for strategy in _STRATEGIES:
            hooks = mapping(find(job, "strategy", strategy))
            for hook in _HOOKS:
                steps += _steps(find(hooks, hook, "steps"), unix)
            steps += _steps(find(hooks, "on", "success", "steps"), unix)
        yield GivenJob(name, steps, _switch(job))


def _steps(listed: Node | None, unix: bool | None) -> Iterator[GivenStep]:
    for step in _items(listed):
        if text(step.get("enabled")) == "false" or _after_failure(step):
            continue
        name, switch = text(step.get("displayName")) or "", _switch(step)
        run, shell = _script(step, unix)
        gate = _gate(step)
        if isinstance(run, Scalar):
            yield GivenStep(name, run, shell, switch, run.alias or step.alias)
        elif gate:
            yield GivenStep(name, None, OTHER, switch, step.alias, gate)
        elif is_true(find(step.get("inputs"), "failTaskOnFailedTests")):
            yield GivenStep(name, None, OTHER, switch, step.alias, reports=True)


def _after_failure(step: Mapping) -> bool:
    condition = text(step.get("condition")) or ""
    return "failed()" in condition and "succeeded" not in condition and "not(" not in condition


def _script(step: Mapping, unix: bool | None) -> tuple[Node | None, Shell]:
    """The script of a step, and its shell."""
    inputs = step.get("inputs")
    task = (text(step.get("task")) or "").partition("@")[0]
    shell = LOOSE
    if "bash" in step:
        run = step.get("bash")
    elif "script" in step or task == "CmdLine":
        run = step.get("script") or find(inputs, "script")
        shell = {True: LOOSE, False: OTHER, None: ERREXIT}[unix]
    elif task == "Bash":
        run = find(inputs, "script")
    elif task == "AzureCLI" and text(find(inputs, "scriptType")) == "bash":
        run = find(inputs, "inlineScript")
    else:
        return None, OTHER
    # What is written to stderr fails the step as well, and so most failures do.
    if is_true(step.get("failOnStderr")) or is_true(find(inputs, "failOnStderr")):
        shell = ERREXIT if shell.posix else shell
    return run, shell


def _gate(step: Mapping) -> str:
    """The task of a step and what it does, if that must not fail unseen."""
    task = text(step.get("task")) or ""
    name = task.partition("@")[0]
    if name in _TASKS:
        key, values = _TASKS[name]
        value = text(find(step.get("inputs"), key)) or ""
        return f"{task} {value}" if re.fullmatch(values, value) else ""
    return task if _GATES.match(task) else ""


def _switch(node: Mapping) -> Switch | None:
    found = node.get("continueOnError")
    if found is None or not is_true(found):
        return None
    return Switch(found.place, "continueOnError", _INSTEAD)


_macros = masked(r"\$\([A-Za-z_][\w.-]*\)")


def _mask(script: str) -> str:
    """Hides `${{ … }}` and `$(name)`, which is replaced before the shell sees it."""
    return _macros(mask(script))


AZURE = System(_read, _mask, _ADVICE)
