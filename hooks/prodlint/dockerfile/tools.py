"""Whether an image has a command: from its base image, from what its RUN instructions install, from what is copied into it."""

import re
from functools import cache

from prodlint.core.answer import NO, UNKNOWN, YES, Answer
from prodlint.core.lazy import lazy
from prodlint.dockerfile.instruction import Instruction
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.dockerfile.stage import Stage

# Packages that bring a command of another name (Debian's and Alpine's package lists).
PACKAGES = {
    "nc": "netcat netcat-openbsd netcat-traditional nmap-ncat nmap busybox-extras busybox",
    "netcat": "netcat-openbsd netcat-traditional",
    "bash": "bash-completion",
    "wget": "busybox",
    "pg_isready": "postgresql postgresql-client libpq",
    "psql": "postgresql postgresql-client libpq",
    "redis-cli": "redis redis-tools redis-server",
    "mysqladmin": "mysql mysql-client mariadb mariadb-client default-mysql-client",
    "mysql": "mysql-client mariadb mariadb-client default-mysql-client",
    "mongosh": "mongodb-mongosh",
    "python": "python3 python2 python-is-python3 python-dev",
    "python3": "python3-pip python3-minimal python3-venv python3-dev",
    "node": "nodejs npm yarn",
    "npm": "nodejs",
    "java": "default-jre default-jdk openjdk",
}
_MANAGERS = ("apt-get", "apt", "aptitude", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper")
_INSTALL = ("install", "add")
_REMOVE = ("purge", "remove", "autoremove", "del", "erase")
_SHELLS = ("sh", "bash", "dash", "ash")
_BINARIES = lazy(r"(?:/(?:usr/)?(?:local/)?(?:s?bin)?/?|/usr/?|/usr/local/?|/opt/?)$")
_OPERATORS = str.maketrans(";&|()", "     ")
_BETWEEN = r"""[\s"'`;&|()=@<>,\\/:]"""


@cache
def _mention(name: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, [name, *PACKAGES.get(name, "").split()]))
    # A package may carry a version behind its name, as postgresql-client-16 or openjdk17-jre.
    return lazy(rf"(?:^|{_BETWEEN})(?:{names})(?:-?\d[\w.\-]*)?(?:$|{_BETWEEN})")


def tool(stage: "Stage", name: str) -> Answer:
    """YES, NO, or UNKNOWN when a RUN or COPY may have brought it, or taken it away."""
    answers = [_base(stage, name)]
    for one in stage.reversed("RUN", "COPY", "ADD"):
        answer = _run(one, name) if one.keyword == "RUN" else _copy(stage, one, name)
        if answer is YES:
            return YES
        answers.append(answer)
    if answers[0] is YES:
        return UNKNOWN if any(_takes_away(one, name) for one in stage.reversed("RUN")) else YES
    return NO if all(answer is NO for answer in answers) else UNKNOWN


def _base(stage: "Stage", name: str) -> Answer:
    if stage.windows or stage.base is None:
        return UNKNOWN
    return stage.base.tool(name)


def _text(one: Instruction) -> str:
    bodies = [body.text(one.source) for body in one.heredocs]
    return "\n".join([one.arguments, *bodies])


def _run(one: Instruction, name: str) -> Answer:
    text = _text(one)
    if _mention(name).search(text):
        return UNKNOWN if _managed(text, _REMOVE) else YES
    return UNKNOWN if _runs_a_script(text) or _installs_a_variable(text) else NO


def _takes_away(one: Instruction, name: str) -> bool:
    text = _text(one)
    return _mention(name).search(text) is not None and bool(_managed(text, _REMOVE))


def _managed(text: str, verbs: tuple[str, ...]) -> list[list[str]]:
    """The words of the commands in which a package manager is told to do one of these things."""
    commands = [command.split() for command in re.split(r"[;&|\n]+", text)]
    return [
        words
        for words in commands
        if not set(words).isdisjoint(_MANAGERS) and not set(words).isdisjoint(verbs)
    ]


def _installs_a_variable(text: str) -> bool:
    """Whether the names of packages come out of a variable or of another command."""
    if "xargs" in text and any(manager in text for manager in _MANAGERS):
        return True
    return any(
        char in word for words in _managed(text, _INSTALL) for word in words for char in "$`"
    )


def _runs_a_script(text: str) -> bool:
    """Whether it runs a file that may do anything."""
    before = ""
    for word in text.translate(_OPERATORS).split():
        if word.startswith("./") or ("/" in word and word.endswith((".sh", ".bash", ".py"))):
            return True
        if before in _SHELLS and word[0] not in "-<":
            return True
        before = word.rpartition("/")[2]
    return False


def _copy(stage: "Stage", one: Instruction, name: str) -> Answer:
    words = [word.text for word in one.words]
    if len(words) < 2:
        return NO
    *sources, target = words
    names = {word.rstrip("/").rpartition("/")[2] for word in (*sources, target)}
    if name in names:
        return YES
    if not _BINARIES.match(target):
        return NO
    origin = one.flag("from")
    if origin is None:
        # Files of the project; a folder that is laid over / may hold anything.
        return UNKNOWN if any(source.endswith("/") or source == "." for source in sources) else NO
    built = stage.document.stage(origin)
    if built is not None and built.index >= stage.index:
        built = None
    whole = any(source in ("/", "/*") or _BINARIES.match(source) for source in sources)
    if not whole:
        return (
            NO if all("." in source or "/" in source.strip("/") for source in sources) else UNKNOWN
        )
    return tool(built, name) if built is not None else UNKNOWN
