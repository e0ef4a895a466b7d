"""Commands that the settings of a repository name, besides those of the table."""

from prodlint.core.commands.families import CLEANUP, DEPLOY, GATE, INSTALL
from prodlint.core.commands.words import Call, read
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.project import Project

# The keys of `commands` in the settings.
KEYS = {"gates": GATE, "deployments": DEPLOY, "installs": INSTALL, "cleanup": CLEANUP}


class Own(NamedTuple):
    """A pattern: a command (with a `/` the end of its path), the operands that follow, the options that it must have.

    `*` in a word stands for any characters.
    """

    family: str
    name: str
    verbs: tuple[str, ...]
    flags: frozenset[str]

    def fits(self, call: Call) -> bool:
        from fnmatch import fnmatchcase

        name = call.words[0].removeprefix("./") if "/" in self.name else call.name
        count = len(self.verbs)
        return (
            len(call.operands) >= count
            and self.flags <= call.flags.union(call.words)
            and (fnmatchcase(name, self.name) or fnmatchcase(name, f"*/{self.name}"))
            and all(map(fnmatchcase, call.operands[:count], self.verbs))
        )


class Known(NamedTuple):
    """What is known of commands besides the table; `nesting` counts the scripts around the one that is read."""

    own: tuple[Own, ...] = ()
    nesting: int = 0

    @property
    def deeper(self) -> "Known":
        return self._replace(nesting=self.nesting + 1)


TABLE = Known()


def known(project: "Project") -> Known:
    """What the settings add to the table; for `project.once`."""
    settings = project.config.settings("commands")
    patterns = [(KEYS[key], text.split()) for key, texts in settings.items() for text in texts]
    return Known(tuple(_pattern(family, words) for family, words in patterns if words))


def own(call: Call, known: Known) -> Own | None:
    """The first pattern of the settings that a command fits."""
    return next((one for one in known.own if one.fits(call)), None)


def _pattern(family: str, words: list[str]) -> Own:
    call = read(words)
    path = words[0].removeprefix("./")
    name = path if "/" in path else call.name
    options = frozenset(word for word in words[1:] if word.startswith("-"))
    return Own(family, name, tuple(call.operands), options)
