"""A first schema, guessed from an example of an env file, its comments, and what the code reads."""

import re

from prodlint.core.source import Source
from prodlint.env.formats import FORMATS
from prodlint.env.placeholder import is_placeholder
from prodlint.env.reader import Variable, read
from prodlint.env.repository import is_platform
from prodlint.env.secrecy import is_secret
from prodlint.typed import Any, NamedTuple

_REFERENCE = re.compile(r"\$[\w{(]|\{\{|<%")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)
_SETTING = re.compile(r"(?i)true|false|yes|no|on|off|[\d.,]+|\d+\s?[a-z]{1,7}")
# Names that speak of a secret and hold something about it.
_ABOUT = re.compile(
    r"(?i)(?:^|_)(?:enabled?|expir\w*|ttl|limit|max|min|tokens|attempts|rounds|length|window|interval|frequency|retention"
    r"|endpoint|uri|region|bucket|credentials|policy|samesite|issuer|algorithm|webhook_id)(?:_|$)"
    r"|(?:^|_)(?:connection|disk|domain|email)$|(?:^|_)otp_(?!\w*(?:secret|key|seed))"
)
# Whoever has such a URL can post to the channel.
_HOOKS = re.compile(r"(?i)(?:^|_)(?:slack|discord|teams|mattermost)_(?:\w+_)?(?:web)?hook(?!_id)")
# In production these name a password, whatever the example does.
_DATABASES = re.compile(r"(?i)(?:^|_)(?:database|db|mongo\w*|postgres\w*|mysql|direct)_ur[il]$")
_AMOUNTS = re.compile(r"\d+(?:\.\d+)?\s?(?:[KMGT](?:i?B)?|[kmgt]i?[bB])")
_SIZES = re.compile(r"(?:^|_)(?:MEM|MEMORY|SIZE|BYTES|QUOTA|UPLOAD)(?:_|$)")
_PUBLIC = re.compile(r"^(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|PUBLIC|GATSBY)_")
_STORES = re.compile(
    r"(?i)(?:^|_)(?:database|db|redis|mongo\w*|postgres\w*|mysql|amqp|rabbitmq|broker|cache|direct|smtp)_?ur[il]$"
)
_OPTIONS = re.compile(
    r"(?i)(?:one of|options?|allowed|values|possible values|can be|either)?\s*[:=]?\s*"
    r"((?:['\"`]?[\w.-]+['\"`]?\s*(?:,|\||/|\bor\b)\s*)+(?:or\s+)?['\"`]?[\w.-]+['\"`]?)\s*(?:\(.*\))?\.?$"
)
_SPLIT = re.compile(r"\s*(?:,\s*or\b|,|\||/|\bor\b)\s*")
_BY_NAME = (
    (r"(?:^|_)PORT$", "port"),
    (r"(?:^|_)(?:HOST|HOSTNAME)$", "host"),
    (r"(?:^|_)(?:EMAIL|MAIL_FROM|EMAIL_FROM|FROM_EMAIL)$", "email"),
    (r"(?:^|_)(?:SCHEDULE|CRON)$", "cron"),
    (r"(?:^|_)(?:TZ|TIMEZONE)$", "timezone"),
    (r"(?:^|_)LOG_?LEVEL$", "loglevel"),
    (r"(?:^|_)AWS_(?:DEFAULT_)?REGION$", "aws-region"),
)
_WIDTH = 80
_NOTHING = "  # review: nothing is known of it"
_MODES = ("development", "test", "staging", "production")


class Guess(NamedTuple):
    """What is said of a variable, from what it was guessed, and where the code reads it."""

    name: str
    keywords: dict[str, Any]
    why: list[str]
    place: str


