"""What a command does: its wrappers taken off, its family looked up in the table."""

import re
from collections.abc import Iterable
from functools import cache

from prodlint.core.commands import families, wrappers
from prodlint.core.commands.configured import TABLE, Known, own
from prodlint.core.commands.families import BUILD, DEPLOY, FIX, GATES, INSTALL, LINT, SCAN, TEST
from prodlint.core.commands.words import Call, option_set, read, tool
from prodlint.core.shell import ShellError, parse, walk
from prodlint.typed import NamedTuple

MAX_WRAPPERS = 12
MAX_NESTING = 4
MAX_LABEL = 60

_EXTENSION = re.compile(r"\.(?:sh|bash|zsh|py|[cm]?[jt]s|rb|pl|php|ps1)$")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_NAME_PART = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_EXPRESSION = re.compile(r"_{6,}")
_VERSION_ARGUMENTS = (["-v"], ["-V"], ["-h"], ["version"], ["help"])
_VERSION_FLAGS = frozenset(("--help", "--version", "-version"))
_NO_GATE = {
    LINT: {"--fix", "--write", "--apply", "--autofix", "--auto-correct", "--autocorrect"}
    | {"--autocorrect-all", "--in-place", "-detailed-exitcode", "--detailed-exitcode", "--update"},
    SCAN: {"--fix", "--download-db-only"},
    TEST: {"--collect-only", "--co", "--list", "--listTests", "--list-tests", "--update-snapshots"},
    DEPLOY: {"--dry-run"},
}
_NARROWING = """
    -p --package --test --tests --bin --bins --lib --doc --example -k -m --ignore --deselect --project --grep -g --spec -t
    --testPathPattern --testNamePattern --filter --select --only --include -run --shard --changed --since --lf
"""
_DATA = ("os-release", "lsb-release")
_SEED_PACKAGES = frozenset(("pip", "setuptools", "wheel", "build", "uv"))


class Use(NamedTuple):
    """What a command is for: its family, empty when it is not known, and its name for a message.

    `task` is what it runs (a tool, or a script by its name), on `operands`, or on all there is; `narrowed`: on a choice
    of them by an option.
    """

    family: str
    label: str
    task: str = ""
    operands: tuple[str, ...] = ()
    narrowed: bool = False

    @property
    def gate(self) -> bool:
        return self.family in GATES

    def covers(self, other: "Use") -> bool:
        """Whether this run decides all that the other one would."""
        if (self.family, self.task) != (other.family, other.task):
            return False
        if self.family in (BUILD, DEPLOY) or self.narrowed:
            return self == other
        return all(any(_within(inner, mine) for inner in other.operands) for mine in self.operands)


class _Told(NamedTuple):
    """A family, and how many operands and which options tell it."""

    family: str
    verbs: int
    flags: frozenset[str] = frozenset()
    by_name: bool = False


class _Pattern(NamedTuple):
    verbs: list[str]
    flags: frozenset[str]
    family: str


def use(words: list[str], known: Known = TABLE) -> Use:
    """What a command is for. `words` are without quotes, expansions as written."""
    call, prefix = read(words), list[str]()
    told = _Told("", 0)
    for _ in range(MAX_WRAPPERS if known.nesting < MAX_NESTING else 0):
        if mine := own(call, known):
            told = _Told(mine.family, len(mine.verbs), mine.flags, by_name=True)
            break
        inner = _unwrapped(call, known)
        if isinstance(inner, Use):
            return inner
        if not inner:
            told = _family(call, known)
            break
        outer = call.words[: -len(inner)]
        plain = len(outer) < 3 and not any(word[:1] == "-" or "=" in word for word in outer)
        prefix = [*prefix, *outer] if plain else []
        call = read(inner)
    return _use(call, told, prefix)


def _use(call: Call, told: _Told, prefix: list[str]) -> Use:
    task = [call.name, *call.operands[: told.verbs]] if told.by_name else [call.name]
    narrowed = not call.flags.isdisjoint(option_set(_NARROWING))
    rest = tuple(call.operands[told.verbs :])
    return Use(told.family, _label(call, told, prefix), " ".join(task), rest, narrowed)


def foremost(uses: Iterable[Use]) -> Use | None:
    """The first gate, or else the first install, or else the first."""
    found = list(uses)
    gates = [one for one in found if one.gate]
    installs = [one for one in found if one.family == INSTALL]
    return next(iter(gates + installs + found), None)


