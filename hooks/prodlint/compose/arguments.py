"""The build arguments that compose passes, and those that a Dockerfile takes."""

from prodlint.core.names import listed
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.compose.build import Build
    from prodlint.compose.layers import Value
    from prodlint.compose.model import Service
    from prodlint.core.finding import Related
    from prodlint.core.source import Span
    from prodlint.dockerfile.model import Dockerfile

# Docker's documentation, "Predefined ARGs" and "BuildKit built-in build args"; and a setting of the client, which loses nothing.
_PREDEFINED = """
HTTP_PROXY HTTPS_PROXY FTP_PROXY NO_PROXY ALL_PROXY SOURCE_DATE_EPOCH
TARGETPLATFORM TARGETOS TARGETARCH TARGETVARIANT BUILDPLATFORM BUILDOS BUILDARCH BUILDVARIANT TARGETSTAGE
DOCKER_BUILDKIT
"""
_PREFIX = "BUILDKIT_"


class Unknown(NamedTuple):
    """Build arguments of a service that are lost, with their places; `known` are those that the Dockerfile takes.

    `dockerfile` is the last stage of a Dockerfile that is a file of its own.
    """

    places: "dict[str, Span]"
    builder: str
    known: list[str]
    dockerfile: "list[Related]"

    @property
    def shown(self) -> str:
        plural = "s" if len(self.places) > 1 else ""
        return f"build argument{plural} {listed(list(self.places))}"

    @property
    def advice(self) -> str:
        from difflib import get_close_matches

        known = {name.upper(): name for name in self.known}
        for name in self.places:
            if near := get_close_matches(name.upper(), known, 1, 0.75):
                return f"did you mean {known[near[0]]}?"
        first = next(iter(self.places))
        return f"write `ARG {first}` in the stage that reads it, or do not pass it"


def unknown(service: "Service") -> Unknown | None:
    """The arguments that no stage declares; None where there are none, or the Dockerfile is not known."""
    built = service.build
    document = built.document if built else None
    if not built or not document or document.faults or not document.stages:
        return None
    declared = _declared(document)
    places = {
        name: value.via or value.key
        for name, value in built.arguments.items()
        if name and "$" not in name and not _predefined(name) and not _is_for_another(built, value)
    }
    if declared is None or declared.issuperset(places):
        return None
    lost = {name: place for name, place in places.items() if name not in declared}
    last = built.last_stage("begins the last stage; no stage declares it")
    return Unknown(lost, built.builder, sorted(declared), last)


def _is_for_another(built: "Build", argument: "Value") -> bool:
    """Whether an earlier file passes it, to a Dockerfile in whose place a later one puts another."""
    named = built.dockerfile
    return (
        named is not None
        and named.layer is not argument.layer
        and built.written.layer is named.layer
    )


def _predefined(name: str) -> bool:
    return name.upper() in _PREDEFINED.split() or name.startswith(_PREFIX)


def _declared(document: "Dockerfile") -> set[str] | None:
    """The names of every ARG; None when a base image or another frontend may declare more."""
    names: set[str] = set()
    for one in document.instructions:
        if one.keyword == "ARG":
            names.update(pair.name for pair in one.pairs)
    triggers = any("onbuild" in stage.image_name for stage in document.stages)
    head = document.source.text[:1000].lstrip().lower().split("\n", 1)[0]
    other = (
        head.startswith("#")
        and "syntax=" in head.replace(" ", "")
        and "docker/dockerfile" not in head
    )
    return None if triggers or other else names
