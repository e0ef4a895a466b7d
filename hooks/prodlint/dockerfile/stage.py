"""A build stage: what it inherits through FROM, and what its image ends up with."""

from collections.abc import Iterator
from functools import cached_property

from prodlint.core.answer import NO, UNKNOWN, YES, Answer
from prodlint.core.images import Image, is_root, known
from prodlint.core.source import Span
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.lexer import MAX_LENGTH, BadWord, Unresolved, expand
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.dockerfile.model import Dockerfile

# What `docker build` sets itself, on the machines that images are most often built for.
PLATFORM = {"TARGETARCH": "amd64", "TARGETOS": "linux", "BUILDARCH": "amd64", "BUILDOS": "linux"}

_EXPANDED = ("USER", "EXPOSE", "WORKDIR", "COPY", "ADD")


class User(NamedTuple):
    """Who the image runs as: the value with variables replaced (None when only the build knows it), and what sets it.

    `instruction` is None when the base image decides.
    """

    value: str | None
    instruction: Instruction | None

    @property
    def root(self) -> Answer:
        return UNKNOWN if self.value is None else YES if is_root(self.value) else NO


class Stage:
    """`FROM … AS name` and what follows; `instructions` begin behind the FROM."""

    def __init__(self, document: "Dockerfile", index: int, head: Instruction) -> None:
        self.document = document
        self.index = index
        self.head = head
        self.instructions: list[Instruction] = []

    def __repr__(self) -> str:
        return f"<Stage {self.label} {self.document.source.path}:{self.head.line}>"

    @cached_property
    def name(self) -> str:
        """In lower case, as BuildKit compares it; empty when it has none."""
        words = self.head.words
        return words[2].text.lower() if len(words) == 3 else ""

    @property
    def label(self) -> str:
        """How a person would call it."""
        return self.head.words[2].text if self.name else f"stage {self.index}"

    @property
    def name_span(self) -> Span:
        """Its name, or the whole FROM when it has none."""
        word = self.head.words[-1]
        return self.head.at(word.start, word.end) if self.name else self.head.span

    @cached_property
    def reference(self) -> str | None:
        """What FROM names, with variables replaced; None when only the build knows it."""
        if not self.head.words:
            return None
        try:
            return expand(self.head.words[0].text, self.document.global_argument, self.head.escape)
        except (BadWord, Unresolved):
            return None

    @property
    def reference_span(self) -> Span:
        word = self.head.words[0]
        return self.head.at(word.start, word.end)

    @cached_property
    def parent(self) -> "Stage | None":
        """The stage that FROM names, if it names one above."""
        return self.document.stage_before(self.reference, self.index)

    @cached_property
    def chain(self) -> list["Stage"]:
        """This stage, the one it builds on, and so on to the one that names an image."""
        chain, stage = [self], self.parent
        while stage is not None:
            chain.append(stage)
            stage = stage.parent
        return chain

    @property
    def root(self) -> "Stage":
        """The stage of the chain that names an image."""
        return self.chain[-1]

    @cached_property
    def image_name(self) -> str:
        """The base image as written where the chain begins."""
        return self.root.reference or self.root.head.words[0].text

    @cached_property
    def base(self) -> Image | None:
        """What is known of the base image; variables that only the build knows may stand in its tag."""
        return known(self.image_name, self.document.project.config)

    def reversed(self, *keywords: str) -> Iterator[Instruction]:
        """The instructions of these kinds that make this image, the last first."""
        for stage in self.chain:
            for instruction in reversed(stage.instructions):
                if instruction.keyword in keywords:
                    yield instruction

    def last(self, *keywords: str) -> Instruction | None:
        return next(self.reversed(*keywords), None)

    @cached_property
    def windows(self) -> bool:
        base = self.base
        name = self.image_name.lower()
        return (
            self.document.escape == "`"
            or (base is not None and base.system == "windows")
            or "windows" in name
            or "nanoserver" in name
            or (self.root.head.flag("platform") or "").startswith("windows")
        )

    @cached_property
    def user(self) -> User:
        """Who the image's processes run as."""
        instruction = self.last("USER")
        if instruction is not None:
            return User(self.expanded(instruction), instruction)
        base = self.base
        return User(base.user if base is not None and base.user else None, None)

    @cached_property
    def healthcheck(self) -> Instruction | None:
        """The HEALTHCHECK that counts, which may be NONE; the base image may still bring one when there is none."""
        return self.last("HEALTHCHECK")

    @cached_property
    def reports_health(self) -> Answer:
        """Whether containers of this image report their health."""
        instruction = self.healthcheck
        if instruction is not None:
            return NO if instruction.command[0] == "NONE" else YES
        return self.base.healthcheck if self.base is not None else UNKNOWN

    @cached_property
    def entrypoint(self) -> Instruction | None:
        return self.last("ENTRYPOINT")

    @cached_property
    def command(self) -> Instruction | None:
        """The CMD that counts: one that stands above an ENTRYPOINT of a later stage is reset by it."""
        for stage in self.chain:
            for instruction in reversed(stage.instructions):
                if instruction.keyword == "CMD":
                    return instruction
            if any(one.keyword == "ENTRYPOINT" for one in stage.instructions):
                return None
        return None

    def tool(self, name: str) -> Answer:
        """Whether the image has a command, as `curl`."""
        from prodlint.dockerfile.tools import tool

        return tool(self, name)

    def expanded(self, instruction: Instruction) -> str | None:
        """The arguments of an instruction in _EXPANDED with variables replaced; None when only the build knows."""
        return self._expanded.get(instruction)

    @cached_property
    def _expanded(self) -> dict[Instruction, str | None]:
        results: dict[Instruction, str | None] = {}
        values = dict(self.base.env) if self.base is not None else {}
        for stage in reversed(self.chain):
            for one in stage.instructions:
                if one.keyword in _EXPANDED:
                    results[one] = _value(one.arguments, values, one.escape)
                elif one.keyword in ("ENV", "ARG"):
                    self._set(values, one)
        return results

    def _set(self, values: dict[str, str], one: Instruction) -> None:
        pairs = one.pairs
        if one.keyword == "ENV":
            # All variables of one ENV are replaced by what was set before it.
            found = [(pair.name, _value(pair.value or "", values, one.escape)) for pair in pairs]
            for name, value in found:
                _assign(values, name, value)
            return
        for pair in pairs:
            if pair.value is not None:
                _assign(values, pair.name, _value(pair.value, values, one.escape))
            elif (given := self.document.global_argument(pair.name)) is not None:
                values[pair.name] = given


def _assign(values: dict[str, str], name: str, value: str | None) -> None:
    if value is None:
        values.pop(name, None)
    else:
        values[name] = value


def _value(text: str, values: dict[str, str], escape: str) -> str | None:
    try:
        value = expand(text, values.get, escape)
    except (BadWord, Unresolved):
        return None
    return value if len(value) <= MAX_LENGTH else None
