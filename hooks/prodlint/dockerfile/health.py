"""The HEALTHCHECK that a shipped image gets: what it cannot run, and whether it can fail."""

import posixpath
from functools import cache, cached_property

from prodlint.core.answer import NO
from prodlint.core.ending import Ending, settled
from prodlint.core.probe import Call, Reading
from prodlint.core.source import Span
from prodlint.dockerfile.advice import asking
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.process import Shipped
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.probe.lenient import Part
    from prodlint.dockerfile.model import Dockerfile

_APT = "RUN apt-get update && apt-get install -y --no-install-recommends {} && rm -rf /var/lib/apt/lists/*"
_INSTALL = {"alpine": "RUN apk add --no-cache {}", "debian": _APT, "buildpack": _APT}
_PACKAGES = {
    "nc": "netcat-openbsd",
    "netcat": "netcat-openbsd",
    "node": "nodejs",
    "python": "python3",
    "pg_isready": "postgresql-client",
    "psql": "postgresql-client",
    "mysqladmin": "mariadb-client",
    "mysql": "mariadb-client",
    "redis-cli": "redis",
}
_SHELLS = ("sh", "ash", "bash", "dash", "zsh", "ksh")


class Check:
    """The HEALTHCHECK of an image, in the stage or in one that it is built on."""

    def __init__(self, image: Shipped, instruction: Instruction) -> None:
        self.image = image
        self.instruction = instruction

    @cached_property
    def shell(self) -> list[str]:
        """The words of the SHELL that runs it; empty for the one of docker."""
        one = self.image.stage.last("SHELL")
        return (one.json or []) if one is not None else []

    @property
    def _script(self) -> str:
        return self.instruction.script or ""

    def _locate(self, start: int, end: int) -> Span:
        """A part of the script, or the whole of the JSON form."""
        one = self.instruction
        if one.json is not None:
            return self.place
        before = len(one.value) - len(self._script)
        return one.at(before + start, before + end)

    @property
    def place(self) -> Span:
        """The command, behind CMD."""
        one = self.instruction
        return one.at(len(one.value) - len(one.command[1]), len(one.value))

    def _item(self, word: str) -> Span:
        """An item of the JSON form."""
        one = self.instruction
        before = len(one.value) - len(one.command[1])
        at = one.value.find(f'"{word}"', before)
        return self.place if at < 0 or not word else one.at(at + 1, at + 1 + len(word))

    def _read(self, reading: Reading) -> Ending:
        items = self.instruction.json
        if items is None:
            return settled(reading.script(self._script, self._locate))
        return (
            reading.argv([*items], [self._item(item) for item in items]) if items else Ending.OPEN
        )

    @cached_property
    def missing(self) -> Call | None:
        """The program that it cannot do without, and that the image lacks; `sh` for the shell of the shell form."""
        stage = self.image.stage
        if self.instruction.json is None and not self.shell and stage.tool("sh") is NO:
            return Call("sh", self.place, self.place, [])
        base = stage.base

        @cache
        def lacks(name: str) -> bool:
            # What the base image may have is never missing, so that the build need not be searched for it.
            return base is not None and base.tool(name) is NO and stage.tool(name) is NO

        reading = Reading(lacks, None, self.shell)
        return reading.culprit if self._read(reading) is Ending.FAILS else None

    @property
    def instead(self) -> str:
        """What to write where the image lacks a program."""
        call, image = self.missing, self.image
        if call is None:
            return ""
        if call.name == "sh":
            return 'write it as a list, which needs no shell, and let the program ask itself:\nHEALTHCHECK CMD ["/app", "--health"]'
        url = next((word for word in call.words if word and "://" in word), None)
        if call.name in ("curl", "wget") and url and not set("$'\"\\ ").intersection(url):
            command = asking(image, url.replace("//localhost", "//127.0.0.1"))
            if command:
                return f"use {command.split()[0]}, which it has:\nHEALTHCHECK CMD {command}"
        system = image.base.system if image.base is not None else ""
        package = _PACKAGES.get(call.name, call.name)
        line = _INSTALL.get(system, "").format(package)
        return f"install it:\n{line}" if line else "use a program that it has"

    @cached_property
    def always_passes(self) -> bool:
        reading = Reading(lambda name: False, None, self.shell)
        return self._read(reading) is Ending.PASSES

    @cached_property
    def passing_end(self) -> "Part | None":
        """What makes it pass, as `|| true`, where that can be named."""
        from prodlint.core.probe.lenient import passing_end

        return passing_end(self._script) if self.instruction.json is None else None

    @property
    def passing_span(self) -> Span:
        part = self.passing_end
        return self._locate(part.start, part.end) if part else self.place

    @cached_property
    def lenient_curl(self) -> Span | None:
        """The curl on which all depends, and which takes an error page for health."""
        if "curl" not in self.instruction.value:
            return None
        from prodlint.core.probe.lenient import is_lenient, lenient_curl

        items = self.instruction.json
        if items is None:
            part = lenient_curl(self._script)
            return self._locate(part.start, part.end) if part else None
        if not items or posixpath.basename(items[0]) != "curl" or not is_lenient(items, items):
            return None
        return self._item(items[0])


def shipped_checks(document: "Dockerfile") -> list[Check]:
    """One for each HEALTHCHECK that ships and that is run: compose may have given each service another.

    Of several images that share one, that which cannot run it.
    """
    found: dict[Instruction, Check] = {}
    for image in document.shipped:
        one = image.stage.healthcheck
        replaced = bool(image.builds) and all(build.healthcheck for build in image.builds)
        if one is None or one.command[0] != "CMD" or replaced or image.stage.windows:
            continue
        check = Check(image, one)
        if check.shell and posixpath.basename(check.shell[0]) not in _SHELLS:
            continue
        if one not in found or (check.missing and not found[one].missing):
            found[one] = check
    return list(found.values())
