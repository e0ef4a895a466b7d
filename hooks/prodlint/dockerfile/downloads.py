"""Downloads of a build that nothing vouches for: certificates or signatures not checked, scripts run from plain http."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from prodlint.core.lazy import lazy
from prodlint.core.source import Span
from prodlint.dockerfile import insecure
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.packages import place, scripts
from prodlint.dockerfile.stage import Stage
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.shell import Command, Pipeline, Word
    from prodlint.dockerfile.model import Dockerfile

_WRAPPERS = ("sudo", "env", "time", "nice")
_ASSIGNMENT = lazy(r"[A-Za-z_]\w*=")
_FETCH = ("curl", "wget")
_CHECKSUM = lazy(r"(?:sha(?:1|224|256|384|512)?|b2|b3)sum|shasum|cosign|minisign|signify")
_RUNNERS = lazy(r"(?:ba|da|z|k|a)?sh|python[\d.]*|perl|ruby|node|php")
_KEYS = ("apt-key", "gpg", "gpg2")
_URL = lazy(r"(https?|ftp)://(\[[^\]]*\]|[^/:?#\s]*@)?([^/:?#\s]*)", re.IGNORECASE)


class Unverified(NamedTuple):
    """Where a check is switched off, what stands there, and what follows from it."""

    span: Span
    name: str
    effect: str

    @property
    def advice(self) -> str:
        return insecure.ADVICE[self.effect]


def unverified(dockerfile: "Dockerfile") -> Iterator[Unverified]:
    """Those of the stages whose result ships, in the order of the file."""
    if not dockerfile.shipped or not insecure.mentioned(dockerfile.source.text):
        return
    shipped = {stage.index for image in dockerfile.shipped for stage in image.stage.chain}
    for stage in contributing(dockerfile):
        for one in stage.instructions:
            if one.keyword in ("ENV", "ARG"):
                yield from _variables(one, stage.index in shipped)
            elif one.keyword == "RUN" and not stage.windows:
                yield from _run(one)


def contributing(dockerfile: "Dockerfile") -> list[Stage]:
    """The shipped stages, and those that they take files from or build on."""
    found: dict[int, Stage] = {}
    waiting = [image.stage for image in dockerfile.shipped]
    while waiting:
        stage = waiting.pop()
        if stage.index in found:
            continue
        found[stage.index] = stage
        if stage.parent is not None:
            waiting.append(stage.parent)
        for one in stage.instructions:
            for origin in _origins(one):
                source = dockerfile.stage(origin)
                if source is not None and source.index < stage.index:
                    waiting.append(source)
    return [found[index] for index in sorted(found)]


def _origins(one: Instruction) -> Iterator[str]:
    """The stages that an instruction reads, by name or number."""
    for flag in one.flags:
        if flag.name == "from" and flag.value:
            yield flag.value
        elif flag.name == "mount":
            for part in flag.value.split(","):
                if part.startswith("from=") and part[5:]:
                    yield part[5:]


def _variables(one: Instruction, shipped: bool) -> Iterator[Unverified]:
    for pair in one.pairs:
        effect = insecure.variable(pair.name, (pair.value or "").strip("\"'"))
        if effect:
            stays = shipped and one.keyword == "ENV" and pair.name.upper() in insecure.AT_RUN_TIME
            effect = insecure.RUN_TIME if stays else effect
            yield Unverified(one.at(pair.start, pair.end), pair.name, effect)


def _run(one: Instruction) -> Iterator[Unverified]:
    from prodlint.core.shell import Pipeline, ShellError, find, parse, walk

    for text, start in scripts(one):
        if not insecure.mentioned(text):
            continue
        try:
            tree = parse(text)
        except ShellError:
            continue
        every = list(walk(tree))
        vouched = any(_vouches(command) for command in every)
        fetches = any(_name(command) in _FETCH for command in every)
        found: list[tuple[Word, str, str]] = []
        for command in every:
            found += _assigned(command)
            found += _written(command)
            found += [] if vouched else _switched_off(command, fetches)
        for pipeline in find(tree, Pipeline):
            found += [] if vouched else _piped(pipeline)
        for command in every:
            found += [] if vouched else _substituted(command)
        for word, name, effect in sorted(found, key=lambda each: each[0].start):
            yield Unverified(place(one, word.start, word.end, start), name, effect)


def _words(command: "Command") -> list["Word"]:
    """The words of a command without sudo, env and what these set."""
    words = list(command.words)
    while words and words[0].value in _WRAPPERS:
        words.pop(0)
        while words and _ASSIGNMENT.match(words[0].raw):
            words.pop(0)
    return words


def _name(command: "Command") -> str:
    words = _words(command)
    return posixpath.basename(words[0].value or "") if words else ""


def _vouches(command: "Command") -> bool:
    """Whether a command compares a checksum or a signature."""
    name = _name(command)
    if name in ("gpg", "gpgv", "gpg2", "openssl"):
        return name == "gpgv" or any(arg in ("--verify", "-verify") for arg in command.args)
    return _CHECKSUM.fullmatch(name) is not None


def _assigned(command: "Command") -> "Iterator[tuple[Word, str, str]]":
    words: Iterable[Word] = command.assignments
    if command.name in ("export", "env", "sudo"):
        words = [*command.assignments, *command.words[1:]]
    for word in words:
        name, _, value = word.text.partition("=")
        effect = insecure.variable(name, value)
        if effect:
            yield word, name, effect


def _written(command: "Command") -> "Iterator[tuple[Word, str, str]]":
    """Settings that a command writes into the file of a tool."""
    if _name(command) not in ("echo", "printf", "sed"):
        return
    files = "".join(each.target.text for each in command.redirects if ">" in each.operator)
    files = files or ("sed" if _name(command) == "sed" else "")
    for word in command.words[1:]:
        setting = insecure.setting_in(word.text, files)
        if setting:
            yield word, setting[0], setting[1]


def _switched_off(command: "Command", fetches: bool) -> "Iterator[tuple[Word, str, str]]":
    words = _words(command)
    if not words:
        return
    values = [word.text for word in words]
    name = posixpath.basename(values[0])
    if re.fullmatch(r"python[\d.]*", name) and values[1:3] == ["-m", "pip"]:
        name = "pip"
    name = "pip" if re.fullmatch(r"pip[\d.]*", name) else name
    hosts = _hosts(values)
    # Without https there is nothing to check; a URL that is all variable may be that of this machine.
    if name in _FETCH and all(plain or insecure.near(host) or "$" in host for plain, host in hosts):
        return
    if name in insecure.PACKAGE_FILES and _local(values) and not (fetches or hosts):
        return
    for index, value in enumerate(values[1:], 1):
        following = values[index + 1] if index + 1 < len(values) else ""
        effect = insecure.option(name, value, following, values)
        if effect:
            yield words[index], f"{name} {effect[0]}", effect[1]
            return


def _hosts(values: list[str]) -> list[tuple[bool, str]]:
    """The hosts of URLs, and whether each is asked by plain http."""
    matches = [_URL.search(value) for value in values]
    return [(match[1].lower() != "https", match[3].lower()) for match in matches if match]


def _local(values: list[str]) -> bool:
    """Whether all that is installed are files that lie there."""
    packages = [value for value in values[1:] if value[:1] not in ("-", "")]
    files = [value for value in packages if value.endswith((".apk", ".rpm", ".deb"))]
    return bool(files) and len(files) >= len(packages) - 1


def _piped(pipeline: "Pipeline") -> "Iterator[tuple[Word, str, str]]":
    """`curl http://… | sh`"""
    from prodlint.core.shell import Command

    url: Word | None = None
    for node in pipeline.commands:
        if not isinstance(node, Command):
            return
        if url is None:
            url = _plain_url(node)
            continue
        name = _name(node)
        if _reads_script(name, [arg or "" for arg in node.args]):
            yield url, f"a script piped from plain http into {name}", insecure.SCRIPT
            return
        if name in _KEYS:
            yield url, f"a signing key from plain http into {name}", insecure.KEY
            return


def _reads_script(name: str, args: list[str]) -> bool:
    """Whether an interpreter runs what is piped into it, and not a file or an argument."""
    if not _RUNNERS.fullmatch(name):
        return False
    first = args[0] if args else "-"
    if name.endswith("sh"):
        return first[:1] in "-+" and not any(re.fullmatch(r"-[a-z]*c", arg) for arg in args[:2])
    return first in ("-", "--")


def _substituted(command: "Command") -> "Iterator[tuple[Word, str, str]]":
    """`sh -c "$(curl http://…)"` and `bash <(curl http://…)`"""
    from prodlint.core.shell import walk

    name = _name(command)
    if not _RUNNERS.fullmatch(name) and name not in ("eval", "source", "."):
        return
    for word in command.words[1:]:
        for script in word.substitutions:
            for inner in walk(script, substitutions=False):
                url = _plain_url(inner)
                if url is not None:
                    yield url, f"a script piped from plain http into {name}", insecure.SCRIPT


def _plain_url(command: "Command") -> "Word | None":
    """The URL that a command fetches by plain http from elsewhere."""
    if _name(command) not in _FETCH:
        return None
    for word in command.words[1:]:
        match = _URL.match(word.text)
        if match and match[1].lower() != "https" and not insecure.near(match[3]):
            return None if "$" in match[3] else word
    return None
