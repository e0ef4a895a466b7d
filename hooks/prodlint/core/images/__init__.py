"""What is known of base images: who they run as, which tools they bring, whether they check their health."""

import re
from functools import cache, lru_cache
from itertools import takewhile

from prodlint.core.answer import NO, UNKNOWN, YES, Answer
from prodlint.core.images import table
from prodlint.typed import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.config import Config

_WINDOWS = ("nanoserver", "windowsservercore", "servercore", "windows", "ltsc")
_SHELLS = ("sh", "ash", "bash")
_ANSWERS = {"yes": YES, "no": NO}


class Reference(NamedTuple):
    """An image reference in its parts; `repository` is the short name where Docker Hub has one, as `node`."""

    repository: str
    tag: str
    digest: str


class Image(NamedTuple):
    """A base image. Empty text means unknown.

    `user` is the account that its processes run as (`root`, a name or a number), `account` an unprivileged account that it
    brings, as a USER may write it, `users` its name (? is unknown). `drops`: it starts as root, and its own entrypoint steps down. `kind` is os,
    runtime, toolchain, server or database; `system` is alpine, busybox, debian, buildpack (Debian with its build tools), redhat, distroless, scratch or
    windows. `env` is what its ENV sets and a USER may name. `source` is where
    this was seen, and when.
    """

    repository: str
    tag: str
    kind: str = ""
    system: str = ""
    user: str = ""
    account: str = ""
    users: str = ""
    drops: bool = False
    healthcheck: Answer = UNKNOWN
    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    env: tuple[tuple[str, str], ...] = ()
    source: str = ""

    def tool(self, name: str) -> Answer:
        """Whether it brings a command, as `curl`."""
        return YES if name in self.has else NO if name in self.lacks else UNKNOWN

    @property
    def root(self) -> Answer:
        """Whether its processes run as root."""
        return UNKNOWN if not self.user else YES if is_root(self.user) else NO


def is_root(user: str) -> bool:
    """Whether the value of a USER instruction or of `user:` means root: by name, or the number 0 in any spelling."""
    name = user.partition(":")[0].strip("\"'")
    return name in ("", "root") or re.fullmatch(r"\+?0+", name) is not None


@lru_cache(maxsize=1024)
def split(reference: str) -> Reference:
    """`registry/name:tag@digest` in its parts."""
    name, _, digest = reference.partition("@")
    head, slash, last = name.rpartition("/")
    last, _, tag = last.partition(":")
    name = (head + slash + last).lower()
    for mirror in table.MIRRORS.split():
        name = name.removeprefix(mirror)
    first, _, rest = name.partition("/")
    return Reference(rest if rest and first in table.ARCHITECTURES.split() else name, tag, digest)


@cache
def _official() -> frozenset[str]:
    return frozenset(table.OFFICIAL.split())


def official(repository: str) -> bool:
    """Whether it is one of Docker's official images, which ship no health check."""
    return repository in _official()


def known(reference: str, config: "Config") -> Image | None:
    """What the settings and the table know of an image, or None."""
    found, facts = lookup(reference), described(reference, config)
    if not facts:
        return found
    repository, tag, _ = split(reference)
    # Which accounts it has beyond the one that is named, the settings do not say.
    found = found or Image(repository, tag, users="?", source=config.path)
    if "system" in facts:
        has, lacks, _ = table.SYSTEMS[facts["system"]]
        found = found._replace(has=frozenset(has.split()), lacks=frozenset(lacks.split()))
    if "user" in facts:
        found = found._replace(user=str(facts["user"]), drops=False)
    if "healthcheck" in facts:
        found = found._replace(healthcheck=YES if facts["healthcheck"] else NO)
    shells = _SHELLS[:1] if facts.get("shell") else _SHELLS
    tools = {**dict.fromkeys(shells, facts.get("shell")), **facts["tools"]}
    return found._replace(
        kind=facts.get("kind", found.kind),
        system=facts.get("system", found.system),
        has=found.has.difference(tools).union(name for name in tools if tools[name] is True),
        lacks=found.lacks.difference(tools).union(name for name in tools if tools[name] is False),
    )


def described(reference: str, config: "Config") -> dict[str, Any]:
    """What `base-images:` in the settings says of an image; of several names that fit it, the later one counts."""
    facts: dict[str, Any] = {}
    for name, said in config.data.get("base-images", {}).items():
        if _names(split(name), split(reference)):
            facts |= {**said, "tools": {**facts.get("tools", {}), **said.get("tools", {})}}
    return facts


