"""What a schema demands of a value beyond the words of JSON Schema: hosts, queries, lists, bounds with units, entropy."""

from collections.abc import Callable, Iterator
from math import log2

from prodlint.env import wording
from prodlint.env.formats import FORMATS, MEASURES
from prodlint.env.values import TYPES, as_text, coerce, hosts, parameters, scheme
from prodlint.typed import Any, NamedTuple

# The keywords that stand under `x-prodlint`; of them, bounds only where the format has a unit.
KEYWORDS = (
    "schemes",
    "forbidHosts",
    "query",
    "items",
    "separator",
    "forbid",
    "forbidPrefix",
    "minEntropy",
)
BOUNDS = ("minimum", "maximum")
_WORD_BITS = 12  # one of 4096 common words
_LONGEST_WORD = 15


class Breach(NamedTuple):
    """What a value must be and is not; `got` is None where that is the value itself."""

    keyword: str
    must: str
    got: str | None = None


def breaches(own: dict[str, Any], form: str | None, text: str) -> Iterator[Breach]:
    """Every demand under `x-prodlint` that a text does not meet; whether the format fits is asked elsewhere."""
    for keyword, demand in own.items():
        check = _CHECKS.get(keyword)
        if check and (breach := check(demand, own, form, text)):
            yield breach


def _schemes(demand: Any, own: dict[str, Any], form: str | None, text: str) -> Breach | None:
    found = scheme(text)
    if not found or found in [name.lower() for name in demand]:
        return None
    what = "a URL" if form == "url" else "a connection string"
    return Breach("schemes", f"{what} with the scheme {' or '.join(demand)}", found)


def _hosts(demand: Any, own: dict[str, Any], form: str | None, text: str) -> Breach | None:
    barred = {name.lower() for name in demand}
    found = [host for host in hosts(text) if host in barred]
    if not found:
        return None
    return Breach("forbidHosts", f"on another host than {' or '.join(demand)}", found[0])


def _query(demand: Any, own: dict[str, Any], form: str | None, text: str) -> Breach | None:
    given = parameters(text)
    for name, allowed in demand.items():
        values = [as_text(value) for value in (allowed if isinstance(allowed, list) else [allowed])]
        value = given.get(name)
        if value not in values:
            must = " or ".join(f"{name}={option}" for option in values)
            got = f"no {name}" if value is None else f"{name}={wording.masked(name, value)}"
            return Breach("query", f"a connection string with {must}", got)
    return None


def _items(demand: Any, own: dict[str, Any], form: str | None, text: str) -> Breach | None:
    for item in parts(own, text):
        if must := _item(demand, item):
            return Breach("items", f"a list in which each is {must}", item)
    return None


def _item(below: dict[str, Any], text: str) -> str | None:
    """What an item of a list must be and is not, from the JSON Schema of an item."""
    form, value = below.get("format"), coerce(text, (below["type"],))
    for keyword in ("type", "format", "enum"):
        wrong = keyword in below and (
            type(value) not in TYPES[below["type"]]
            if keyword == "type"
            else not FORMATS[form or ""](value)
            if keyword == "format"
            else value not in below["enum"]
        )
        if wrong:
            return wording.expected(keyword, below[keyword], below)
    breach = next(breaches(below.get("x-prodlint", {}), form, text), None)
    return breach.must if breach else None


def parts(own: dict[str, Any], text: str) -> list[str]:
    """The items of a list."""
    return [item.strip() for item in text.split(own.get("separator", ","))]


def _forbid(demand: Any, own: dict[str, Any], form: str | None, text: str) -> Breach | None:
    barred = [as_text(value) for value in demand]
    given = [text, *parts(own, text)] if form == "csv" else [text]
    if not any(item in barred for item in given):
        return None
    return Breach("forbid", f"something else than {' or '.join(barred)}")


def _prefix(demand: Any, own: dict[str, Any], form: str | None, text: str) -> Breach | None:
    found = next((prefix for prefix in demand if text.startswith(prefix)), None)
    return Breach("forbidPrefix", f"a text that does not begin with {found}") if found else None


def _entropy(demand: Any, own: dict[str, Any], form: str | None, text: str) -> Breach | None:
    found = bits(text)
    if found >= demand:
        return None
    return Breach("minEntropy", f"random, of at least {demand} bits", f"about {int(found)}")


def _bound(low: bool) -> "_Check":
    keyword, words = ("minimum", "at least") if low else ("maximum", "at most")

    def check(demand: Any, own: dict[str, Any], form: str | None, text: str) -> Breach | None:
        measure = MEASURES[form or ""]
        value, bound = measure(text), measure(as_text(demand))
        if value is None or bound is None or (value >= bound if low else value <= bound):
            return None
        return Breach(keyword, f"{words} {as_text(demand)}")

    return check


_Check = Callable[[Any, dict[str, Any], "str | None", str], "Breach | None"]
_CHECKS: dict[str, _Check] = {
    "schemes": _schemes,
    "forbidHosts": _hosts,
    "query": _query,
    "items": _items,
    "forbid": _forbid,
    "forbidPrefix": _prefix,
    "minEntropy": _entropy,
    "minimum": _bound(True),
    "maximum": _bound(False),
}


def bits(text: str) -> float:
    """How hard a text is to guess, in bits: a word is worth 12, any other character what its alphabet holds.

    An upper bound for what people write, and close for what a generator did. Repeats count once.
    """
    import re

    rest = re.sub(r"(.{1,20}?)\1{2,}", r"\1", text[:1000], flags=re.DOTALL)
    words = [
        word
        for word in re.findall(r"[A-Za-z]?[a-z]{3,}|[A-Z]{4,}", rest)
        if len(word) <= _LONGEST_WORD and re.search(r"[aeiouyAEIOUY]", word)
    ]
    if sum(map(len, words)) < len(rest) / 2:
        words = []
    for word in words:
        rest = rest.replace(word, "", 1)
    if words:
        rest = re.sub(r"[-_. ]", "", rest)
    return _WORD_BITS * len(words) + len(rest) * log2(_alphabet(rest))


def _alphabet(text: str) -> int:
    """How many characters the text was drawn from, as far as it shows."""
    digits, lower = any(map(str.isdigit, text)), any(map(str.islower, text))
    upper = any(map(str.isupper, text))
    if not set(text.lower()) - set("0123456789abcdef"):
        return 10 if not (lower or upper) else 16
    others = 10 if any(not char.isalnum() for char in text) else 0
    return max(2, 10 * digits + 26 * lower + 26 * upper + others)
