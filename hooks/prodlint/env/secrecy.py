"""Which secrets of an env file protect nothing: known to everybody, never filled in, too short, used twice."""

import re
from functools import lru_cache

from prodlint.env import names
from prodlint.env.reader import Variable
from prodlint.env.repository import client_prefix
from prodlint.env.wording import names_secret
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile

PUBLISHED, PLACEHOLDER, GUESSABLE, REUSED = "published", "placeholder", "guessable", "reused"

_TRIAL = (
    r"(?i)(?:^|[/._-])(?:dev|devel|develop|development|devcontainer|local|localhost|docker|tests?|testing|ci|e2e|sandbox"
    r"|debug|integration|playwright|cypress|bench|examples?|samples?|demos?|fixtures?|docs?|tutorials?|mocks?)(?:[/._-]|$)"
)
_LIVE = ("prod", "production", "live", "staging", "stage", "stg", "release", "preprod")
# Variables that say what a file without a profile in its name is for.
_STAGE = ("NODE_ENV", "APP_ENV", "RAILS_ENV", "FLASK_ENV", "DJANGO_ENV", "ENVIRONMENT", "ENV")
_STAND_IN = (
    r"(?i)<[^<>]+>|(?:your|insert|enter|replace|fill|paste)[-_ ].*|.*[-_ ](?:goes[-_ ])?here[!.]?"
    r"|.*(?:change|replace)[-_ ]?(?:me|this|it)(?![a-z]).*|.*\byour[-_].*|todo|tbd|fixme|x{5,}|\*{3,}"
)
# What signs or encrypts, by its purpose: one key for two purposes lets the one stand in for the other.
_PURPOSES = (
    ("refresh", "refresh"),
    ("reset", "reset"),
    ("csrf|xsrf", "csrf"),
    ("encrypt|crypt|fernet|cipher", "encryption"),
    ("cookie", "cookie"),
    ("session", "session"),
    ("jwt|access_token|access_secret", "jwt"),
    ("salt|pepper", "salt"),
    ("webhook", "webhook"),
)
_SIGNS = r"(?i)(?:secret|key|salt|pepper)(?:_?(?:base|key))?$"
_IDENTIFIERS = r"(?i)(?:_|^)(?:public|publishable|anon|site|client_?id|(?<!secret_)access_?key(?:_?id)?|url|uri|address)(?:_|$)|key_?id$"
_REFERENCE = r"\$[\w{(]|\{\{|<%|^(?:/|\./|[A-Za-z]:\\)|^op://|^vault:|^arn:|^projects/"
_SETTINGS = r"(?i)true|false|yes|no|on|off|(?:en|dis)abled|none|null|lax|strict|\d{1,6}[a-z]*"
_ENOUGH = 64  # bits, for what can be tried without asking a server; RFC 7518 asks for 256 for HS256
_MAX_SECRET = 5000


class Verdict(NamedTuple):
    """What is wrong with a secret; `other` is the variable with the same value."""

    kind: str
    variable: Variable
    live: bool
    other: Variable | None = None


def verdicts(env: "EnvFile") -> dict[str, Verdict]:
    """The verdict on each variable that deserves one, the worst alone, by name."""
    live = _in_use(env)
    if live is None:
        return {}
    found: dict[str, Verdict] = {}
    by_value: dict[str, tuple[str, Variable]] = {}
    for name, variable in env.values.items():
        value = variable.value or ""
        if not value or len(value) > _MAX_SECRET or re.search(_REFERENCE, value):
            continue
        said = env.schema.said(name, env.profile) if env.schema else None
        declared = env.schema.is_secret(name, env.profile) if env.schema else None
        kind = _judged(name, value, declared, ruled=said is not None)
        if kind:
            found[name] = Verdict(kind, variable, live)
        elif purpose := _purpose(name):
            known = by_value.setdefault(value, (purpose, variable))
            told = (said or {}).get("differsFrom", [])
            if known[1].name in ([told] if isinstance(told, str) else told):
                continue  # env/invalid-value has it
            if known[0] != purpose and len(value) >= 8:
                found[name] = Verdict(REUSED, variable, live, known[1])
    return found


def _judged(name: str, value: str, declared: bool | None, *, ruled: bool) -> str:
    """PUBLISHED, PLACEHOLDER or GUESSABLE, or ""; `ruled` is whether the schema says how good the value must be."""
    secret = is_secret(name, declared)
    if secret and not re.fullmatch(_SETTINGS, value):
        from prodlint.env.published import is_published

        if is_published(value):
            return PUBLISHED
    prose = not secret and value.count(" ") > 1
    if len(value) <= 200 and not prose and re.fullmatch(_STAND_IN, value):
        return PLACEHOLDER
    if secret and not ruled and _signs(name):
        from prodlint.env.own import bits

        if not re.fullmatch(_SETTINGS, value) and bits(value) < _ENOUGH:
            return GUESSABLE
    return ""


@lru_cache(2000)
def is_secret(name: str, declared: bool | None) -> bool:
    """Whether a variable holds a secret, as the schema or its name says; one that names a public key does not."""
    if declared is not None:
        return declared
    return names_secret(name) and not re.search(_IDENTIFIERS, name)


def _signs(name: str) -> bool:
    """Whether a variable is named as a key that signs or encrypts, which none is that browsers are given."""
    named = re.search(_SIGNS, name) and not re.search(_IDENTIFIERS, name)
    return bool(named) and not client_prefix(name)


def _purpose(name: str) -> str:
    if not _signs(name):
        return ""
    lower = name.lower()
    return next((purpose for pattern, purpose in _PURPOSES if re.search(pattern, lower)), "")


def _in_use(env: "EnvFile") -> bool | None:
    """True for a file of production, False for one that may be, None for examples, tests and development."""
    if env.foreign or env.is_example or re.search(_TRIAL, env.path):
        return None
    return stage(env)


def stage(env: "EnvFile") -> bool | None:
    """True for a file that says it is of production, None for one of development, False for one that does not say."""
    if any(word in _LIVE for word in names.words(env.path)):
        return True
    stages = [(env.values[name].value or "").lower() for name in _STAGE if name in env.values]
    if any(named in _LIVE for named in stages):
        return True
    debug = env.values.get("DEBUG")
    if stages or (debug and (debug.value or "").lower() in ("1", "true", "on", "yes")):
        return None
    return False
