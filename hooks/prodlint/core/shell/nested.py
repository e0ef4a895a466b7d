"""Scripts inside a script, for a shell of their own: `bash -c '…'`, `ssh host '…'`, `ssh host <<EOF`."""

from prodlint.core.commands.purpose import script_word
from prodlint.core.commands.words import tool
from prodlint.core.commands.wrappers import SHELLS
from prodlint.core.shell import Command, Script, ShellError, parse
from prodlint.core.swallow import Options
from prodlint.typed import NamedTuple


class Nested(NamedTuple):
    """Its nodes count from the begin of the whole text; `options` are those that its shell is started with."""

    script: Script
    options: Options


def nested(command: Command, text: str) -> Nested | None:
    """The script that a command of `text` runs; None if it has none that stands there word by word."""
    words = [word.text for word in command.words]
    found = script_word(words) if any(" " in word for word in words) else None
    if found:
        index, options = found
        word = command.words[index]
        quoted = word.raw[1:-1] == word.text and word.raw[:1] in ("'", '"')
        start, end = (word.start + 1, word.end - 1) if quoted else (0, 0)
    else:
        bodies = [one.body for one in command.redirects if one.body]
        told = [one for one in words if one != "sudo"][:1]
        told = ["ssh"] if told == ["sshpass"] and "ssh" in words else told
        reads = told and tool(told[0]) in ("ssh", *SHELLS)
        start, end = (bodies[-1].start, bodies[-1].end) if bodies and reads else (0, 0)
        options = words if told and tool(told[0]) != "ssh" else []
    if start == end:
        return None
    try:
        return Nested(parse(text[:end], start), Options().after(options))
    except ShellError:
        return None
