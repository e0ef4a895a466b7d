"""Gates that an option, or an input of their action, keeps from failing."""

from collections.abc import Callable, Iterator

from prodlint.ci.evidence import looked_at, reported
from prodlint.ci.model import Step, Workflow
from prodlint.core.commands.families import SCAN, TEST
from prodlint.core.commands.purpose import Use
from prodlint.core.lazy import lazy
from prodlint.core.project import Project
from prodlint.core.shell import Command, Word
from prodlint.core.source import Span
from prodlint.core.swallow import ALWAYS, OR, Swallow
from prodlint.core.yaml import Scalar, mapping
from prodlint.typed import NamedTuple

# By tool, the options with which it ends well whatever it finds; behind a space or `=` the value that they must have.
_OPTIONS = {
    **dict.fromkeys(("flake8", "pylint", "bandit"), ("--exit-zero",)),
    "ruff": ("--exit-zero", "-e"),
    **dict.fromkeys(("checkov", "tfsec"), ("--soft-fail", "-s")),
    **dict.fromkeys(("trivy", "gitleaks"), ("--exit-code 0",)),
    "golangci-lint": ("--issues-exit-code 0",),
    "hadolint": ("--no-fail",),
    "gosec": ("-no-fail", "--no-fail"),
    "brakeman": ("--no-exit-on-warn",),
    "tflint": ("--force",),
    "vale": ("--no-exit",),
    "kics": ("--ignore-on-exit all", "--ignore-on-exit results"),
    **dict.fromkeys(("zap-baseline.py", "zap-full-scan.py", "zap-api-scan.py"), ("-I",)),
    "k6": ("--no-thresholds",),
    "rspec": ("--failure-exit-code 0",),
    "make": ("-i", "--ignore-errors"),
    "safety": ("--continue-on-error",),
    "pytest": ("--suppress-tests-failed-exit-code",),
    "npm": ("--audit-level none",),
    "mvn": (
        "-fn",
        "--fail-never",
        "-Dmaven.test.failure.ignore",
        "-Dmaven.test.failure.ignore true",
    ),
}
_SKIPPED = ("-DskipTests", "-DskipTests true", "-Dmaven.test.skip", "-Dmaven.test.skip true")
# By action, the tool that it runs, and the inputs with which it ends well.
_INPUTS = {
    "aquasecurity/trivy-action": ("trivy", {"exit-code": "0"}),
    "aquasecurity/tfsec-action": ("tfsec", {"soft_fail": "true"}),
    "bridgecrewio/checkov-action": ("checkov", {"soft_fail": "true"}),
    "anchore/scan-action": ("grype", {"fail-build": "false"}),
    "hadolint/hadolint-action": ("hadolint", {"no-fail": "true"}),
    "actions/dependency-review-action": ("dependency review", {"warn-only": "true"}),
    "pypa/gh-action-pip-audit": ("pip-audit", {"internal-be-careful-allow-failure": "true"}),
    "docker/scout-action": ("docker scout", {"exit-code": "false"}),
    "checkmarx/kics-github-action": ("kics", {"ignore_on_exit": "all"}),
    "zaproxy/action-baseline": ("zap", {"fail_action": "false"}),
    "zaproxy/action-full-scan": ("zap", {"fail_action": "false"}),
    "zaproxy/action-api-scan": ("zap", {"fail_action": "false"}),
}
# They fail only where an option says so.
_FAIL_BY_OPTION = ("trivy", "docker scout", "zap")
_TESTS = lazy(r"(?:^|/)src/test/.+\.(?:java|kt|groovy|scala)$")
_CALLERS = lazy(r"\.ya?ml$|(?:^|/)(?:Jenkinsfile|Makefile|[^/]*Dockerfile[^/]*)$|\.sh$")
_RUNS_TESTS = lazy(
    r"(?m)\b(?:mvnw?|gradlew?)\b(?![^\n]*(?:skipTests|test\.skip|-x test))[^\n]*\b(?:test|verify|package|install|deploy|build|check)\b"
)


class Soft(NamedTuple):
    """A gate that cannot fail because of `option`; `why` is what that does."""

    span: Span
    step: Step
    tool: str
    name: str
    option: str


