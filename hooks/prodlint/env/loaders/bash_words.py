"""What bash makes of the right side of an assignment: quotes, backslashes and references."""

import re

from prodlint.env.loaders.scope import MAX_REFERENCES, Scope, Unknown

_SET_BY_BASH = """
BASHPID BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_COMMAND BASH_LINENO BASH_SOURCE BASH_SUBSHELL COMP_WORDBREAKS DIRSTACK
EPOCHREALTIME EPOCHSECONDS FUNCNAME GROUPS HISTCMD LINENO OPTIND RANDOM SECONDS SRANDOM _
"""
_OF_THE_MACHINE = """
BASH BASHOPTS BASH_VERSINFO BASH_VERSION COLUMNS EUID HOME HOSTNAME HOSTTYPE IFS LANG LINES LOGNAME MACHTYPE OLDPWD
OPTERR OSTYPE PATH PPID PS4 PWD SHELL SHELLOPTS SHLVL TERM TMPDIR UID USER
"""
SET_BY_BASH = frozenset(_SET_BY_BASH.split())
_PLAIN = re.compile(r"""[^'"\\$`}~:]+""")
_PLAIN_QUOTED = re.compile(r"""[^"\\$`}]+""")
_NAMED = re.compile(
    r"\$(?:(?P<name>[A-Za-z_]\w*)|(?P<position>[1-9@*!])|(?P<machine>[0?#$-]))", re.ASCII
)
_BRACED = re.compile(
    r"\$\{(?:(?P<name>[A-Za-z_]\w*)(?P<op>\}|:?[-+=?]|)|(?P<other>[\d!#?@*$-]|\}))?", re.ASCII
)
_MAX_DEPTH = 20


class Failed(Exception):
    """A reference makes the assignment fail; `stops`: the whole shell gives up."""

    def __init__(self, stops: bool) -> None:
        super().__init__()
        self.stops = stops


def expanded(raw: str, scope: Scope) -> str:
    """The value of `raw`. Raises Unknown where it hangs on the machine or on a command, and Failed."""
    if raw.count("$") > MAX_REFERENCES:
        raise Unknown
    return _Reader(raw, scope).read("", False, 0)


class _Reader:
    def __init__(self, raw: str, scope: Scope) -> None:
        self.raw = raw
        self.scope = scope
        self.at = 0

    def read(self, stop: str, outer: bool, depth: int) -> str:
        """Read up to `stop` (passed too) or the end; `outer`: the whole stands in double quotes."""
        if depth > _MAX_DEPTH:
            raise Unknown
        parts: list[str] = []
        quoted = outer
        while self.at < len(self.raw):
            if plain := (_PLAIN_QUOTED if quoted else _PLAIN).match(self.raw, self.at):
                self.at = plain.end()
                parts.append(plain[0])
                continue
            character = self.raw[self.at]
            if character == stop and quoted == outer:
                self.at += 1
                break
            if character == '"':
                self.at += 1
                quoted = not quoted
            elif character == "'" and not quoted:
                end = self.raw.index("'", self.at + 1)
                parts.append(self.raw[self.at + 1 : end])
                self.at = end + 1
            else:
                parts.append(self.special(quoted, depth))
        return "".join(parts)

    def special(self, quoted: bool, depth: int) -> str:
        """What a backslash, a reference or another character that means something becomes."""
        character, follows = self.raw[self.at], self.raw[self.at + 1 : self.at + 2]
        if character == "\\":
            self.at += 2
            if follows == "\n":
                return ""
            escapes = follows and (follows in '$`"\\' or not quoted)
            return follows if escapes else character + follows
        if (
            character == "`"
            or (character == "$" and follows and follows in "([")
            or (character == "$" and follows == "'" and not quoted)
        ):
            raise Unknown
        if character == "~" and self.raw[self.at - 1 : self.at] in ("", ":"):
            raise Unknown
        if character == "$" and follows == "{":
            return self.braced(quoted, depth)
        named = _NAMED.match(self.raw, self.at) if character == "$" else None
        if named is None:
            self.at += 1
            return "" if character == "$" and follows == '"' and not quoted else character
        self.at = named.end()
        if named["machine"]:
            raise Unknown
        return self.value(named["name"]) or "" if named["name"] else ""

    def value(self, name: str) -> str | None:
        if name not in self.scope.values and (
            name in SET_BY_BASH or name in _OF_THE_MACHINE.split() or name.startswith("LC_")
        ):
            raise Unknown
        return self.scope.get(name)

    def braced(self, quoted: bool, depth: int) -> str:
        found = _BRACED.match(self.raw, self.at)
        assert found is not None
        name, op = found["name"], found["op"]
        if not name and not found["other"]:
            raise Failed(stops=False)
        if not name or not op:
            follows = self.raw[found.end() : found.end() + 1]
            if name and follows and follows not in "#%/^,@:[":
                raise Failed(stops=False)
            raise Unknown
        self.at = found.end()
        given = self.value(name)
        if op == "}":
            return given or ""
        word_at = self.at
        is_set = given is not None and (op[0] != ":" or given != "")
        if op[-1] == "?" and not is_set:
            raise Failed(stops=True)
        wanted = is_set == (op[-1] == "+")
        word = self.read("}", quoted, depth + 1) if wanted else self.skip(word_at, quoted, depth)
        if not wanted:
            return "" if op[-1] == "+" else given or ""
        if op[-1] == "=":
            self.scope.set(name, word)
        return word

    def skip(self, at: int, quoted: bool, depth: int) -> str:
        """Pass the word of a reference that is not used."""
        self.at = at
        spare = Scope()
        scope, self.scope = self.scope, spare
        try:
            self.read("}", quoted, depth + 1)
        finally:
            self.scope = scope
        return ""
