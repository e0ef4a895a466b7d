"""Commands of a health check that pass whatever the service answers."""

import re
from collections.abc import Sequence

from prodlint.core.ending import PASSING, STREAMS, connects
from prodlint.typed import NamedTuple

# What says how a script ends, and asks nobody.
_VERDICTS = ("exit", "return", "false", *PASSING)
_ENDS = {"exit", "return", *PASSING}
# Options of curl that make an answer count, or hand it to somebody who may look; and those that take a value.
_STRICT = ("--fail", "--config", "--write-out", "--output", "--upload-file", "--version", "--help")
_SHORT_WITH_VALUE = "AbcCdDeEFHKmoPQrtTuUwxXyYz"


class Part(NamedTuple):
    """A part of a script: where it stands, and its words without what is a value, as `|| exit 0`."""

    start: int
    end: int
    words: str


def passing_end(text: str) -> Part | None:
    """What ends a script that always passes, with the connector before it; None where that is not plain to see."""
    if not _ENDS.intersection(re.split(r"[\s;&|()]+", text)):
        return None
    from prodlint.core import shell

    try:
        script = shell.parse(text)
    except shell.ShellError:
        return None
    if not script.items:
        return None
    for pipeline in reversed(script.items[-1].pipelines):
        command = pipeline.commands[-1]
        if not isinstance(command, shell.Command) or pipeline.negated:
            return None
        ends = command.name in ("exit", "return") and command.args[:1] == ["0"]
        if not ends and command.name not in PASSING:
            continue
        start = pipeline.connector_start if pipeline.connector else pipeline.start
        before = pipeline.connector or (";" if len(script.items) > 1 else "")
        after = "0" if ends else ""
        return Part(start, pipeline.end, " ".join(filter(None, (before, command.name, after))))
    return None


def lenient_curl(text: str) -> Part | None:
    """The curl whose exit code is all that a script looks at, and which takes an answer of 500 for a good one."""
    if "curl" not in text:
        return None
    from prodlint.core import shell

    try:
        script = shell.parse(text)
    except shell.ShellError:
        return None
    found = None
    for pipeline in shell.find(script, shell.Pipeline):
        for command in pipeline.commands:
            if len(pipeline.commands) > 1 or not isinstance(command, (shell.Command, shell.If)):
                return None
            if isinstance(command, shell.If) or command.name in _VERDICTS:
                continue
            words = [command.name, *command.args]
            raw = [word.raw for word in command.words]
            if command.name != "curl" or not is_lenient(words, raw) or connects(command.redirects):
                return None
            found = found or Part(command.words[0].start, command.words[0].end, "curl")
    return found


def is_lenient(words: Sequence[str | None], raw: Sequence[str]) -> bool:
    """Whether a curl asks a web server and lets every answer pass; `raw` are the words as written."""
    asks, at = False, 1
    while at < len(words):
        word, written = words[at], raw[at]
        at += 1
        if word is None:
            if "://" not in written and "localhost" not in written and "127.0.0.1" not in written:
                return False
            asks = True
        elif word.startswith("--"):
            if word != "--fail-early" and word.startswith(_STRICT):
                return False
        elif word.startswith("-"):
            option = re.search(rf"[{_SHORT_WITH_VALUE}fVhM]", word[1:])
            if option is None:
                continue
            value = word[1 + option.end() :]
            if not value and option[0] in _SHORT_WITH_VALUE:
                value, at = (words[at] if at < len(words) else None) or "", at + 1
            if option[0] in "fVhMKwT" or (option[0] == "o" and value not in STREAMS):
                return False
        else:
            if "://" in word and not word.lower().startswith(("http://", "https://")):
                return False
            asks = True
    return asks
