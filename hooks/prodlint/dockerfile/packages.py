"""Compilers and build tools that RUN instructions leave in an image."""

import posixpath
from collections.abc import Iterator
from itertools import pairwise

from prodlint.core.source import Span
from prodlint.dockerfile import programs
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.stage import Stage
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.shell import Command

MANAGERS = "apt-get apt aptitude apk yum dnf microdnf tdnf zypper"
_INSTALL = ("install", "add", "groupinstall")
_REMOVE = ("purge", "remove", "autoremove", "del", "erase")
TOOLS = "gcc g++ gcc-c++ clang cargo rust rustc golang go cmake build-essential build-base alpine-sdk base-devel maven gradle ghc"
_RUN_TIME = "cargo mvn mvnw maven gradle gradlew make gcc cmake air"
_RUN_TIME_PAIRS = {
    ("go", "run"),
    ("go", "test"),
    ("dotnet", "run"),
    ("dotnet", "watch"),
    ("dotnet", "test"),
}
_COMPILE_PAIRS = {
    (tool, "build") for tool in ("go", "cargo", "dotnet", "stack", "cabal", "swift", "zig")
}
_COMPILE_PAIRS |= {
    ("go", "install"),
    ("cargo", "install"),
    ("dotnet", "publish"),
    ("cabal", "install"),
}
_GOALS = {
    "mvn": ("package", "install", "verify"),
    "mvnw": ("package", "install", "verify"),
    "gradle": ("build", "assemble", "bootJar", "jar", "shadowJar", "installDist", "war"),
    "gradlew": ("build", "assemble", "bootJar", "jar", "shadowJar", "installDist", "war"),
}
_COMPILERS = ("gcc", "g++", "clang", "make")


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


def commands(one: Instruction) -> Iterator[tuple["Command", int | None]]:
    from prodlint.core.shell import ShellError, parse, walk

    for script, start in scripts(one):
        try:
            tree = parse(script)
        except ShellError:
            continue
        for command in walk(tree):
            yield command, start


def place(one: Instruction, begin: int, end: int, start: int | None) -> Span:
    """A part of a script of a RUN, which `scripts` gave with this `start`."""
    if start is None:
        return one.at(one.arguments_start + begin, one.arguments_start + end)
    return Span(one.source, start + begin, start + end)


def leftovers(stage: Stage) -> Iterator[Leftover]:
    """Build tools that stay in the image, the last RUN first."""
    if not _mentioned(stage.document.source.text):
        return
    for one in stage.reversed("RUN"):
        if not any(_mentioned(script) for script, _ in scripts(one)):
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


def _mentioned(text: str) -> bool:
    return any(tool in text for tool in TOOLS.split() if tool != "go") or " go" in text


def _removes_something(one: Instruction) -> bool:
    if not any(f" {verb}" in script for script, _ in scripts(one) for verb in _REMOVE):
        return False
    return any(_verb(command) in _REMOVE for command, _ in commands(one))


def _verb(command: "Command") -> str:
    """What a package manager is told to do, or nothing."""
    values = [word.value for word in command.words]
    if values and values[0] == "sudo":
        values = values[1:]
    if not values or values[0] not in MANAGERS.split():
        return ""
    return next((value for value in values[1:] if value in _INSTALL or value in _REMOVE), "") or ""


def _tools(one: Instruction, command: "Command", start: int | None) -> Iterator[tuple[str, Span]]:
    for word in command.words[1:]:
        value = word.value
        if value and _is_tool(value):
            yield value.partition("=")[0], place(one, word.start, word.end, start)


def _is_tool(package: str) -> bool:
    """Whether a package is a compiler or builds things; it may carry a version, as g++-12 or gcc=4:12."""
    name = package.partition("=")[0].partition("~")[0].partition("<")[0].partition(">")[0]
    return name in TOOLS.split() or name.removesuffix("-go").rstrip("0123456789.-") in TOOLS.split()


def compiles(stage: Stage) -> Instruction | None:
    """The RUN in which a compiler or its build tool makes the program, if the image is made that way."""
    for one in stage.reversed("RUN"):
        texts = [one.value, *(body.text(one.source) for body in one.heredocs)]
        names = [posixpath.basename(word) for text in texts for word in programs.words(text)]
        said = set(names)
        if not _COMPILE_PAIRS.isdisjoint(pairwise(names)) or not said.isdisjoint(_COMPILERS):
            return one
        if any(tool in said and not said.isdisjoint(goals) for tool, goals in _GOALS.items()):
            return one
    return None


def runs_tools(command: list[str]) -> bool:
    """Whether a command needs the compiler or the build tool when the container starts."""
    names = [posixpath.basename(word) for text in command for word in programs.words(text)]
    return any(name in _RUN_TIME.split() for name in names) or not _RUN_TIME_PAIRS.isdisjoint(
        pairwise(names)
    )
