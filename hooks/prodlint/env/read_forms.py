"""How programs read a variable of their environment, language by language, and what they do when it is not set."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from prodlint.core.lazy import lazy
from prodlint.core.source import Source, Span
from prodlint.env.read_lists import required
from prodlint.typed import NamedTuple

# How a read takes it when the variable is not set.
REQUIRED, PLAIN, OPTIONAL = "required", "plain", "optional"

_MAX_ARGUMENTS = 300
_N = r"[A-Z][A-Z0-9_]{1,99}"
_Q = rf"[\"'`]({_N})[\"'`]"

_COMMENT = lazy(r"^\s*(?:#(?!\{)|\*|/\*|<!--|--)|(?:^|\s)//")
_HASH = lazy(r"(?:^|\s)#(?!\{)")
_FAILS = lazy(r"throw|exit\(|raise |[Ff]atal|[Pp]anic|assert|Error\(|missing\.push|abort|die\(")
_OR = lazy(
    r"[)!\s]{0,20}(?:as\s+[\w'\" |]{1,100}?)?[)\s]{0,20}(?:,\s?\d+\s?\)[)\s]{0,20})?(?:\|\|(?!=)|\?\?(?!=)|\?:|\?(?!>)|===?|!==?|&&|and\b|or\b"
    r"|if\b|is\b|in\b|not\b|<|>|&\.|\.(?:unwrap_or|ok\(|is_ok|is_err|map_or|or_else|present\?|blank\?|presence|nil\?)"
    r"|\{|do\b|rescue\b|unless\b)"
)
_TESTED = lazy(
    r"(?:!|!!|\bif\s+\w{1,60}\s?:=|\bBoolean|\bbool|\btypeof|\bif|\belif|\bwhile|\bnot|\bor|\band|&&|\|\||\?\?|\bunless|\bisset|\bempty|[=!]==?"
    r"|if let \w+\(?\w*\)?\s*=|\bmatch|\boption_env!)[\s(]{0,20}$"
)
# A call that copes with what is not set: `number(process.env.X, 5)`, but not `parseInt(process.env.X, 10)`.
_GIVEN = lazy(r"\s{0,9}\)?\s{0,9},\s{0,9}(?:[\"'`\d\[]|true|false|null|undefined)")
_COERCES = lazy(
    r"(?i)(?<![\w$])(?!parseInt\()\w{0,20}(?:num|int|float|bool|parse|env|default|fallback|or)\w{0,20}\(\s{0,20}$"
)
_COPES = lazy(
    r"(?i)(?:(?:parse_?\w{0,20}env|env_?\w{0,20}parse|optional|maybe)\w{0,30}"
    r"|\b(?:parse|normali[sz]e|resolve)_?(?!int\b|float\b|ur[li]|json|dsn)[a-z]\w{0,40})\(\s{0,20}$"
)
_BEGINS = lazy(r"\s*(?:process|import\.meta|Bun|os|std::|std)?\.?")
_GOES_ON = lazy(r"(?:&&|\|\||\?\?|[=!(]|\bor|\band|\bnot)\s*$")
_DENIED = lazy(r"(?:!|\bnot|\bunless)[\s(]{0,5}$")

_KEPT = lazy(
    r"(?:^|[\s.])([A-Za-z_]\w{0,60})\s{0,9}(?::[^=]{1,40})?:?=\s{0,9}(?:(?:process|import\.meta|os|std::|Number\(|String\()\.?)*$"
)

_HANDED_ON = lazy(r"\b([A-Z][A-Z0-9_]+)[\"']?\s?:[^:]{0,120}\benv(?:\.|\[[\"'])\1\b")
_MAX_BELOW = 4_000
_MAX_IN_FILE = 500


class Read(NamedTuple):
    """One place of the code that reads a variable; `need` is REQUIRED, PLAIN or OPTIONAL."""

    name: str
    span: Span
    need: str


class Form(NamedTuple):
    """`pattern` finds a name in one of its groups; `literal` stands in every file that it can match in.

    `judge` says what a match needs, None when the code around it decides.
    """

    literal: str
    pattern: str
    judge: Callable[[re.Match[str], str], str | None] | None = None


def _arguments(match: re.Match[str], text: str) -> str | None:
    """A call with more than the name: most give a default, but `cast=int` is none."""
    if text[match.end() - 1] == ")":
        return None
    rest = _up_to_bracket(text, match.end())
    named = re.match(r"\s*(?:cast|parse|subcast|var_type|type)\s*=", rest)
    return REQUIRED if named and "default" not in rest else OPTIONAL


def _fails(match: re.Match[str], text: str) -> str | None:
    """As `_arguments`, for calls that raise when the variable is not set."""
    return _arguments(match, text) or (OPTIONAL if _handled(match, text) else REQUIRED)


def _optional(match: re.Match[str], text: str) -> str | None:
    return OPTIONAL


def _required(match: re.Match[str], text: str) -> str | None:
    return OPTIONAL if _handled(match, text) else REQUIRED


def _handled(match: re.Match[str], text: str) -> bool:
    """Whether a missing variable is caught: a block behind `ENV.fetch`, or `except KeyError` below."""
    after = text[match.end() : match.end() + 200]
    return bool(re.match(r"\s*(?:\{|do\b|\|\|)", after)) or "except KeyError" in after


def _with_bang(match: re.Match[str], text: str) -> str | None:
    """TypeScript: `process.env.NAME!`, and `as string`."""
    after = text[match.end() : match.end() + 12]
    return REQUIRED if re.match(r"!(?!=)|\s+as string\b(?!\s*\|)", after) else None


def _up_to_bracket(text: str, at: int) -> str:
    depth = 1
    for found in re.compile(r"[()]").finditer(text, at, at + _MAX_ARGUMENTS):
        depth += 1 if found[0] == "(" else -1
        if not depth:
            return text[at : found.start()]
    return text[at : at + _MAX_ARGUMENTS]


_SCRIPT = (
    Form(
        ".env",
        r"\.env(?:(?<=process\.env)|(?<=import\.meta\.env)|(?<=Bun\.env))(?:\s{0,9}\??\.\s{0,9}"
        rf"({_N})(?![\w$])|(?:\?\.)?\[\s{{0,9}}{_Q}\s{{0,9}}\])",
        _with_bang,
    ),
    Form("Deno.env", rf"Deno\.env\.get\(\s{{0,9}}{_Q}\s{{0,9}}(?=\))\)"),
    Form(
        "nv",
        rf"(?:require|must|need|required|mandatory)_?[eE]nv\w{{0,20}}\(\s{{0,9}}{_Q}\s{{0,9}}[,)]",
        _fails,
    ),
    Form("getOrThrow", rf"getOrThrow(?:<\w{{1,20}}>)?\(\s{{0,9}}{_Q}\s{{0,9}}[,)]", _fails),
)
_PYTHON = (
    Form("environ[", rf"environ\[\s{{0,9}}{_Q}\s{{0,9}}\]", _required),
    Form("environ.get", rf"environ\.get\(\s{{0,9}}{_Q}\s{{0,9}}[,)]", _optional),
    Form("en", rf"(?:environ\.pop|getenv)\(\s{{0,9}}{_Q}\s{{0,9}}[,)]", _arguments),
    Form("environ", rf"{_Q}\s{{1,9}}(?:not\s{{1,9}})?in\s{{1,9}}(?:os\.)?environ\b", _optional),
    Form("environ", rf"environ\.(setdefault)\(\s{{0,9}}{_Q}"),
)
_ENVIRON = Form("env", rf"(?<![\w.])env(?:\.\w{{1,12}})?\(\s{{0,9}}{_Q}\s{{0,9}}[,)]", _fails)
_DECOUPLE = Form("config(", rf"(?<![\w.])config\(\s{{0,9}}{_Q}\s{{0,9}}[,)]", _fails)
_RUBY = (
    Form("ENV[", rf"\bENV\[\s{{0,9}}{_Q}\s{{0,9}}\]"),
    Form("ENV.fetch", rf"\bENV\.fetch\(\s{{0,9}}{_Q}\s{{0,9}}[,)]", _fails),
)
_PHP = (
    Form("env(", rf"(?<![\w>:])env\(\s{{0,9}}{_Q}\s{{0,9}}[,)]", _arguments),
    Form("getenv(", rf"\bgetenv\(\s{{0,9}}{_Q}\s{{0,9}}[,)]", _arguments),
    Form("$_ENV", rf"\$_ENV\[\s{{0,9}}{_Q}\s{{0,9}}\]"),
)
_GO = (
    Form("os.Getenv", rf"\bos\.Getenv\(\s{{0,9}}{_Q}\s{{0,9}}\)"),
    Form("os.LookupEnv", rf"\bos\.LookupEnv\(\s{{0,9}}{_Q}\s{{0,9}}\)", _optional),
    Form("ustGetenv", rf"\b[mM]ustGetenv\(\s{{0,9}}{_Q}\s{{0,9}}\)", _required),
)
_RUST = (
    Form("env", rf"\benv::var(?:_os)?\(\s{{0,9}}{_Q}\s{{0,9}}\)"),
    Form("env!", rf"(?<![\w_])env!\(\s{{0,9}}{_Q}", _required),
)
_JAVA = (Form("getenv", rf"\bSystem\.getenv\(\s{{0,9}}{_Q}\s{{0,9}}\)"),)
_SHARP = (Form("Variable(", rf"\bGetEnvironmentVariable\(\s{{0,9}}{_Q}\s{{0,9}}[,)]", _arguments),)
_ELIXIR = (
    Form("fetch_env!", rf"System\.fetch_env!\(\s{{0,9}}{_Q}", _required),
    Form("get_env", rf"System\.get_env\(\s{{0,9}}{_Q}\s{{0,9}}[,)]", _arguments),
)
_FORMS = {
    "py": _PYTHON,
    "rb": _RUBY,
    "php": _PHP,
    "go": _GO,
    "rs": _RUST,
    "java": _JAVA,
    "kt": _JAVA,
    "kts": _JAVA,
    "cs": _SHARP,
    "ex": _ELIXIR,
    "exs": _ELIXIR,
}
_UNPACKED = lazy(r"\{([^{}]{1,3000})\}\s{0,9}=\s{0,9}(?:process|import\.meta)\.env(?![\w.\[?])")
_UNPACKED_NAME = lazy(
    rf"(?<![\w:.$])({_N})(?![\w$])\s{{0,9}}(?::\s{{0,9}}\w{{1,60}}\s{{0,9}})?(=)?"
)


def reads(source: Source, language: str) -> Iterator[tuple[Read, bool]]:
    """The reads of a file in the order of its forms, and whether each rather sets the variable."""
    text = source.text
    for form in _forms(text, language):
        if form.literal not in text:
            continue
        for match in islice(lazy(form.pattern).finditer(text), _MAX_IN_FILE):
            name, start = match[match.lastindex or 1], match.start(match.lastindex or 1)
            before, after = _around(text, match)
            if _in_comment(before, language):
                continue
            span = Span(source, start, start + len(name))
            need = (form.judge(match, text) if form.judge else None) or _need(before, after)
            if language == "php" and source.path.startswith("config/"):
                need = OPTIONAL  # Laravel's own files name what few set
            if need == PLAIN:
                need = _kept(before, text, match.end())
            yield Read(name, span, need), match[1] == "setdefault" or _sets(before, after)
    if language not in _FORMS and ".env" in text:
        yield from _unpacked(source)
    for start, end in required(text, language):
        yield Read(text[start:end], Span(source, start, end), REQUIRED), False


def _forms(text: str, language: str) -> Iterator[Form]:
    yield from _FORMS.get(language, _SCRIPT)
    if language == "py" and re.search(r"\bimport environ\b|\bfrom environs? import", text):
        yield _ENVIRON
    if language == "py" and "decouple" in text:
        yield _DECOUPLE


def _around(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The line before a match, as far as it counts, with the one above where that goes on, and what follows."""
    first = max(match.start() - 300, 0)
    start = max(text.rfind("\n", first, match.start()) + 1, first)
    if start > first and _BEGINS.fullmatch(text, start, match.start()):
        above = max(text.rfind("\n", first, start - 1) + 1, first)
        if _GOES_ON.search(text, above, start) and "//" not in text[above:start]:
            start = above
    return text[start : match.start()], text[match.end() : match.end() + 200]