def guesses(example: Source, code: "dict[str, str]") -> list[Guess]:
    """A guess for each variable of an example, then for those that only code reads.

    `code` has where each variable is read: `src/db.ts:3`.
    """
    entries = read(example)
    comments = {span.line: span.text.strip("#=-*~ \t") for span in entries.comments}
    found: dict[str, Guess] = {}
    for variable in entries.variables:
        if _NAME.fullmatch(variable.name):
            said = _comment(variable, comments)
            found[variable.name] = _guess(variable, said, code.get(variable.name, ""))
    for name in sorted(code.keys() - found.keys()):
        if _NAME.fullmatch(name) and not is_platform(name):
            secret = {"secret": True} if looks_secret(name, "") else {}
            found[name] = Guess(name, secret, ["not in the example"], f"read in {code[name]}")
    return list(found.values())


def _comment(variable: Variable, comments: dict[int, str]) -> str:
    """The comment behind a variable, or else the one above it."""
    if variable.comment:
        return variable.comment.text.lstrip("# \t")
    return comments.get(variable.key.line - 1, "")


def _guess(variable: Variable, said: str, place: str) -> Guess:
    value = variable.value or ""
    open_value = is_placeholder(value) or _REFERENCE.search(value) is not None
    keywords, why = _shape(variable.name, value, open_value), []
    if keywords:
        why.append("by its value" if not open_value else "by its name")
    vague = "type" not in keywords and keywords.get("format", "loglevel") == "loglevel"
    if vague and (options := _options(said, value)):
        keywords, why = {"enum": options}, ["by its comment"]
    if looks_secret(variable.name, value):
        keywords = {key: item for key, item in keywords.items() if key == "format"}
        keywords["secret"] = True
        why.append("secret by its name")
    if _is_public(variable.name):
        keywords["public"] = True
    if said and "enum" not in keywords:
        keywords["description"] = said[:200]
    return Guess(variable.name, keywords, why, f"read in {place}" if place else "")


def looks_secret(name: str, value: str) -> bool:
    """Whether the value of a variable must not be seen."""
    if _is_public(name) or _SETTING.fullmatch(value):
        return False
    if re.search(r"://[^/\s:@]*:[^/\s@]+@", value) or _HOOKS.search(name):
        return True
    if _DATABASES.search(name):
        return not value.startswith(("file:", "sqlite:", "http"))
    if _STORES.search(name):
        return "://" not in value
    if re.search(r"(?i)_ur[il]$|sentry_dsn$", name) or _ABOUT.search(name):
        return False  # a DSN of Sentry is built into pages
    return is_secret(name.removeprefix("PUBLIC_"), None)


def _is_public(name: str) -> bool:
    """Whether a bundler puts the value into a page; `PUBLIC_` alone is a word of other programs too."""
    return _PUBLIC.match(name) is not None and not re.match(r"PUBLIC_.*(?:SECRET|PASSWORD)", name)


def _shape(name: str, value: str, open_value: bool) -> dict[str, Any]:
    """The type or format that the value has, or that the name tells when the value is open."""
    by_name = next((form for pattern, form in _BY_NAME if re.search(pattern, name)), "")
    if open_value:
        if value and "://" in value and "${" not in value:
            return _located(name, value)
        return {"format": by_name} if by_name not in ("", "host", "cron") and not value else {}
    if by_name and FORMATS[by_name](value):
        return {"format": by_name}
    if name in ("NODE_ENV", "APP_ENV") and value in _MODES:
        return {"enum": list(_MODES)}
    if value.lower() in ("true", "false"):
        return {"type": "boolean"}
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,17})", value):
        return {"type": "integer"}
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,15})\.\d{1,15}", value):
        return {"type": "number"}
    if "," in value and "://" in value and all(map(FORMATS["url"], re.split(r"\s*,\s*", value))):
        return {"format": "csv", "items": "url"}
    if "://" in value:
        return _located(name, value)
    sized = _AMOUNTS.fullmatch(value) is not None or _SIZES.search(name) is not None
    person = re.search(r"(?:USER|USERNAME|LOGIN)$", name) is not None
    for form in ("bytes", "duration", "email", "semver", "uuid", "cidr", "ip"):
        if FORMATS[form](value) and (form != "bytes" or sized) and (form != "email" or not person):
            return {"format": form}
    if re.fullmatch(r"[\w.*/+-]+(?:,\s?[\w.*/+-]+)+", value):
        return {"format": "csv"}
    return {}


