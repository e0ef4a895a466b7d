"""A small stand-in for GitHub's runner: enough to run a composite action's steps for real, and to read their log as it does.

The rules are those of actions/runner: `ActionCommand.cs` and `ActionCommandManager.cs` for the log, `FileCommandManager.cs`
for the files that a step writes, and the documentation of contexts and expressions for `${{ }}`.
"""

import os
import re
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_COMMANDS = {
    *("error", "warning", "notice", "debug", "group", "endgroup", "echo", "add-mask"),
    *("set-output", "save-state", "set-env", "add-path", "add-matcher", "remove-matcher"),
    "stop-commands",
}
_TOKEN = re.compile(r"\s*('(?:[^']|'')*'|&&|\|\||==|!=|[()!,]|-?\d+(?:\.\d+)?|[\w.-]+)")
_STATUS = re.compile(r"\b(always|success|failure|cancelled)\(\)")


class Command(NamedTuple):
    """A workflow command that the runner would obey."""

    name: str
    properties: dict[str, str]
    data: str


class Used(NamedTuple):
    """A step that uses another action, with its inputs."""

    action: str
    inputs: dict[str, str]


class Step(NamedTuple):
    """What a step that ran left behind."""

    log: str
    errors: str
    code: int
    outputs: dict[str, str]
    summary: str
    environment: str


class Job(NamedTuple):
    """What a run of an action left behind; `outputs` are those that the action declares."""

    steps: list[Step]
    used: list[Used]
    outputs: dict[str, str]
    passed: bool

    @property
    def log(self) -> str:
        return "".join(step.log + step.errors for step in self.steps)

    @property
    def summary(self) -> str:
        return "".join(step.summary for step in self.steps)


def run(
    action: Path,
    workspace: Path,
    temp: Path,
    inputs: dict[str, str] | None = None,
    environment: dict[str, str] | None = None,
) -> Job:
    """Run a composite action on a workspace; `environment` holds the variables of the event, and PATH."""
    definition = yaml.safe_load((action / "action.yml").read_text(encoding="utf-8"))
    given = {name: spec.get("default", "") for name, spec in definition["inputs"].items()}
    assert not (unknown := set(inputs or {}) - set(given)), unknown
    context: dict[str, Any] = {
        "inputs": {**given, **(inputs or {})},
        "steps": {},
        "runner": {"temp": str(temp), "os": "Linux"},
        "github": {"action_path": str(action), "workspace": str(workspace)},
    }
    variables = {
        **(environment or {}),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(action),
        "GITHUB_WORKSPACE": str(workspace),
        "RUNNER_TEMP": str(temp),
    }
    steps: list[Step] = []
    used: list[Used] = []
    passed = True
    for number, step in enumerate(definition["runs"]["steps"]):
        if not _wanted(str(step.get("if", "")), context, passed):
            continue
        if "uses" in step:
            used.append(Used(step["uses"], _filled(step.get("with", {}), context)))
            continue
        done = _step(step, context, variables, temp / f"step{number}")
        steps.append(done)
        passed = passed and done.code == 0
        if "id" in step:
            context["steps"][step["id"]] = {"outputs": done.outputs}
    outputs = {name: spec["value"] for name, spec in definition.get("outputs", {}).items()}
    return Job(steps, used, _filled(outputs, context), passed)