def _in_comment(before: str, language: str) -> bool:
    if language in ("py", "rb", "ex", "exs"):
        return _HASH.search(before) is not None
    return _COMMENT.search(before) is not None


def _sets(before: str, after: str) -> bool:
    return bool(re.match(r"\s*(?:\|\||\?\?)?=(?![=~>])", after)) or bool(
        re.search(r"\b(?:delete|del)\s+(?:process|os|import\.meta)?\.?\w*$", before)
    )


def _need(before: str, after: str) -> str:
    """What a read needs, as the code around it tells."""
    front = re.sub(r"(?:process|import\.meta|Bun|os|std::|std)\.?$", "", before)
    if _DENIED.search(front) and _FAILS.search(after):
        return REQUIRED
    if _OR.match(after) or _TESTED.search(front) or _COPES.search(front):
        return OPTIONAL
    if _GIVEN.match(after) and _COERCES.search(front):
        return OPTIONAL
    if not front.rpartition("\n")[2].strip("([ \t") and after[:1] == ",":
        return OPTIONAL  # one of several that are tried in turn
    if re.match(r"\s*\.(?:unwrap\(|expect\()|\s*\?;", after):
        return REQUIRED
    if re.match(r"\)?\s*(?:;\s*)?(?:if \w+ == \"\"|\n\s*if \w+ == \"\"|\n\s*if \(?!\w)", after):
        return REQUIRED if _FAILS.search(after) else OPTIONAL
    return PLAIN