def _located(name: str, value: str) -> dict[str, Any]:
    of_web = re.match(r"(?:https?|wss?|ftp)://", value) is not None
    form = "dsn" if _STORES.search(name) or not of_web else "url"
    return {"format": form} if FORMATS[form](value) else {}


def _options(said: str, value: str) -> list[str]:
    """The values that a comment lists, when the one that is set is among them."""
    found = (
        _OPTIONS.match(said) or re.search(rf"\((?:{_OPTIONS.pattern[4:-1]})\)$", said)
        if len(said) < 300
        else None
    )
    if not found or not value:
        return []
    options = [option.strip("'\"`") for option in _SPLIT.split(found[1])]
    options = [re.sub(r"^or\s+", "", option) for option in options]
    return options if value in options and len(options) <= 20 else []


def written(found: list[Guess], example: Source, shown: str) -> str:
    """The text of `.env.schema.yaml`; `shown` is how the example is called."""
    odd = [item for item in read(example).variables if not _NAME.fullmatch(item.name)]
    lines = [
        "# yaml-language-server: $schema=https://raw.githubusercontent.com/prodlint/prodlint/main/schemas/env.schema.json",
        f"# Guessed from {shown}.",
        "# Correct each guess, then drop its mark. What a program cannot do without is",
        "# `required: true`, or `requiredIn: [production]`.",
        "prodlint-env: 1",
        "profiles: [development, test, production]",
        "profileFrom: [NODE_ENV, APP_ENV]",
        *["unknown: allow  # review: the example has names that programs cannot read"] * bool(odd),
        "vars:" if found else "vars: {}",
    ]
    for guess in found:
        lines += _declaration(guess)
    return "\n".join(lines) + "\n"


def _declaration(guess: Guess) -> list[str]:
    """One line where it is short enough, without the place if need be; else one for each keyword."""
    name, place = _text(guess.name), [guess.place] if guess.place else []
    line = f"  {name}: {_flow(guess.keywords)}"
    marks = [_mark(guess.why + place), _mark(guess.why)]
    if not (guess.why or place or guess.keywords):
        marks = [_NOTHING]
    for mark in marks:
        if len(line + mark) <= _WIDTH:
            return [line + mark]
    lines = [f"  {name}:{marks[-1]}"]
    for key, item in guess.keywords.items():
        line = f"    {key}: {_value(item)}"
        if len(line) > _WIDTH and key == "description":
            lines += [f"    {key}: >-", *_wrapped(_printable(item))]
        else:
            lines.append(line)
    return lines


def _mark(why: list[str]) -> str:
    return f"  # review: {', '.join(why)}" if why else "  # review"


def _wrapped(text: str) -> list[str]:
    from textwrap import TextWrapper

    margin = " " * 6
    return TextWrapper(_WIDTH, margin, margin, break_long_words=False, break_on_hyphens=False).wrap(
        text
    )


def _flow(keywords: dict[str, Any]) -> str:
    if not keywords:
        return "string"
    if len(keywords) == 1 and (form := keywords.get("format") or keywords.get("type")):
        return str(form)
    return "{" + ", ".join(f"{key}: {_value(item)}" for key, item in keywords.items()) + "}"


def _value(item: Any) -> str:
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, list):
        return "[" + ", ".join(map(_text, item)) + "]"
    return _text(str(item))


def _text(text: str) -> str:
    """A text in YAML: as it is where nothing else could be read in it."""
    if re.fullmatch(r"[A-Za-z_][\w./-]*", text, re.ASCII) and text.lower() not in (
        *("true", "false", "yes", "no", "on", "off", "null", "y", "n"),
    ):
        return text
    import json

    return json.dumps(_printable(text), ensure_ascii=False)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
