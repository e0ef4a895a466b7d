"""Tests of healthchecks that do not run what they say, because the form does not fit."""

import posixpath
import re

from prodlint.core.finding import Fault
from prodlint.core.yaml import Scalar, text
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.compose.healthcheck import Test

_LIST = r"""\s*\[\s*(?:(["'])[^"']*\1\s*[],]|(?:CMD|CMD-SHELL|NONE)\s*[],])"""
_OPERATOR = r"(\|\|?|&&?|;|\d?>>?|\d?>>?\s*(?:&\d|/dev/\w+))(?:\s|$)"
_VARIABLE = r"(?<!\$)\$(\$(?:[A-Z_][A-Z0-9_]*(?![\w/])|\{[A-Z_]\w*[}:]|\())"
# These take scripts, in which operators and dollars are their own.
_INTERPRETERS = ("su", "runuser", "php", "perl", "ruby", "awk", "node", "python", "python3", "find")


def fault(test: "Test") -> Fault | None:
    """Why a test does not run what it says; None when it does, and when nobody can tell."""
    if not test.value.items:
        return _string(test)
    if not test.form:
        return _unknown_form(test)
    return _shell(test) if test.form == "CMD-SHELL" else _command(test)


def _string(test: "Test") -> Fault | None:
    written = test.value.text or ""
    first = written.split(maxsplit=1)[:1]
    if written.lstrip().startswith("[") and re.match(_LIST, written):
        return Fault(
            test.span,
            "is a list in quotes, which a shell runs as it stands: it never passes",
            "take the quotes around the list away",
        )
    if first not in (["NONE"], ["CMD"], ["CMD-SHELL"]):
        return None
    return Fault(
        test.span,
        f"is a text that begins with {first[0]}, so a shell looks for a program of that name: it never passes",
        'write test: ["NONE"]' if first == ["NONE"] else f"leave {first[0]} out, or write a list",
    )


def _unknown_form(test: "Test") -> Fault | None:
    first = test.value.items[0]
    if not isinstance(first.node, Scalar) or not isinstance(first.node.value, str):
        return None
    written = first.text or ""
    if "$" in written:
        return None
    form = "CMD-SHELL" if " " in written else "CMD"
    return Fault(
        first.node.span,
        "begins with none of CMD, CMD-SHELL and NONE: docker compose refuses the file",
        f'write "{form}" as the first item',
    )


def _shell(test: "Test") -> Fault | None:
    if not test.arguments:
        return _empty(test)
    _, *dropped = test.arguments
    if not dropped:
        return None
    return Fault(
        dropped[0].node.span,
        "drops what follows the first argument of CMD-SHELL, which takes one text",
        "write all of it as one text, or CMD in place of CMD-SHELL",
    )


def _empty(test: "Test") -> Fault:
    return Fault(
        test.value.items[0].node.span,
        f"runs nothing: no command follows {test.form}, so it never passes",
        "write a command after it",
    )


def _command(test: "Test") -> Fault | None:
    if not test.arguments:
        return _empty(test)
    first = (test.arguments[0].text or "").strip()
    if " " in first and (len(test.arguments) == 1 or not first.startswith("/")):
        return Fault(
            test.arguments[0].node.span,
            "looks for a program whose name is the whole line, spaces included, as CMD runs no shell: it never passes",
            "write CMD-SHELL in place of CMD, or each word as an item of its own",
        )
    for item in test.arguments[1:]:
        written = text(item.node) or ""
        if set("|&;>$").isdisjoint(written) or _has_interpreter(test):
            continue
        if found := re.match(_OPERATOR, written) or re.search(_VARIABLE, written):
            what = "$(…)" if found[1] == "$(" else found[1].replace(":", "}")
            return Fault(
                item.node.span,
                f"hands {what} to its program as it stands, as CMD runs no shell",
                "write the command as one text after CMD-SHELL",
            )
    return None


def _has_interpreter(test: "Test") -> bool:
    from prodlint.core.probe import SHELLS

    programs = [posixpath.basename(word or "") for word in test.words]
    return programs[0] in _INTERPRETERS or not SHELLS.isdisjoint(programs)
