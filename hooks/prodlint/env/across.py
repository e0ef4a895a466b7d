"""What a schema says of several variables together, and of those that should not be set."""

from collections.abc import Iterator

from prodlint.core.finding import Finding, Related
from prodlint.env.authored import kind
from prodlint.env.formats import MEASURES
from prodlint.env.problem import DEPRECATED, INVALID, MISSING, Problem
from prodlint.env.reader import short
from prodlint.env.values import as_text, coerce
from prodlint.env.wording import shown
from prodlint.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prodlint.env.fit import Fit


def problems(fit: "Fit") -> Iterator[Problem]:
    """The problems of a file whose schema is `.env.schema.yaml`."""
    schema, profile = fit.schema, fit.env.profile
    for name in fit.env.values:
        said = schema.said(name, profile)
        if said and fit.text(name):
            yield from _unwanted(fit, name, said)
            if name not in fit.unsure:
                yield from _compared(fit, name, said)
    if fit.env.partial:
        return
    for name in fit.declared:
        if name not in fit.instance and (why := condition(fit, name)):
            yield fit.missing(name, None, why)
    for group, ways in schema.groups.items():
        for keyword, sets in ways.items():
            yield from _group(fit, group, keyword, [[n] if isinstance(n, str) else n for n in sets])


def condition(fit: "Fit", name: str) -> str:
    """Why a variable is required although `required` does not say so; "" when it is not, or when that is unknown."""
    said = fit.schema.said(name, fit.env.profile) or {}
    if "default" in said:
        return ""
    with_ = said.get("requiredWith", [])
    for other in [with_] if isinstance(with_, str) else with_:
        if other in fit.instance and other not in fit.unsure:
            return f" with {short(other)}"
    asked = said.get("requiredIf", {})
    if any(other in fit.unsure or not _meets(fit, other, asked[other]) for other in asked):
        return ""
    return f" when {' and '.join(_met(fit, *item) for item in asked.items())}," if asked else ""


def _meets(fit: "Fit", name: str, wanted: Any) -> bool:
    """Whether a variable, or else its default, has one of the values; `true` is any value of one that is no boolean."""
    said = fit.declaration(name)[0]
    text = fit.text(name) or as_text(said.get("default", ""))
    if kind(said) == "boolean":
        text = as_text(fit.instance.get(name, text)).lower()
    elif wanted is True:
        return bool(text)
    return text in [
        as_text(option) for option in (wanted if isinstance(wanted, list) else [wanted])
    ]


def _met(fit: "Fit", name: str, wanted: Any) -> str:
    if fit.sensitive(name) or (wanted is True and kind(fit.declaration(name)[0]) != "boolean"):
        return f"{short(name)} is set"
    return f"{short(name)} is {fit.text(name) or 'left to its default'}"


def _unwanted(fit: "Fit", name: str, said: dict[str, Any]) -> Iterator[Problem]:
    variable, place = fit.env.values[name], fit.schema.where(name)
    masked = fit.env.confidential(variable.key.line)
    new, why = said.get("renamedTo"), said.get("deprecated")
    if new or why:
        message = f"{short(name)} is deprecated"
        advice = why if isinstance(why, str) else f"remove {short(name)}"
        if new:
            both = "which is set too" if new in fit.env.values else "which is not set"
            message = f"{short(name)} was renamed to {new}, {both}"
            advice = f"remove {short(name)}" if new in fit.env.values else f"write {new}="
        related = [Related(place, f"says so of {short(name)}")]
        yield Problem(DEPRECATED, Finding(variable.key, message, advice, related, masked=masked))
    if fit.env.profile in said.get("forbiddenIn", ()):
        message = f"{fit.where}{short(name)} must not be set"
        related = [Related(place, f"says so of {short(name)}")]
        yield Problem(
            INVALID,
            Finding(variable.key, message, said.get("description", ""), related, masked=masked),
        )


def _compared(fit: "Fit", name: str, said: dict[str, Any]) -> Iterator[Problem]:
    """`atLeast`, `atMost`, `sameAs` and `differsFrom`."""
    mine = fit.text(name)
    for keyword, words in _WORDS.items():
        others = said.get(keyword, [])
        for other in [others] if isinstance(others, str) else others:
            yours = fit.text(other)
            if not yours or other in fit.unsure or _holds(keyword, said, mine, yours):
                continue
            sensitive = fit.sensitive(name) or fit.sensitive(other)
            than = short(other) + (f" ({shown(yours, False)})" if not sensitive else "")
            message = f"{fit.where}{short(name)} must be {words} {than}"
            message += "" if sensitive else f", got {shown(mine, False)}"
            related = [Related(fit.schema.where(name), f"declares {short(name)}")]
            if seen := fit.env.values.get(other) or fit.env.inherited.get(other):
                related.append(Related(seen.key, f"sets {short(other)}"))
            finding = Finding(fit.env.values[name].raw, message, "", related, secret=sensitive)
            yield Problem(INVALID, finding)
            return


_WORDS = {
    "atLeast": "at least",
    "atMost": "at most",
    "sameAs": "the same as",
    "differsFrom": "another value than",
}


def _holds(keyword: str, said: dict[str, Any], mine: str, yours: str) -> bool:
    if keyword in ("sameAs", "differsFrom"):
        return (mine == yours) == (keyword == "sameAs")
    measure = MEASURES.get(said.get("format", ""), _number)
    left, right = measure(mine), measure(yours)
    if left is None or right is None:
        return True  # that they are none is another finding
    return left >= right if keyword == "atLeast" else left <= right


def _number(text: str) -> float | None:
    value = coerce(text, ("number",))
    return None if isinstance(value, str) else value


def _group(fit: "Fit", group: str, keyword: str, sets: list[list[str]]) -> Iterator[Problem]:
    """Variables that stand in for each other: none of the sets is there as a whole, or more than one of `oneOf`."""
    if any(name in fit.unsure for names in sets for name in names):
        return
    whole = [names for names in sets if all(name in fit.instance for name in names)]
    if len(whole) == 1 or (whole and keyword == "anyOf"):
        return
    listed = " or ".join(" and ".join(map(short, names)) for names in whole or sets)
    if whole:
        message = f"{fit.where}only one of {listed} may be set (group {group})"
    else:
        message = f"{fit.where}one of {listed} is required (group {group})"
    place = fit.schema.place("groups", group)
    yield Problem(INVALID if whole else MISSING, fit.at_start(message, Related(place, "says so")))