def _names(pattern: Reference, image: Reference) -> bool:
    from fnmatch import fnmatchcase

    tag = image.tag or ("" if image.digest else "latest")
    return fnmatchcase(image.repository, pattern.repository) and fnmatchcase(
        tag, pattern.tag or "*"
    )


@cache
def lookup(reference: str) -> Image | None:
    """What the table knows of an image, or None. A variable in its tag leaves open which variant it is, not which image."""
    name, tag, digest = split(reference)
    if name == "scratch":
        return _image(name, tag, f"os {table.SOURCES['OFFICIAL']} healthcheck=no", "*: scratch")
    if name.startswith(table.DISTROLESS):
        return _distroless(name, tag)
    if name.startswith("mcr.microsoft.com/windows/"):
        return Image(name, tag, "os", "windows")
    entry = _entry(name)
    if entry is None:
        return (
            Image(name, tag, healthcheck=NO, source=table.SOURCES["OFFICIAL"])
            if official(name)
            else None
        )
    head, variants = entry
    parts = re.split(r"-|\$\{?\w*\}?", tag)
    if any(part.startswith(_WINDOWS) for part in parts):
        return _image(name, tag, head, "*: - user=?")._replace(system="windows")
    known = [line for line in variants if _fits(line.partition(":")[0], parts)]
    if "$" not in tag and (tag or not digest):
        return _image(name, tag, head, known[0])
    # A word that is seen decides; without one it may be any of them.
    seen = [line for line in known if not line.startswith("*")]
    return _common([_image(name, tag, head, line) for line in seen[:1] or variants])


def _entry(name: str) -> tuple[str, list[str]] | None:
    """The head of an image without its name, and its variants."""
    start = table.IMAGES.find(f"\n{name} ")
    if start < 0 or not name:
        return None
    head, *lines = table.IMAGES[start + 1 :].split("\n")
    variants = list(takewhile(lambda line: line.startswith("  "), lines))
    return head.partition(" ")[2], [line.strip() for line in variants]


def _fits(words: str, parts: list[str]) -> bool:
    return words == "*" or all(
        any(part.startswith(word) for part in parts) for word in words.split()
    )


def _image(name: str, tag: str, head: str, variant: str) -> Image:
    kind, source, *facts = head.split()
    system, *words = variant.partition(":")[2].split()
    known = dict(fact.split("=", 1) for fact in (*facts, *words) if "=" in fact)
    has, lacks = (frozenset(tools.split()) for tools in table.SYSTEMS[system][:2])
    has |= {word for word in words if "=" not in word}
    user = known.get("user", "root")
    key, _, value = known.get("env", "").partition("=")
    return Image(
        name,
        tag,
        known.get("kind", kind),
        system.strip("-"),
        user.strip("?"),
        known.get("account", ""),
        known.get("users", known.get("account", "")),
        "drops" in known,
        NO if official(name) else _ANSWERS.get(known.get("healthcheck", ""), UNKNOWN),
        has,
        lacks - has,
        ((key, value),) if key else (),
        source,
    )


def _common(images: list[Image]) -> Image:
    """What holds of each of these variants of an image."""
    first, *others = images
    for image in others:
        first = first._replace(
            kind=first.kind if first.kind == image.kind else "",
            system=first.system if first.system == image.system else "",
            user=first.user if first.user == image.user else "",
            has=first.has & image.has,
            lacks=first.lacks & image.lacks,
        )
    return first


def _distroless(name: str, tag: str) -> Image:
    system = "busybox" if tag.startswith("debug") else "distroless"
    has, lacks = (frozenset(tools.split()) for tools in table.SYSTEMS[system][:2])
    lacks |= {"java", "node", "python", "python3"}
    for language, tools in (
        ("java", {"java"}),
        ("nodejs", {"node"}),
        ("python3", {"python", "python3"}),
    ):
        if language in name:
            lacks -= tools
    user = "65532" if "nonroot" in tag else "" if "$" in tag else "root"
    image = Image(
        name, tag, "runtime", "distroless", user, "nonroot", "nonroot", healthcheck=NO, has=has
    )
    return image._replace(lacks=lacks, source=table.SOURCES["DISTROLESS"])
