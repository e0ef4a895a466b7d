"""The services that others extend, also those in files of other names, which are judged where they are used."""

from collections.abc import Collection, Iterator

from prodlint.compose.files import NAMES, Definition, File, read
from prodlint.core.finding import Fault
from prodlint.core.project import join
from prodlint.core.source import Span
from prodlint.core.yaml import Mapping, mapping, text
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.compose.model import Compose


class Base(NamedTuple):
    """The service `name` of `file`, which another one extends at `span`; None for a file that cannot be read."""

    name: str
    file: File | None
    span: Span


class Used(NamedTuple):
    """A service that a project has, as one file defines it, and the one that it extends."""

    file: File
    name: str
    definition: Definition
    base: Base | None


class Missing(NamedTuple):
    """`service` extends a service that is none of those `known` where compose looks for it."""

    service: str
    base: Base
    known: Collection[str]


def used(compose: "Compose") -> list[Used]:
    """See Compose.used."""
    found = []
    todo = [(compose.file, name) for name in reversed(compose.file.definitions)]
    seen = set()
    while todo:
        file, name = todo.pop()
        if (file.path, name) in seen:
            continue
        seen.add((file.path, name))
        for definition in file.definitions.get(name, ()):
            base = _base(compose, file, definition)
            found.append(Used(file, name, definition, base))
            if base and base.file and not NAMES.search(base.file.path):
                todo.append((base.file, base.name))
    return found


def _base(compose: "Compose", file: File, definition: Definition) -> Base | None:
    """The service that one extends, if its name is known."""
    extends = definition.node.get("extends")
    written = extends.get("service") if isinstance(extends, Mapping) else extends
    name = text(written)
    if written is None or name is None or "$" in name:
        return None
    other: File | None = file
    if "file" in mapping(extends):
        path = join(file.folder, text(mapping(extends).get("file")) or "$")
        other = compose.project.parsed(path, read) if path else None
    return Base(name, other, definition.node.merged("extends") or written.place)


def missing_bases(compose: "Compose") -> Iterator[Missing]:
    """The services that extend one which is not there."""
    if "extends" not in compose.source.text:
        return
    for file, service, _, base in compose.used:
        if base is None or base.file is None or base.file.faults:
            continue
        known: Collection[str] = base.file.definitions
        if base.file is file and file.includes:
            if not compose.assembly.complete:
                continue
            known = compose.named or known
        if known and base.name not in known:
            yield Missing(service, base, known)


def faults_of_bases(compose: "Compose") -> Iterator[Fault]:
    """What cannot be read in files of other names that are extended here, or in turn by those."""
    files = {}
    for _, _, _, base in compose.used:
        if base and base.file and not NAMES.search(base.file.path):
            files[base.file.path] = base.file
    for path in sorted(files):
        yield from files[path].faults


def circles(compose: "Compose") -> Iterator[Fault]:
    """Services that extend themselves, by way of others or not; each circle is told once."""
    done: set[tuple[str, str]] = set()
    for file, name, _, first in compose.used:
        key, base = (file.path, name), first
        mine: set[tuple[str, str]] = set()
        while base and base.file and key not in done:
            done.add(key)
            mine.add(key)
            key, span = (base.file.path, base.name), base.span
            if key in mine:
                what = f"{base.name} extends itself" + ", by way of others" * (len(mine) > 1)
                yield Fault(
                    span, f"docker compose refuses the file: {what}", "extend another service"
                )
                break
            base = _next(compose, base.file, base.name)
        done.add(key)


def _next(compose: "Compose", file: File, name: str) -> Base | None:
    bases = (_base(compose, file, one) for one in file.definitions.get(name, ()))
    return next((base for base in bases if base), None)