def _kept(before: str, text: str, end: int) -> str:
    """What a read needs whose value is kept under a name: what is done with the name below, as far as it shows."""
    name = _KEPT.search(before)
    if not name:
        # `NAME: process.env.NAME` hands it to a schema of the code, which says what must be set.
        return (
            OPTIONAL
            if _HANDED_ON.search(before + text[max(end - _MAX_ARGUMENTS, 0) : end])
            else PLAIN
        )
    word = re.escape(name[1])
    test = re.compile(
        rf"(?:\bif|\belif|\bunless|\band|&&|!)[\s(!]{{0,9}}(?:not\s)?[\s(]{{0,9}}(?:\w{{1,20}}\.)?{word}\b(?!\s*[.(\[])"
        rf"|(?<![\w.]){word}\s{{0,9}}(?:\|\||\?\?|\?[^.]|&&|or\b|and\b|if\b|is\b)|\b{word}\?\."
    ).search(text, end, end + _MAX_BELOW)
    if not test:
        return PLAIN
    chosen = re.compile(r"(?:\s+is\s+not\s+None)?\s+else\b").match(text, test.end())
    fails = not chosen and _FAILS.search(text, test.end(), test.end() + 200)
    return REQUIRED if fails else OPTIONAL


def _unpacked(source: Source) -> Iterator[tuple[Read, bool]]:
    """`const { NAME, OTHER = 1 } = process.env`"""
    for whole in islice(_UNPACKED.finditer(source.text), _MAX_IN_FILE):
        for one in _UNPACKED_NAME.finditer(source.text, *whole.span(1)):
            span = Span(source, *one.span(1))
            yield Read(one[1], span, OPTIONAL if one[2] else PLAIN), False
