"""How loaders disagree about a variable, in words that quote nothing of its value."""

from collections.abc import Iterator

from prodlint.core.finding import Edit, Finding, Related
from prodlint.env.loaders import BASH, COMPOSE, DOCKER_RUN, NODE_DOTENV
from prodlint.env.model import short
from prodlint.env.readings import Difference, Readings
from prodlint.env.together import together


def described(difference: Difference) -> str:
    name = short(difference.variable.name)
    parts = [
        f"{_listed(loaders)} {_got(value, len(loaders) > 1)}"
        for value, loaders in difference.groups.items()
    ]
    lengths = {len(value) for value in difference.values.values() if value is not None}
    if len(lengths) == 1 and None not in difference.values.values():
        parts = [f"{_listed(list(difference.values))} read different characters"]
    return f"{name} has two meanings: {', '.join(parts)}{cause(difference)}"


def worded(differences: list[Difference]) -> str:
    """What is said of those that have one cause."""
    first = differences[0]
    if len(differences) == 1:
        return described(first)
    more = f"{short(first.variable.name)} and {len(differences) - 1} more variables"
    return f"{more} have two meanings to {_listed(list(first.values))}{cause(first)}"


def advice(differences: list[Difference]) -> str:
    variable = differences[0].variable
    text = "write it so that all of them read the same: plain, or in quotes that all of them take"
    if variable.comment is not None:
        text = "write the comment on a line of its own, and the value plain or in quotes that all of them take"
    if len(differences) == 1:
        return text
    return f"{text}; the same goes for {', '.join(short(one.variable.name) for one in differences[1:])}"


def groups(readings: Readings) -> Iterator[list[Difference]]:
    """What is told of together: the same loaders differ for the same reason, and a fix can mend all of it or none."""
    found: dict[tuple[object, ...], list[Difference]] = {}
    for one in readings.differences:
        kind = (
            one.variable.comment is None,
            None in one.values.values(),
            not readings.mend(one),
        )
        found.setdefault((*one.values, cause(one), *kind), []).append(one)
    for alike in found.values():
        yield from together(alike, lambda one: one.variable.key)


def _listed(loaders: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(loaders[:-1]), loaders[-1]]))


def _got(value: str | None, several: bool) -> str:
    if value is None:
        return "do not set it" if several else "does not set it"
    count = len(value)
    what = "nothing" if not count else f"{count} character{'s' * (count > 1)}"
    return f"{'read' if several else 'reads'} {what}"


def cause(difference: Difference) -> str:
    """The end of a message; empty where it is not known."""
    variable, values = difference.variable, difference.values
    raw = variable.raw.text
    longest = max((value or "" for value in values.values()), key=len)
    if (
        DOCKER_RUN in values
        and values[DOCKER_RUN] == longest
        and (variable.quote or variable.comment)
    ):
        kept = ["quotes"] * bool(variable.quote) + ["comment"] * (variable.comment is not None)
        return f": docker run keeps the {' and the '.join(kept)}"
    if NODE_DOTENV in values and not variable.quote and "#" in raw:
        return ": to node dotenv, a `#` without quotes begins a comment"
    if COMPOSE in values and variable.comment is not None and values[COMPOSE] == longest:
        return ": docker compose takes the comment for the value"
    if "$" in raw:
        return ": a `$` begins a reference for some of them only"
    if "\\" in raw:
        return ": each has its own escapes"
    if BASH in values and not variable.quote and not {"'", '"'}.isdisjoint(raw):
        return ": bash takes the quotes out of the middle of a value"
    return ""


def byte_order_mark(readings: Readings) -> Finding | None:
    """A file with a byte order mark that bash reads: the first line becomes a command."""
    source = readings.env.source
    if BASH not in readings.by_loader or not source.bom or source.encoding != "utf-8":
        return None
    if "\r\n" in source.text:
        return None  # line_ends tells of both, as mending one of them alone changes values
    first, start = source.line_span(1), source.span(0, 0)
    return Finding(
        start,
        "the file begins with a byte order mark: bash runs the first line as a command, and sets nothing there",
        help="save the file as UTF-8 without a byte order mark",
        related=[Related(readings.uses[BASH], "bash reads this file")],
        masked=[first],
        fix=[Edit(start, "")],
    )


def line_ends(readings: Readings) -> Finding | None:
    """A file with carriage returns that bash reads: they become part of every value."""
    source = readings.env.source
    reading = readings.by_loader.get(BASH)
    if reading is None or "\r\n" not in source.text:
        return None
    count = sum(1 for value in reading.values.values() if value and value.endswith("\r"))
    if not count and not source.bom:
        return None
    edits, at = [], source.text.find("\r\n")
    if source.bom:
        edits.append(Edit(source.span(0, 0), ""))
    while at >= 0:
        edits.append(Edit(source.span(at, at + 1), ""))
        at = source.text.find("\r\n", at + 2)
    first = source.line_span(1)
    return Finding(
        source.span(0, 0),
        f"{'it begins with a byte order mark, and ' * source.bom}the lines end in CRLF: to bash, {count} value{'s' * (count > 1)} end{'s' * (count == 1)} in a carriage return",
        help="save the file with line feeds alone, and keep it so: `*.env* text eol=lf` in .gitattributes",
        related=[Related(readings.uses[BASH], "bash reads this file")],
        masked=[first],
        fix=edits,
    )
