"""How the command of a health check ends: well or badly whatever happens, or as the service answers."""

import re
from collections.abc import Callable, Sequence

from prodlint.core.ending import PASSING, WILD, Ending, Locate, settled
from prodlint.core.finding import Related
from prodlint.core.source import Span
from prodlint.typed import NamedTuple

_MAX_NESTED = 1  # scripts of `sh -c` inside scripts
_MAX_TEST = 4_000
SHELLS = frozenset(("sh", "ash", "bash", "dash", "zsh", "ksh"))
_FOLDERS = ("/bin/", "/usr/bin/", "/usr/local/bin/", "/sbin/", "/usr/sbin/")
# One command of words without quotes, variables and operators says what it runs without a parser.
_PLAIN = r"[\w./-]+(?:[ \t]+[\w./:@%+,=-]+)*"
_SPECIAL = f"{WILD} {' '.join(PASSING)} false exit return set test time coproc if for while until case select function do done"


class Call(NamedTuple):
    """A program that a test runs: where the service takes it in, and the text itself, which may stand elsewhere.

    `words` are its name and its arguments, None where expanded.
    """

    name: str
    span: Span
    written: Span
    words: list[str | None]

    @property
    def places(self) -> list[Related]:
        """Where its text stands, when the service takes it in elsewhere."""
        return [Related(self.written, "is the test")] if self.written != self.span else []


class Reading:
    """One reading of a test with a set of programs missing; remembers the first that makes it fail.

    `shell` are the words of the shell that runs it, where that is known.
    """

    def __init__(
        self, lacks: Callable[[str], bool], via: Span | None, shell: Sequence[str] = ()
    ) -> None:
        self.lacks = lacks
        self.via = via
        self.culprit: Call | None = None
        self.stops_at_failure = any(re.match(r"-\w*e", word) for word in shell)
        self.pipefail = "pipefail" in shell

    def argv(self, words: list[str | None], places: list[Span], depth: int = 0) -> Ending:
        words, places = _unwrapped(words, places)
        name = _program(words[0]) if words else None
        if name is None:
            return Ending.OPEN
        if self.lacks(name):
            self.culprit = self.culprit or Call(name, self.via or places[0], places[0], words)
            return Ending.FAILS
        if name in PASSING or name == "false":
            return Ending.FAILS if name == "false" else Ending.PASSES
        if name not in SHELLS or not re.fullmatch(r"-\w*c", "".join(filter(None, words[1:2]))):
            return Ending.OPEN
        nested = words[2] if len(words) > 2 else None
        if nested is None:
            return Ending.OPEN
        ending = settled(self.script(nested, lambda start, end: places[2], depth + 1))
        return Ending.OPEN if ending is Ending.PASSES and "e" in (words[1] or "") else ending

    def script(self, text: str, locate: Locate, depth: int = 0) -> Ending:
        if depth > _MAX_NESTED or len(text) > _MAX_TEST:
            return Ending.OPEN
        self.pipefail |= "pipefail" in text
        if re.fullmatch(_PLAIN, text) and text.split(maxsplit=1)[0] not in _SPECIAL.split():
            words = list(re.finditer(r"\S+", text))
            places = [locate(*word.span()) for word in words]
            return self.argv([word[0] for word in words], places, depth)
        from prodlint.core.probe.script import ending_of

        return ending_of(self, text, locate, depth)


def _program(word: str | None) -> str | None:
    """The name of a program of the system; a path elsewhere is the image's own business."""
    folder, slash, name = (word or "").rpartition("/")
    return (name or None) if not slash or f"{folder}/" in _FOLDERS else None


def _unwrapped(words: list[str | None], places: list[Span]) -> tuple[list[str | None], list[Span]]:
    """The command that `exec`, `env` or `timeout` runs."""
    at = 0
    while at < len(words):
        match _program(words[at]):
            case "exec" | "nohup" | "nice":
                at += 1
            case "command":
                at = len(words) if (words[at + 1 : at + 2] or ["-"])[0] == "-v" else at + 1
            case "env":
                at += 1
                while at < len(words) and re.match(r"-|\w+=", words[at] or ""):
                    at += 1
            case "timeout":
                at += 1
                duration = 1
                while at < len(words) and (words[at] or "").startswith("-"):
                    duration = 0 if words[at] == "-t" else duration
                    at += 2 if words[at] in ("-s", "-k", "-t") else 1
                at += duration
            case _:
                break
    return words[at:], places[at:]