def _script_use(text: str, known: Known) -> Use:
    """What a script in a word is for."""
    try:
        commands = list(walk(parse(text), substitutions=False))
    except ShellError:
        return Use("", "")
    words = [[word.text for word in command.words] for command in commands if command.words]
    return foremost(use(one, known.deeper) for one in words) or Use("", "")


def named(name: str) -> str:
    """The family that the name of a script, a target or a file tells."""
    stem = _EXTENSION.sub("", name.rpartition("/")[2])
    parts = {part.lower() for part in _NAME_PART.findall(stem)}
    by_word, quiet = _names()
    if parts & {"check", "lint"}:
        parts -= {"format", "fmt"}
    if parts & quiet or stem in _DATA:
        return ""
    return next((family for word, family in by_word.items() if word in parts), "")


def _within(inner: str, outer: str) -> bool:
    return inner == outer or outer in (".", "./...") or inner.startswith(outer.rstrip("/") + "/")


def script_word(words: list[str]) -> tuple[int, list[str]] | None:
    """The index of the word that a shell of its own runs as a script, as behind `bash -c` and `ssh host`.

    With it the words between the name of that shell and the script.
    """
    rest = words
    for _ in range(MAX_WRAPPERS):
        wrapped = _wrapped(read(rest)) if rest else None
        if not wrapped or not wrapped[2]:
            return None
        key, after, inner = wrapped
        if _is_given_script(key, after):
            return len(words) - len(inner), after[: len(after) - len(inner)]
        if key in wrappers.SCRIPTS:
            return (len(words) - 1, []) if len(inner) == 1 else None
        rest = inner[1:] if key in wrappers.IMAGES else inner
    return None


def _wrapped(call: Call) -> tuple[str, list[str], list[str]] | None:
    """A wrapper's name in the table, what stands behind that, and of this the command that it runs."""
    for count in (2, 1, 0):
        key = " ".join((call.name, *call.operands[:count]))
        if len(call.operands) >= count and key in wrappers.WRAPPERS:
            after = call.words[1:] if not count else call.words[call.places[count - 1] + 1 :]
            return key, after, _inner(key, after)
    return None


def _unwrapped(call: Call, known: Known) -> list[str] | Use:
    """The words of the command that this one runs, or what it is for; nothing if it runs none."""
    if call.name.startswith("$") and call.words[1:2] == ["-m"]:
        return call.words[2:]
    wrapped = _wrapped(call)
    if not wrapped:
        return []
    key, after, inner = wrapped
    if key in wrappers.IMAGES:
        return _in_image(after, inner)
    if key in wrappers.SCRIPTS:
        return _script_use(" ".join(inner), known)
    if _is_given_script(key, after):
        return _script_use(inner[0], known) if inner else []
    if key in wrappers.NAMING and inner:
        found = use(inner, known.deeper)
        if found.family:
            return found
        at = call.operands.index(inner[0]) if inner[0] in call.operands else key.count(" ") - 1
        return _use(call, _Told(named(inner[0]), at + 1, by_name=True), [])
    return inner


def _inner(key: str, words: list[str]) -> list[str]:
    """What stands behind the options and the own operands of a wrapper."""
    skip, values = wrappers.WRAPPERS[key], option_set(wrappers.VALUES.get(key, ""))
    starts, stops = wrappers.STARTS.get(key, ()), wrappers.STOPS.get(key, ())
    at = 0
    while at < len(words):
        word = words[at]
        if word in starts:
            return words[at + 1 :]
        if word in stops:
            return []
        if word == "--":
            return words[at + 1 + skip :]
        if len(word) > 1 and word[0] in "-+":
            at += 2 if word in values else 1
        elif _ASSIGNMENT.match(word):
            at += 1
        elif skip:
            skip -= 1
            at += 1
        else:
            return words[at:]
    return []


def _is_given_script(key: str, after: list[str]) -> bool:
    return key == "su" or (key in wrappers.SHELLS and _runs_text(after))


def _runs_text(words: list[str]) -> bool:
    """Whether a shell's options have a `-c`, as `-lc` has."""
    for word in words:
        if word[:1] not in ("-", "+"):
            return word == "pipefail"
        if "c" in word and not word.startswith("--"):
            return True
    return False