def _step(step: dict[str, Any], context: dict[str, Any], base: dict[str, str], temp: Path) -> Step:
    assert step["shell"] == "bash"
    temp.mkdir()
    files = {name: temp / name for name in ("OUTPUT", "STEP_SUMMARY", "ENV", "PATH")}
    for file in files.values():
        file.touch()
    script = temp / "script.sh"
    script.write_text(expanded(step["run"], context), encoding="utf-8")
    workspace = base["GITHUB_WORKSPACE"]
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
        cwd=os.path.join(workspace, expanded(step.get("working-directory", ""), context)),
        env={
            **base,
            **_filled(step.get("env", {}), context),
            **{f"GITHUB_{name}": str(file) for name, file in files.items()},
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    texts = {name: file.read_bytes().decode() for name, file in files.items()}
    return Step(
        done.stdout.decode(),
        done.stderr.decode(),
        done.returncode,
        file_command(texts["OUTPUT"]),
        texts["STEP_SUMMARY"],
        texts["ENV"] + texts["PATH"],
    )


def file_command(text: str) -> dict[str, str]:
    """The names and values of a file such as GITHUB_OUTPUT: `name=value`, or `name<<END`, lines, `END`."""
    values = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, equals, value = line.partition("=")
        key, here, end = line.partition("<<")
        if here and (not equals or len(key) < len(name)):
            inside = []
            for inner in lines:
                if inner == end:
                    break
                inside.append(inner)
            else:
                raise AssertionError(f"no line {end!r} ends {key!r}")
            values[key] = "\n".join(inside)
        elif equals:
            values[name] = value
        elif line:
            raise AssertionError(f"neither name=value nor name<<END: {line!r}")
    return values


def commands(log: str) -> list[Command]:
    """The commands that the runner finds in a log: `::name ::` at the start of a line, `##[name]` anywhere in one."""
    found = []
    stopped = ""
    for line in re.split(r"\r\n|\r|\n", log):
        known = _COMMANDS | {stopped}
        command = _second_form(line, known) or _first_form(line, known)
        if command is None:
            continue
        if stopped:
            if command.name == stopped:
                stopped = ""
            continue
        if command.name == "stop-commands":
            stopped = command.data.lower()
        else:
            found.append(command)
    assert not stopped, "commands stay stopped for the steps that follow"
    return found


def _second_form(line: str, known: set[str]) -> Command | None:
    match = re.match(r"\s*::(.*?)::(.*)", line, re.DOTALL)
    if match is None:
        return None
    name, _, properties = match[1].partition(" ")
    if name.lower() not in known:
        return None
    pairs = (item.split("=", 1) for item in properties.strip().split(",") if "=" in item)
    return Command(
        name.lower(),
        {key.strip(): _decoded(value, {"%3A": ":", "%2C": ","}) for key, value in pairs},
        _decoded(match[2], {}),
    )


def _first_form(line: str, known: set[str]) -> Command | None:
    match = re.search(r"##\[([^\]]*)\](.*)", line, re.DOTALL)
    if match is None or (name := match[1].partition(" ")[0].lower()) not in known:
        return None
    return Command(name, {}, match[2])


def _decoded(text: str, further: dict[str, str]) -> str:
    for code, char in {"%0D": "\r", "%0A": "\n", **further, "%25": "%"}.items():
        text = text.replace(code, char)
    return text


def _wanted(condition: str, context: dict[str, Any], passed: bool) -> bool:
    inside = re.fullmatch(r"\s*\$\{\{(.*)\}\}\s*", condition, re.DOTALL)
    text = inside[1] if inside else condition
    state = {"success": passed, "failure": not passed, "always": True, "cancelled": False}
    if not passed and not _STATUS.search(text):
        return False
    return not text or bool(_Expression(text, {**context, "()": state}).value)


def expanded(text: str, context: dict[str, Any]) -> str:
    """A text with the values of its `${{ }}`."""
    return re.sub(
        r"\$\{\{(.*?)\}\}", lambda match: _shown(_Expression(match[1], context).value), str(text)
    )


def _filled(values: dict[str, Any], context: dict[str, Any]) -> dict[str, str]:
    return {name: expanded(value, context) for name, value in values.items()}


def _shown(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


class _Expression:
    """The value of an expression: contexts, literals, `!`, `==`, `!=`, `&&`, `||` and the status functions."""

    def __init__(self, text: str, context: dict[str, Any]) -> None:
        self._tokens = [*_TOKEN.findall(text), ""]
        self._context = context
        self.value = self._or()
        assert self._tokens == [""], f"not understood: {text}"

    def _taken(self, *tokens: str) -> str:
        return self._tokens.pop(0) if self._tokens[0] in tokens else ""

    def _or(self) -> Any:
        value = self._and()
        while self._taken("||"):
            other = self._and()
            value = value or other
        return value

    def _and(self) -> Any:
        value = self._equal()
        while self._taken("&&"):
            other = self._equal()
            value = value and other
        return value

    def _equal(self) -> Any:
        value = self._single()
        while operator := self._taken("==", "!="):
            other = self._single()
            value = (_shown(value).lower() == _shown(other).lower()) == (operator == "==")
        return value

    def _single(self) -> Any:
        if self._taken("!"):
            return not self._single()
        if self._taken("("):
            value = self._or()
            assert self._taken(")")
            return value
        token = self._tokens.pop(0)
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if self._taken("("):
            assert self._taken(")")
            return self._context["()"][token]
        if token in ("true", "false"):
            return token == "true"
        value = self._context
        for key in token.split("."):
            value = (value or {}).get(key)
        return value