def soft(workflow: Workflow, may_pass: Callable[[str], bool]) -> Iterator[Soft]:
    """Such gates, if nothing in the workflow runs the same tool in such a way that it can fail.

    `may_pass` tells the scripts that are worth reading.
    """
    steps = [step for job in workflow.jobs for step in job.steps]
    told = [one for step in steps if not step.run or may_pass(step.run.text) for one in _told(step)]
    found = [one for one in told if isinstance(one, Soft)]
    if found:
        strict = {one for step in steps for one in _told(step) if isinstance(one, str)}
        yield from (one for one in found if one.tool not in strict)


def untested(workflow: Workflow) -> Iterator[Soft]:
    """The calls of Maven that leave the tests out, where no workflow of the repository runs them."""
    if workflow.project.once(_runs_tests) or not workflow.project.once(_has_tests):
        return
    for job in workflow.jobs:
        for step in job.steps:
            for command, use in _gates(step):
                word, option = _option(command, _SKIPPED)
                if word and step.run and use.task.split()[0] == "mvn":
                    place = step.run.at(word.start, word.end)
                    yield Soft(place, step, "mvn", use.label, option)


def _told(step: Step) -> Iterator[Soft | str]:
    yield from _commands(step)
    yield from _action(step)


def _commands(step: Step) -> Iterator[Soft | str]:
    """The gates of a script that cannot fail, and the names of the tools that can."""
    for command, use in _gates(step):
        tool = use.task.partition(" ")[0]
        word, option = _option(command, _OPTIONS.get(tool, ()))
        words = [one.text for one in command.words]
        if word is None:
            given = any("exit-code" in one for one in words)
            yield from () if tool in _FAIL_BY_OPTION and not given else (tool,)
        elif step.run and not _is_excused(step, command, use):
            yield Soft(step.run.at(word.start, word.end), step, tool, use.label, option)


def _gates(step: Step) -> Iterator[tuple[Command, Use]]:
    """The gates of a script whose failure is not lost otherwise."""
    gates = [] if step.switch else [(one, use) for one, use in step.uses if use.gate]
    if gates:
        lost = {command.start for swallow in step.swallows for command in swallow.commands}
        yield from ((one, use) for one, use in gates if one.start not in lost)


def _option(command: Command, options: tuple[str, ...]) -> tuple[Word | None, str]:
    """The word of the command that is one of the options, and the option as written."""
    following = [word.text for word in command.words[1:]] + [""]
    for word, after in zip(command.words, following, strict=True):
        text = word.text.replace("=", " ", 1)
        for option in options:
            if text == option:
                return word, word.text
            if " " in option and f"{text} {after}" == option:
                return word, option
    return None, ""


def _action(step: Step) -> Iterator[Soft | str]:
    action = step.setting("uses").partition("@")[0]
    tool, inputs = _INPUTS.get(action.lower(), ("", {}))
    if not tool or step.switch:
        return
    given = mapping(step.node.get("with"))
    for name, value in inputs.items():
        node = given.get(name)
        if isinstance(node, Scalar) and node.text.lower() == value:
            if not _is_looked_at(step) and not _follows(step):
                yield Soft(node.place, step, tool, action, f"{name}: {node.text}")
        elif node or tool not in _FAIL_BY_OPTION:
            yield tool


def _is_looked_at(step: Step) -> bool:
    """Whether a later step fails on its report, or asks for its outputs."""
    name = step.setting("id")
    asked = bool(name) and f"steps.{name}." in step.job.workflow.source.text
    return asked or reported(step, [Use(SCAN, "")])


def _is_excused(step: Step, command: Command, use: Use) -> bool:
    lost = Swallow(command.start, command.end, OR, "", [command], ALWAYS)
    # What Maven is told to pass over is always the tests, whatever else it is run for.
    checked = [use, Use(TEST, "")] if use.task.startswith("mvn") else [use]
    return _is_built(command) or _follows(step) or bool(looked_at(step, lost, checked))


def _is_built(command: Command) -> bool:
    """Whether it is a program that the repository builds, and only tries out."""
    path = command.name or ""
    return path.startswith(("./", "dist/", "build/", "target/")) and "mvnw" not in path


def _follows(step: Step) -> bool:
    """Whether it runs after the failure of another step, which counts."""
    return "failure()" in step.setting("if") or ".outcome" in step.setting("if")


def _has_tests(project: Project) -> bool:
    return any(map(_TESTS.search, project.files))


def _runs_tests(project: Project) -> bool:
    """Whether a workflow, a Dockerfile or a script of the repository runs Maven or Gradle with the tests."""
    for path in project.matching(_CALLERS):
        source = project.source(path)
        if source and _RUNS_TESTS.search(source.text.replace("\\\n", " ")):
            return True
    return False
