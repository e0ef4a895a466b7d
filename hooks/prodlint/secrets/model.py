"""The credentials of a file: each once, with what is known of it; the most specific kind owns a place."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain

from prodlint.core.source import Source, Span
from prodlint.secrets.keys import private_keys
from prodlint.secrets.scope import DOCKERFILE, ENV, KUBERNETES, OTHER, SETTINGS, Scope
from prodlint.secrets.tokens import TEST, Found, tokens
from prodlint.secrets.urls import logins
from prodlint.secrets.values import PLACEHOLDER, RANDOM, WEAK, generated, is_password, strength
from prodlint.typed import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from prodlint.core.project import Project
    from prodlint.secrets.env_file import EnvValues

_NAME = (
    r"(?P<name>[A-Za-z_][\w.-]{0,60})[\"']?[ \t]{0,4}(?:=|:[ \t]|=>)[ \t]{0,4}"
    r"(?:[\"'`]|[Bb]earer |[Bb]asic |\$\{\w{1,60}:?-){0,4}$"
)
_NAME_ABOVE = r"name[\"']?:[ \t]*[\"']?(?P<name>[A-Za-z_][\w.-]{0,60})[\"']?,?[ \t]*\r?\n[ \t]*[\"']?value[\"']?:[ \t]*[\"']?$"
_PUBLISHED = r"(?i)(^|_)(public|vite|react_app|gatsby)_|firebase|^current_key$"
_FIREBASE = r"\b(authDomain|messagingSenderId)\b"
# Who logs in, not with what.
_USER = r"(?i)^access[_-]?key([_-]?id)?$"
_NOT_IN_USE = r"(?i)(^|\.)example\.|your|^(host|hostname|server|domain)(:|$)"
_THIS_MACHINE = r"localhost|127\.|0\.0\.0\.0|\[::1?\]"
_SECTION = r"(?m)^(?:---|kind:[ \t]*Secret\b|data:|[A-Za-z]\w*:)"
_GIVEN_OUT = r"(?i)token|api_?secret|api_?key|access_?key|client_?secret"
_CHANGED = r"(?i)change[_-]?me|replace"
_SMALL_WORDS = r"[a-z]{1,15}([-_.][a-z]{1,15})*"
_GAP = r"(?i)api|token|key|client|^my"
_MOST_PLACES = 10
# No file that people write has as many; more are there to make a run slow.
_MOST = 5000
_NEAR = 200
_LONGEST_ENV = 1 << 18

Candidate = TypeVar("Candidate")


class Secret(NamedTuple):
    """One credential; its text is what `span` covers, and never shown.

    `name` is what it is assigned to, or empty. `kind` says what it is: whose token, which key, which scheme of a URL.
    `variable` is set when it is the default of `${variable:-…}`. `strength` is PLACEHOLDER, WEAK or RANDOM.
    `also` holds the other places in the file with the same text, ten at most.
    """

    span: Span
    name: str
    kind: str
    strength: str = RANDOM
    variable: str = ""
    also: tuple["Secret", ...] = ()

    @property
    def a_kind(self) -> str:
        """`kind` with its article."""
        an = self.kind.startswith(("A", "E", "I", "O", "a", "e", "i", "o", "RSA", "npm", "xAI"))
        return f"{'an' if an else 'a'} {self.kind}"


class Secrets:
    """What a file holds of credentials that are in use: not those of tests, documentation and examples."""

    def __init__(self, source: Source, project: "Project | None" = None) -> None:
        self.source = source
        self._project = project

    @cached_property
    def scope(self) -> Scope:
        settings = self._project.config.settings("secrets") if self._project else {}
        return Scope(self.source.path, self.source.text, settings.get("places") == "all")

    @cached_property
    def _env(self) -> "EnvValues | None":
        """What the env hook says of the file, if it is one of its files."""
        from prodlint.env import FILES

        if (
            self._project is None
            or self.scope.kind != ENV
            or not re.search(FILES, self.source.path)
        ):
            return None
        if len(self.source.text) > _LONGEST_ENV:
            self._note("too long for an env file, passwords that can be guessed were not judged")
            return None
        from prodlint.secrets.env_file import EnvValues

        return EnvValues(self.source, self._project)

    @cached_property
    def _deployed(self) -> bool:
        """Whether a weak password in the file is one that something is started with."""
        if self.scope.kind == ENV and not self.scope.everywhere:
            return self.scope.deployed and self._env is not None and self._env.deployed
        return self.scope.deployed

    def _reported(self, secret: Secret) -> bool:
        """Whether the env hook has its finding for the value."""
        return self._env is not None and _within(secret.span.start, self._env.reported)

    @cached_property
    def tokens(self) -> list[Secret]:
        """Tokens that a provider gave out."""
        if self.scope.fixture:
            return []
        found = (self._secret(*token[:3]) for token in self._all_tokens if token.tier != TEST)
        return _once(secret for secret in found if not _published(secret))

    @cached_property
    def test_keys(self) -> list[Secret]:
        """Keys that a provider gave out for tests: they move no money, and say who one is."""
        if self.scope.fixture or self.scope.example:
            return []
        return _once(self._secret(*token[:3]) for token in self._all_tokens if token.tier == TEST)

    @cached_property
    def private_keys(self) -> list[Secret]:
        found = private_keys(self.source.text)
        if not found or self.scope.fixture or self.scope.example:
            return []
        return _once(self._secret(*key) for key in found if not _within(key[0], self._encoded))

    @cached_property
    def logins(self) -> list[Secret]:
        """Passwords in URLs; `kind` is the scheme. Where such a password stands elsewhere in the file is a place of it."""
        found = [
            secret
            for start, end, url, scheme, host in self._first(logins(self.source.text))
            if (secret := self._literal(start, end, self._name(url), scheme))
            and self._opens(secret, host)
            and not self._reported(secret)
        ]
        texts = {secret.span.text for secret in found}
        return _once([*found, *(other for other in self._named if other.span.text in texts)])

    @cached_property
    def passwords(self) -> list[Secret]:
        """Values that people made up, named like a credential, in a file that something is started with."""
        return self._of(lambda secret: secret.strength == WEAK or self._passes_for_one(secret))

    @cached_property
    def random(self) -> list[Secret]:
        """Values that a generator made, named like a credential."""
        return self._of(lambda secret: secret.strength == RANDOM)

    @cached_property
    def placeholders(self) -> list[Secret]:
        """Gaps that nobody filled in, in a file that something is started with."""
        return self._of(
            lambda secret: secret.strength == PLACEHOLDER and not self._passes_for_one(secret)
        )

    def _passes_for_one(self, secret: Secret) -> bool:
        """Whether a placeholder is as good as a password: any text logs in where it is what the server was given."""
        return secret.strength == PLACEHOLDER and (
            self.scope.kind == DOCKERFILE or bool(secret.variable)
        )

    def _of(self, chosen: "Callable[[Secret], bool]") -> list[Secret]:
        texts = {secret.span.text for secret in self.logins}
        return _once(
            secret for secret in self._named if chosen(secret) and secret.span.text not in texts
        )

    @cached_property
    def _all_tokens(self) -> list[Found]:
        return list(self._first(tokens(self.source.text)))

    @cached_property
    def _named(self) -> list[Secret]:
        if self.scope.fixture or self.scope.example:
            return []
        found = [
            secret
            for secret, commented in (*self._assigned(), *self._handed_over())
            if self._in_use(secret, commented) and not self._reported(secret)
        ]
        return sorted(found, key=lambda secret: secret.span.start)

    def _assigned(self) -> "Iterator[tuple[Secret, bool]]":
        """What stands behind a name, and whether in a comment; in code only texts are values."""
        from prodlint.secrets.apart import apart
        from prodlint.secrets.pairs import pairs

        text = self.source.text
        found = chain(pairs(text, self.scope.kind == DOCKERFILE), apart(text))
        for name, start, end, variable, commented in self._first(found):
            if _within(start, self._encoded) or (self.scope.code and text[start - 1] not in "\"'`"):
                continue
            word = self.scope.shell and text[start - 1] == "="
            last = start + len(text[start:end].partition(" ")[0]) if word else end
            secret = self._literal(start, last, name, "", variable=variable)
            if secret:
                yield secret, commented

    def _handed_over(self) -> "Iterator[tuple[Secret, bool]]":
        """What commands, headers and logins hold; RUN often needs a filler to build with."""
        from prodlint.secrets.commands import arguments

        found = arguments(self.source.text, self.source.path)
        for name, start, end, value, commented in self._first(found):
            secret = self._literal(start, end, name, "password", value=value)
            if secret and (secret.strength == RANDOM or self.scope.kind != DOCKERFILE):
                yield secret._replace(kind=""), commented

    def _first(self, found: "Iterable[Candidate]") -> "Iterator[Candidate]":
        """The first of a file's candidates; a note says when there are more."""
        for number, candidate in enumerate(found):
            if number == _MOST:
                self._note(f"only the first {_MOST:,} were judged of what could be credentials")
                return
            yield candidate

    def _note(self, what: str) -> None:
        note = f"{self.source.path}: {what}"
        if self._project and note not in self._project.notes:
            self._project.notes.append(note)

    def _in_use(self, secret: Secret, commented: bool) -> bool:
        from prodlint.secrets.pairs import names_only_a_key

        if secret.strength == RANDOM:
            return (
                generated(secret.span.text)
                and not self.scope.tested
                and not re.search(_PUBLISHED, secret.name)
                and not (commented and self._tells_of_an_example(secret.span.start))
            )
        names = secret.variable or secret.name
        return (
            self._deployed
            and (not commented or self.scope.everywhere)
            and (secret.strength == WEAK or self.scope.kind != ENV)
            and (self.scope.kind not in (SETTINGS, OTHER) or self._passes(secret, names))
            and not (names_only_a_key(names) or re.search(_USER, names))
            and not _awaited(secret)
        )

    def _passes(self, secret: Secret, names: str) -> bool:
        """Whether a value of settings is a password; `secret: small-words` is most often the name of one."""
        if secret.strength == PLACEHOLDER:
            return is_password(names) and re.search(_CHANGED, secret.span.text) is not None
        told = self.scope.everywhere and not re.fullmatch(_SMALL_WORDS, secret.span.text)
        return told or is_password(names)

    def _secret(self, start: int, end: int, kind: str) -> Secret:
        return Secret(Span(self.source, start, end), self._name(start), kind)

    def _literal(
        self, start: int, end: int, name: str, kind: str, *, variable: str = "", value: str = ""
    ) -> Secret | None:
        """A credential that is written out, and is no token: those have their own list.

        `value` is what the text stands for, when that is something else.
        """
        text = self.source.text[start:end]
        written = text.strip().removesuffix(" \\").rstrip("\"' ")
        how = strength(value or written, "password" if kind else f"{name} {variable}")
        start += len(text) - len(text.lstrip())
        end = start + len(written)
        if not how or _within(start, self._taken) or _within(end - 1, self._taken):
            return None
        return Secret(Span(self.source, start, end), name, kind, how, variable)

    @cached_property
    def _taken(self) -> list[tuple[int, int]]:
        return [(token.start, token.end) for token in self._all_tokens]

    def _opens(self, login: Secret, host: str) -> bool:
        """Whether a password in a URL is one in use."""
        if self.scope.fixture or self.scope.example or re.search(_NOT_IN_USE, host):
            return False
        if login.strength == RANDOM:
            return True
        return self._deployed and (
            self.scope.everywhere
            or not (re.match(_THIS_MACHINE, host) or self._commented(login.span.start))
        )

    @cached_property
    def _encoded(self) -> list[tuple[int, int]]:
        """Where the values stand in base 64: below `data:` of Kubernetes Secrets."""
        found: list[tuple[int, int]] = []
        if self.scope.kind != KUBERNETES or "kind: Secret" not in self.source.text:
            return found
        start, data, secret = -1, [], False
        for section in [*re.finditer(_SECTION, self.source.text), None]:
            at = section.start() if section else len(self.source.text)
            if start >= 0:
                data.append((start, at))
            start = at if section and section[0] == "data:" else -1
            if section and "Secret" in section[0]:
                secret = True
            elif section is None or section[0] == "---":
                found += data if secret else []
                data, secret = [], False
        return found

    @cached_property
    def encoded(self) -> list[Secret]:
        """Credentials in base 64 below `data:` of Kubernetes Secrets; `strength` is that of the text behind it."""
        if not self._encoded or self.scope.fixture or self.scope.example:
            return []
        from prodlint.secrets.encoded import encoded

        found = (
            Secret(Span(self.source, start, end), name, "", how)
            for first, last in self._encoded
            for name, start, end, how in self._first(encoded(self.source.text, first, last))
            if how == RANDOM or self.scope.deployed
        )
        return _once(found)

    def _commented(self, offset: int) -> bool:
        line = self.source.text.rfind("\n", max(0, offset - _NEAR), offset) + 1
        return self.source.text[line:offset].lstrip().startswith(("#", "//", ";"))

    def _tells_of_an_example(self, offset: int) -> bool:
        line = self.source.text.rfind("\n", max(0, offset - _NEAR), offset) + 1
        return re.search(r"(?i)example|e\.g\.|such as", self.source.text[line:offset]) is not None

    def _name(self, offset: int) -> str:
        """What the value at an offset is assigned to."""
        text, near = self.source.text, max(0, offset - _NEAR)
        line = text.rfind("\n", near, offset) + 1 or near
        found = re.compile(_NAME).search(text, line, offset)
        if found and found["name"] == "value":
            found = re.compile(_NAME_ABOVE).search(text, near, offset) or found
        return found["name"] if found else ""


