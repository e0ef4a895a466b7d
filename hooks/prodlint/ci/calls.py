"""What the steps run of the repository itself: scripts of package.json, targets of a Makefile, script files."""

from collections.abc import Iterator

from prodlint.core.project import join
from prodlint.core.shell import AndOr, Command, Group, If, Loop, Node, Script, Subshell
from prodlint.core.source import Span
from prodlint.core.yaml import find, text
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.ci.model import Job, Step

SCRIPT, TARGET, FILE = "script", "target", "file"
_SHELLS = ("bash", "sh", "zsh", "dash", "source", ".")
_INTERPRETERS = (*_SHELLS, "python", "python3", "node")
_NPM_WORDS = {"t": "test", "tst": "test", "test": "test", "start": "start", "stop": "stop"}
_RUN = ("run", "run-script", "rum", "urn")
# Options after which it is another folder, another package, or none at all that counts.
_ELSEWHERE = (
    "--workspace",
    "--filter",
    "--recursive",
    "--if-present",
    "--cwd",
    "--dir",
    "--global",
)
_ELSEWHERE_LETTERS = ("-w", "-ws", "-F", "-r", "-C", "-g")


class Call(NamedTuple):
    """`name` of the `kind`, called in a folder relative to the root; `command` runs it.

    `runner` is npm, make, bash or the like, or empty for a file that is run by itself.
    """

    kind: str
    name: str
    folder: str
    runner: str
    command: Command


class StepCall(NamedTuple):
    step: "Step"
    call: Call

    @property
    def span(self) -> Span:
        run = self.step.run
        assert run is not None
        return run.at(self.call.command.start, self.call.command.end)


def step_calls(step: "Step") -> Iterator[StepCall]:
    """The calls of a step whose working folder is known."""
    folder = start(step) if step.run and step.shell.posix else None
    if step.run and folder is not None and step.script:
        for call in calls(step.script, folder):
            if "${{" not in step.run.text[call.command.start : call.command.end]:
                yield StepCall(step, call)


def calls(script: Script, folder: str) -> Iterator[Call]:
    """The calls of a script that starts in a folder."""
    for command, inside in located(script, folder):
        if inside is not None and command.words:
            yield from _call(command, inside)


def located(script: Script, folder: str) -> "list[tuple[Command, str | None]]":
    """Each command of a script that starts in a folder, with the folder it runs in; None where that is unknown."""
    return _located(script, folder)[0]


def start(step: "Step") -> str | None:
    """The folder of the repository in which a step starts."""
    if not step.job.name or not _checked_out(step):
        return None
    job, workflow = step.job.node, step.job.workflow.root
    defaults = (
        text(find(place, "defaults", "run", "working-directory")) for place in (job, workflow)
    )
    stated = step.setting("working-directory") or next(filter(None, defaults), "")
    stated = stated.removeprefix("${{ github.workspace }}/").removeprefix("./")
    return None if "$" in stated else join("", stated)


def _checked_out(step: "Step") -> bool:
    """Whether the workspace holds this repository as it stands here."""
    job: Job = step.job
    own = False
    for before in job.steps[: step.index]:
        uses, run = before.setting("uses"), before.run.text if before.run else ""
        if uses.startswith("actions/checkout@"):
            settings = [
                text(find(before.node, "with", key)) for key in ("repository", "path", "ref")
            ]
            own = not any(settings)
        if "git clone" in run or "git checkout" in run or "npm init" in run or "npm pkg set" in run:
            return False
    return own


_Located = tuple[list[tuple[Command, str | None]], str | None]


def _located(script: Script, folder: str | None) -> _Located:
    """Each command with the folder it runs in, and the folder in which the script ends; None where that is unknown."""
    found: list[tuple[Command, str | None]] = []
    for item in script.items:
        folder = _through(item, folder, found)
    return found, folder


def _through(
    item: AndOr, folder: str | None, found: list[tuple[Command, str | None]]
) -> str | None:
    for pipeline in item.pipelines:
        for node in pipeline.commands:
            if isinstance(node, Command):
                found.append((node, folder))
                if node.name in ("cd", "pushd", "popd"):
                    folder = _changed(node, folder)
            else:
                for body in _bodies(node):
                    inner, end = _located(body, folder)
                    found += inner
                    if not isinstance(node, Subshell) and end != folder:
                        folder = None
    return folder


def _changed(command: Command, folder: str | None) -> str | None:
    target = command.args[0] if command.name == "cd" and len(command.words) == 2 else None
    if folder is None or target is None or target in ("-", "") or target.startswith("~"):
        return None
    return join(folder, target)


def _bodies(node: Node) -> list[Script]:
    if isinstance(node, (Group, Subshell, Loop)):
        return [node.body]
    if isinstance(node, If):
        bodies = [part for branch in node.branches for part in (branch.condition, branch.body)]
        return [*bodies, node.otherwise] if node.otherwise else bodies
    return []


def _call(command: Command, folder: str) -> Iterator[Call]:
    values = [word.value for word in command.words]
    name, arguments = values[0], values[1:]
    if name is None:
        return
    if name in ("npm", "pnpm", "yarn", "bun"):
        script, inside = _package_script(name, arguments, folder)
        if script and inside is not None:
            yield Call(SCRIPT, script, inside, name, command)
    elif name in ("make", "gmake"):
        yield from _targets(command, arguments, folder)
    else:
        runner = name if name in _INTERPRETERS else ""
        file = _file(arguments) if runner else name
        if file and ("/" in file or (runner and file.endswith((".sh", ".bash", ".py")))):
            path = join(folder, file)
            if path:
                yield Call(FILE, path, folder, runner, command)


def _file(arguments: list[str | None]) -> str | None:
    """The file that a shell or an interpreter is given, without options but those that `set` has."""
    for before, word in zip(["", *arguments], arguments, strict=False):
        if word is None or not word.startswith("-"):
            if word != "pipefail" or not (before or "").endswith("o"):
                return word
        elif word.strip("-euxo"):
            return None
    return None


def _package_script(
    runner: str, arguments: list[str | None], folder: str
) -> tuple[str | None, str | None]:
    """The script that a package manager runs, and the folder of its package."""
    given: list[str] = []
    inside: str | None = folder
    rest = iter(arguments)
    for word in rest:
        if word is None or word == "--":
            break
        if word == "--prefix" or word.startswith("--prefix="):
            target = next(rest, None) if word == "--prefix" else word.partition("=")[2]
            inside = join(folder, target) if target else None
        elif word.startswith(_ELSEWHERE) or word in _ELSEWHERE_LETTERS:
            return None, None
        elif not word.startswith("-"):
            given.append(word)
    if given[:1] and given[0] in _RUN:
        return (given[1] if len(given) > 1 else None), inside
    named = given[0] if given else ""
    return (None if runner == "bun" else _NPM_WORDS.get(named)), inside


def _targets(command: Command, arguments: list[str | None], folder: str) -> Iterator[Call]:
    inside: str | None = folder
    named: list[str] = []
    rest = iter(arguments)
    for word in rest:
        if (
            word is None
            or word in ("-f", "--file", "-n", "--dry-run")
            or word.startswith("--file=")
        ):
            return
        if word in ("-C", "--directory"):
            target = next(rest, None)
            inside = join(folder, target) if target else None
        elif word in ("-j", "--jobs", "-l", "-o", "-W", "-I"):
            next(rest, None) if word in ("-o", "-W", "-I") else None
        elif not word.startswith("-") and "=" not in word and not word.isdigit():
            named.append(word)
    if inside is not None:
        for name in named or [""]:
            yield Call(TARGET, name, inside, "make", command)
