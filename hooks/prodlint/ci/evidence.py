"""Why the loss of a failure may be all right: the command's outcome counts elsewhere."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from prodlint.core.commands.configured import Known
from prodlint.core.commands.families import CONDITION, DEPLOY, LINT, SAY, SCAN, TEST
from prodlint.core.commands.purpose import Use, foremost, named
from prodlint.core.shell import Command, Script
from prodlint.core.shell.nested import nested
from prodlint.core.swallow import Options, Swallow
from prodlint.core.swallow.reader import command_use
from prodlint.core.swallow.unguarded import unguarded
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.ci.model import Step

MAX_FOLLOWERS = 40
MAX_LINES = 200

# Actions that fail the job by themselves when the report of a test run holds failures.
_REPORTERS = (
    "dorny/test-reporter",
    "enricomi/publish-unit-test-result-action",
    "phoenix-actions/test-reporting",
)
_FILE = re.compile(r"[\w.${}/-]*\w\.(?:json|jsonl|xml|sarif|txt|log|out|md|html|csv|tap|ya?ml)\Z")
_READS = re.compile(
    r"\b(?:if|elif|while|until|assert\w*|python[\d.]*|node|ruby|php|bun|deno|grep|awk|diff|cmp)\b"
    r"|(?:^|[;&|({!]|\bthen|\bdo)\s*test\s|\[|\$\(|\bopen\(|\breadFile|\brequire\(|\bjq\s+-e|\./"
)
_EXISTS = re.compile(r"-[fer]\s+\S+")
_ENDS_WELL = re.compile(r"\|\|[ \t]*(?:true|:|echo)\b")
_COMMITS = re.compile(r"\bgit\s+(?:-[cC]\s+\S+\s+)*(?:commit|add)\b")
_COMMITTERS = ("create-pull-request", "git-auto-commit-action", "add-and-commit")
_ASKS = ("--help", "--version")
_MENDERS = ("pre-commit", "prek")
_AFTER_FAILURE = re.compile(r"(?<!!)failure\(\)")


class Lines(NamedTuple):
    """The lines of a script that act on what is in a file, and where they begin."""

    starts: list[int]
    texts: list[str]

    def after(self, offset: int) -> list[str]:
        first = bisect_left(self.starts, offset)
        return self.texts[first : first + MAX_LINES]


def reading_lines(code: str) -> Lines:
    lines, start = Lines([], []), 0
    for line in code.replace("\\\n", "  ").splitlines(keepends=True):
        if _READS.search(line) and not _ENDS_WELL.search(line):
            lines.starts.append(start)
            lines.texts.append(_EXISTS.sub("", line))
        start += len(line)
    return lines


def excuse(step: "Step", swallow: Swallow) -> str:
    """In a few words why the loss is all right, or an empty text."""
    if swallow.fails:
        return "the script fails anyway"
    condition = step.setting("if")
    if _AFTER_FAILURE.search(condition) and "success()" not in condition:
        return "the step runs only after a failure"
    uses = (command_use(command, step.known) for command in swallow.commands)
    gates = [use for use in uses if use.gate]
    if covered(step, gates):
        return "the job runs the same where a failure counts"
    if mended(step, gates, swallow.end):
        return "what it mends is committed"
    return looked_at(step, swallow, gates)


def looked_at(step: "Step", swallow: Swallow, gates: list[Use]) -> str:
    """In a few words who looks at what the lost commands write, or an empty text."""
    files = {file.rpartition("/")[2] for command in swallow.commands for file in _written(command)}
    # What a deployment prints is asked for an address to show, which says nothing of how it ended.
    shows = ("echo ",) if gates and all(use.family == DEPLOY for use in gates) else ()
    if files and _read(step.reading_lines.after(swallow.end), files, shows):
        return "its output is looked at later"
    for follower in islice(step.following, MAX_FOLLOWERS):
        if files and _read(follower.reading_lines.after(0), files, shows):
            return "its output is looked at later"
        if _reports(follower, {use.family for use in gates}):
            return "an action fails on its report"
    return ""


def tried(step: "Step", told: Use, commands: Iterable[Command]) -> Use:
    """What is lost; `tool --help` is a test where a step that is named after one runs no other."""
    asks = any(word.text in _ASKS for command in commands for word in command.words)
    if told.family or not asks or named(step.name.replace(" ", "-")) != TEST:
        return told
    return told if any(use.gate for _, use in step.uses) else told._replace(family=TEST)


def gate_among(commands: Iterable[Command], known: Known) -> Use | None:
    """The gate among commands, if that is what they are run for."""
    uses = (command_use(command, known) for command in commands)
    told = foremost(use for use in uses if use.family not in (SAY, CONDITION))
    return told if told and told.gate else None


def covered(step: "Step", gates: list[Use]) -> bool:
    """Whether the job runs one of the gates once more, where a failure counts."""
    elsewhere = step.job.strict_uses.get(step.folders, [])
    return any(strict.covers(use) for use in gates for strict in elsewhere)


def mended(step: "Step", gates: list[Use], offset: int = 0) -> bool:
    """Whether a gate also mends what it finds, and that is committed later, after an offset in the script."""
    followers = list(islice(step.following, MAX_FOLLOWERS))
    return any(use.task in _MENDERS for use in gates) and _commits(step, offset, followers)


def reported(step: "Step", gates: list[Use]) -> bool:
    """Whether a later action fails, or lets a check fail, on the report of one of the gates."""
    families = {use.family for use in gates}
    return any(_reports(follower, families) for follower in islice(step.following, MAX_FOLLOWERS))


def read_later(swallow: Swallow, lines: Lines) -> bool:
    """Whether the same script looks into a file that a lost command writes."""
    files = {file.rpartition("/")[2] for command in swallow.commands for file in _written(command)}
    return bool(files) and _read(lines.after(swallow.end), files)


def strict_uses(step: "Step") -> list[Use]:
    """The gates of a step whose failure is not lost."""
    if step.script is None:
        return []
    given = Options(step.shell.errexit, step.shell.pipefail)
    lost = {command.start for swallow in step.swallows for command in swallow.commands}
    lost |= _passed_over(step.script, step.code, given)
    return [
        use
        for command, use in step.uses
        if use.gate and command.start not in lost and not _loses(command, step.code)
    ]


def _passed_over(script: Script, code: str, given: Options) -> set[int]:
    return {one.start for found in unguarded(script, code, given) for one in found.commands}


def _loses(command: Command, code: str) -> bool:
    """Whether it gives a script to another shell that passes over failures."""
    inner = nested(command, code)
    return inner is not None and bool(_passed_over(inner.script, code, inner.options))


def _read(lines: list[str], files: set[str], shows: tuple[str, ...] = ()) -> bool:
    """Whether one of the lines, other than those that only show something, names one of the files."""
    acting = (line for line in lines if not line.lstrip().startswith(shows))
    return any(file in line for line in acting for file in files)


def _commits(step: "Step", offset: int, followers: list["Step"]) -> bool:
    if _COMMITS.search(step.code, offset):
        return True
    actions = [follower.setting("uses").partition("@")[0] for follower in followers]
    return any(action.endswith(_COMMITTERS) for action in actions) or any(
        _COMMITS.search(follower.code) for follower in followers
    )


def _reports(step: "Step", families: set[str]) -> bool:
    """Whether the step is an action that fails, or lets a check fail, on the report of such a command."""
    if step.given:
        return step.given.reports and TEST in families
    action = step.setting("uses").partition("@")[0].lower()
    if action.startswith(_REPORTERS):
        return TEST in families
    return action.endswith("codeql-action/upload-sarif") and not families.isdisjoint((SCAN, LINT))


def _written(command: Command) -> Iterator[str]:
    """The files that a command seems to write: behind `>`, or the value of an option."""
    for redirect in command.redirects:
        name = redirect.target.text
        if ">" in redirect.operator and not name.startswith(("/dev/", "&")) and len(name) > 2:
            yield name
    before = ""
    for word in command.words[1:]:
        text = word.text
        value = text.partition("=")[2] if text.startswith("-") else text
        told = text.startswith("-") or before.startswith("-") or command.name == "tee"
        if told and _FILE.match(value):
            yield value
        before = text