def _published(secret: Secret) -> bool:
    """Whether it is a Google key that every browser or phone receives: it is limited to a site, not kept secret."""
    if secret.kind != "Google API key":
        return False
    text, start, end = secret.span.source.text, secret.span.start, secret.span.end
    near = text[max(0, start - _NEAR) : end + _NEAR]
    return bool(re.search(_PUBLISHED, secret.name) or re.search(_FIREBASE, near))


def _awaited(secret: Secret) -> bool:
    """Whether it is a gap to be filled in: nobody's service accepts a made-up API key, while any password works."""
    names = f"{secret.name} {secret.variable}"
    if secret.strength == RANDOM or is_password(names) or not re.search(_GIVEN_OUT, names):
        return False
    return secret.strength == PLACEHOLDER or re.search(_GAP, secret.span.text) is not None


def _within(offset: int, ranges: list[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of the ranges, which are in order and apart."""
    at = bisect_right(ranges, (offset, len(ranges) and ranges[-1][1])) - 1
    return at >= 0 and offset < ranges[at][1]


def _once(secrets: Iterable[Secret]) -> list[Secret]:
    """Each credential at its first place, with the others beside it."""
    places: dict[str, list[Secret]] = {}
    for secret in secrets:
        places.setdefault(secret.span.text, []).append(secret)
    return [first._replace(also=tuple(others[:_MOST_PLACES])) for first, *others in places.values()]
