"""Compilers and build tools that RUN instructions leave in an image."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from prodlint.core.shell import Command, ShellError, parse, walk
from prodlint.core.source import Span
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.stage import Stage

MANAGERS = frozenset(
    ("apt-get", "apt", "aptitude", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper")
)
_INSTALL = frozenset(("install", "add", "groupinstall", "in"))
_REMOVE = frozenset(("purge", "remove", "autoremove", "del", "erase", "rm"))
_TOOL = re.compile(
    r"(?:gcc|g\+\+|gcc-c\+\+|clang|cargo|rust|rustc|golang|go|cmake|build-essential|build-base|alpine-sdk|maven|gradle|ghc)"
    r"(?:-?\d[\w.]*)?(?:-go)?(?:[=~<>].*)?|base-devel|Development Tools"
)
_MENTIONED = re.compile(
    r"gcc|g\+\+|clang|cargo|rust|golang|\bgo\b|cmake|build-|alpine-sdk|maven|gradle|ghc|Development Tools"
)
_COMPILES = re.compile(
    r"\bgo (?:build|install)\b|\bcargo (?:build|install)\b|\b(?:mvn|mvnw|maven)\b.*\b(?:package|install|verify)\b"
    r"|\bgradlew?\b.*\b(?:build|assemble|bootJar|jar|shadowJar|installDist|war)\b|\bdotnet (?:publish|build)\b"
    r"|\b(?:stack|cabal|swift|zig) (?:build|install)\b|\b(?:gcc|g\+\+|clang|make)\s"
)
_RUNS_TOOLS = re.compile(
    r"\bgo (?:run|test)\b|\bcargo\b|\b(?:mvn|mvnw|maven|gradle|gradlew)\b|\bdotnet (?:run|watch|test)\b|\bmake\b|\bair\b|\bgcc\b|\bcmake\b"
)


class Leftover(NamedTuple):
    """Build tools that one RUN installs and nothing removes: their names, and where they stand."""

    names: list[str]
    span: Span
    instruction: Instruction


def scripts(one: Instruction) -> Iterator[tuple[str, int | None]]:
    """The shell scripts of a RUN; with a here-document's begin in the source, or None for the line itself."""
    if one.script is None:
        return
    yield one.script, None
    first = one.script.split("<<")[0].strip()
    if first in ("", "sh", "bash", "/bin/sh", "/bin/bash") or first.startswith(("sh -", "bash -")):
        for body in one.heredocs:
            yield body.text(one.source), body.start


def commands(one: Instruction) -> Iterator[tuple[Command, int | None]]:
    for script, start in scripts(one):
        try:
            tree = parse(script)
        except ShellError:
            continue
        for command in walk(tree):
            yield command, start


def leftovers(stage: Stage) -> Iterator[Leftover]:
    """Build tools that stay in the image, the last RUN first."""
    for one in stage.reversed("RUN"):
        if not _MENTIONED.search(one.value) and not any(
            _MENTIONED.search(body.text(one.source)) for body in one.heredocs
        ):
            if _removes_something(one):
                return
            continue
        found: list[tuple[str, Span]] = []
        for command, start in commands(one):
            verb = _verb(command)
            if verb in _REMOVE:
                return
            if verb in _INSTALL:
                found += _tools(one, command, start)
        if found:
            yield Leftover([name for name, _ in found], found[0][1], one)


def _removes_something(one: Instruction) -> bool:
    return any(
        f" {verb} " in one.value for verb in ("purge", "autoremove", "remove", "del")
    ) and any(_verb(command) in _REMOVE for command, _ in commands(one))


def _verb(command: Command) -> str:
    """What a package manager is told to do, or nothing."""
    values = [word.value for word in command.words]
    if values and values[0] == "sudo":
        values = values[1:]
    if not values or values[0] not in MANAGERS:
        return ""
    return next((value for value in values[1:] if value in _INSTALL or value in _REMOVE), "") or ""


def _tools(one: Instruction, command: Command, start: int | None) -> Iterator[tuple[str, Span]]:
    for word in command.words[1:]:
        value = word.value
        if value and _TOOL.fullmatch(value):
            if start is None:
                before = one.arguments_start
                span = one.at(before + word.start, before + word.end)
            else:
                span = Span(one.source, start + word.start, start + word.end)
            yield value, span


def compiles(stage: Stage) -> Instruction | None:
    """The RUN in which a compiler or its build tool makes the program, if the image is made that way."""
    for one in stage.reversed("RUN"):
        text = "\n".join([one.value, *(body.text(one.source) for body in one.heredocs)])
        if _COMPILES.search(text):
            return one
    return None


def runs_tools(text: str) -> bool:
    """Whether a command needs the compiler or the build tool when the container starts."""
    return _RUNS_TOOLS.search(text) is not None