def _in_image(own: list[str], inner: list[str]) -> list[str]:
    """What a container runs: the command after the image, or the tool that the image is named after."""
    if not inner:
        return []
    image, *command = inner
    if "--entrypoint" in own[: len(own) - len(inner)]:
        return [own[own.index("--entrypoint") + 1], *command]
    name = image.partition("@")[0].rpartition("/")[2].partition(":")[0]
    if not command or command[0].startswith("-"):
        return [name, *command] if name else []
    of_image = (
        tool(name or "/").split()[0] in _table() and tool(command[0]).split()[0] not in _table()
    )
    return [name, *command] if of_image else command


def _family(call: Call, known: Known) -> _Told:
    """The family of a command that runs no other."""
    told = _looked_up(call, known)
    if not told.family and ("/" in call.words[0] or _EXTENSION.search(call.words[0])):
        told = _Told(named(call.words[0]), 0, by_name=True)
    tells_version = call.flags & _VERSION_FLAGS or call.words[1:] in _VERSION_ARGUMENTS
    if tells_version and told.family in GATES:
        return told._replace(family="")
    if call.flags & _NO_GATE.get(told.family, set()):
        return told._replace(family=FIX if told.family in (LINT, SCAN) else "")
    upgrades = told.family == INSTALL and {"-U", "--upgrade"} & call.flags
    if upgrades and _SEED_PACKAGES.issuperset(call.operands[1:]):
        return told._replace(family="")
    return told


def _looked_up(call: Call, known: Known) -> _Told:
    patterns = _patterns(call.name)
    anywhere = any(pattern.verbs == ["@@"] for pattern in patterns)
    for pattern in patterns:
        verbs = [verb for verb in pattern.verbs if verb not in ("@", "@@", "$")]
        in_order = call.operands[: len(verbs)] == verbs
        if not pattern.flags <= call.flags or not (
            in_order or (anywhere and set(verbs) <= set(call.operands))
        ):
            continue
        family, count = pattern.family, len(call.operands) if anywhere else len(verbs)
        rest = call.operands[len(verbs) :]
        last = pattern.verbs[-1] if pattern.verbs else ""
        if last == "@":
            family, count = _script_ortool(call, len(verbs), known) if rest else "", count + 1
        elif last == "@@":
            family = next(filter(None, (named(name) for name in rest if "=" not in name)), "")
            count = len(call.operands)
        elif last == "$" and rest:
            continue
        if family:
            return _Told(family, count, pattern.flags, last[:1] == "@")
    return _Told("", 0)


def _script_ortool(call: Call, at: int, known: Known) -> str:
    """What the operand at an index is, a script of the package or a command that a package brought."""
    name = call.operands[at]
    if not at and call.name in wrappers.MANAGERS and call.places[at]:
        family = use(call.words[call.places[at] :], known.deeper).family
        if family:
            return family
    return named(name)


def _label(call: Call, told: _Told, prefix: list[str]) -> str:
    """The command, the operands that tell its family and two more; what is left out shows as `…`."""
    kept = [*prefix, call.words[0]]
    index_at = {place: index for index, place in enumerate(call.places)}
    gap = False
    for at, word in enumerate(call.words[1:], 1):
        index = index_at.get(at)
        if index is None or word == "-" or "=" in word:
            gap |= word not in told.flags
            kept += [word] if word in told.flags else []
            continue
        if index >= max(told.verbs, 1) + 2 or (gap and index >= told.verbs):
            gap = True
            break
        kept += ["…", word] if gap else [word]
        gap = False
    text = " ".join(_EXPRESSION.sub("${{ … }}", " ".join(kept + ["…"] * gap)).split())
    return text if len(text) <= MAX_LABEL else text[: MAX_LABEL - 1] + "…"


@cache
def _table() -> dict[str, list[tuple[str, str]]]:
    """By the name of the command, each family with the rest of a pattern."""
    table: dict[str, list[tuple[str, str]]] = {}
    for family, text in families.PATTERNS.items():
        for pattern in text.split(","):
            name, _, rest = pattern.strip().partition(" ")
            table.setdefault(name, []).append((family, rest))
    return table


@cache
def _patterns(name: str) -> list[_Pattern]:
    """The patterns of a command, those with most words first."""
    patterns = []
    for family, rest in _table().get(name, ()):
        words = rest.split()
        flags = frozenset(word for word in words if word.startswith("-"))
        patterns.append(_Pattern([word for word in words if word not in flags], flags, family))
    return sorted(patterns, key=lambda pattern: -len(pattern.verbs) - len(pattern.flags))


@cache
def _names() -> tuple[dict[str, str], frozenset[str]]:
    by_word = {word: family for family, words in families.NAMES.items() for word in words.split()}
    return by_word, frozenset(families.QUIET.split())
