"""BuildKit's own parser (PyPI `dockerfile`, v0.12.5) beside ours: instructions, lines, flags, values, here-documents."""

from typing import Any

import dockerfile

from prodlint.core.config import Config
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.dockerfile.arguments import json_list, read_flags
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.model import Dockerfile
from prodlint.dockerfile.words import split_blanks, split_quoted


def read(text: str) -> Dockerfile:
    return Dockerfile(Source("Dockerfile", text), Project("/", Config()))


def theirs(text: str) -> list[tuple[Any, ...]] | str:
    """What BuildKit reads, or why it refuses the text."""
    try:
        commands = dockerfile.parse_string(text)
    except dockerfile.GoParseError as error:
        return str(error)
    known = dockerfile.all_cmds()
    unknown = [one.cmd for one in commands if one.cmd.lower() not in known]
    if unknown:
        return f"unknown instruction: {unknown[0]}"
    return [
        (
            one.cmd.upper(),
            one.start_line,
            one.end_line,
            tuple(one.flags),
            tuple(one.value) if one.cmd.upper() != "ONBUILD" else (one.sub_cmd, *one.value),
            one.json,
            # The binding leaves out the here-documents of an instruction behind ONBUILD.
            tuple((doc.name, doc.content) for doc in one.heredocs),
        )
        for one in commands
    ]


def ours(text: str) -> list[tuple[Any, ...]] | str:
    document = read(text)
    if document.faults:
        return document.faults[0].message
    if not document.instructions:
        return "no instructions"
    return [_shown(one) for one in document.instructions]


def _shown(one: Instruction) -> tuple[Any, ...]:
    text = one.source.text
    values, is_json = _values(one.keyword, one.arguments, one.escape)
    flags = tuple(
        f"--{flag.name}={flag.value}"
        if "=" in one.value[flag.start : flag.end]
        else f"--{flag.name}"
        for flag in one.flags
    )
    heredocs = [] if one.keyword == "ONBUILD" else one.heredocs
    bodies = tuple((doc.name, text[doc.start : doc.end]) for doc in heredocs)
    return one.keyword, one.line, one.end_line, flags, values, is_json, bodies


def _values(keyword: str, arguments: str, escape: str) -> tuple[tuple[str, ...], bool]:
    plain = (arguments,) if arguments else ()
    words = tuple(word.text for word in split_blanks(arguments))
    if keyword in ("RUN", "CMD", "ENTRYPOINT", "SHELL", "COPY", "ADD", "VOLUME"):
        items = json_list(arguments)
        if items is not None:
            return tuple(items), True
        return (words if keyword in ("COPY", "ADD", "VOLUME") else plain), False
    if keyword in ("FROM", "EXPOSE"):
        return words, False
    if keyword == "ARG":
        return tuple(word.text for word in split_quoted(arguments, escape)), False
    if keyword in ("ENV", "LABEL"):
        quoted = split_quoted(arguments, escape)
        if quoted and "=" not in quoted[0].text:
            return tuple(split_blanks_once(arguments)), False
        return tuple(part for word in quoted for part in word.text.split("=", 1)), False
    if keyword == "HEALTHCHECK":
        kind, *rest = arguments.split(None, 1)
        values, is_json = _values("CMD", rest[0] if rest else "", escape)
        return (kind, *values), is_json
    if keyword == "ONBUILD":
        inner, *rest = split_blanks_once(arguments)
        value = rest[0] if rest else ""
        values, is_json = _values(inner.upper(), value[read_flags(value, escape)[1] :], escape)
        return (inner.upper(), *values), is_json
    return plain, False


def split_blanks_once(text: str) -> list[str]:
    words = split_blanks(text)
    return [words[0].text, text[words[1].start :]] if len(words) > 1 else [text]
