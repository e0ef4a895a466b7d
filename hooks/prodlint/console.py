"""What goes to the user: the report on standard output, notes on standard error."""

import os
import sys
from collections.abc import Sequence

from prodlint.typed import TextIO


class Stop(Exception):
    """prodlint cannot do its job; the text is one line for the user."""


def show(text: str, *, quotes_files: bool = False) -> None:
    """Write as UTF-8, whatever the locale; on a runner no quoted line may be taken for a command."""
    if quotes_files and text and os.environ.get("GITHUB_ACTIONS") == "true":
        token = os.urandom(16).hex()
        text = f"::stop-commands::{token}\n{text}::{token}::\n"
    _write(sys.stdout, text)


def note(lines: Sequence[str]) -> None:
    """Notes, one line each."""
    from prodlint.core.visible import visible

    # A runner reads the two streams apart, so marks around the notes could come between those of the report.
    shown = [visible(line).replace("##[", "##\\x5b") for line in lines]
    _write(sys.stderr, "".join(f"prodlint: {line}\n" for line in shown))


def coloured(wish: str) -> bool:
    """Whether the report is to have colours: `wish` is always, never or auto."""
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if "FORCE_COLOR" in os.environ:
        return os.environ["FORCE_COLOR"].lower() not in ("0", "false", "off", "")
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _write(stream: TextIO, text: str) -> None:
    stream.flush()
    stream.buffer.write(text.encode("utf-8", "backslashreplace"))
    stream.flush()
