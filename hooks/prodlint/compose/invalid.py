"""What is wrong where a compose file does not fit its specification, in words, and what to write instead."""

from collections.abc import Callable, Iterator

from prodlint.compose.conformance import Path, Problem
from prodlint.compose.misplaced import Advice, advice, properties
from prodlint.core.finding import WARNING, Finding
from prodlint.core.rule import suggestions
from prodlint.typed import Any

_VERSION = "of June 2026"
_REFUSED = "docker compose refuses the file"
_MOST_ADVICE = 100  # looking for a similar key is slow
_OWNERS = ("services", "networks", "volumes", "secrets", "configs", "models")
_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "boolean": "a boolean",
    "integer": "a whole number",
    "number": "a number",
    "null": "empty",
    "date": "a date",
}
_KEYWORDS = {
    "pattern": "does not have the form that is asked for",
    "required": "lacks the key {}",
    "uniqueItems": "has this item twice, also on line {}",
    "minimum": "must be at least {}",
    "maximum": "must be at most {}",
    "range": "must be {}",
    "reference": "has a `${{` that begins no variable",
    "format": "cannot be read: {}",
}
_HELP = {
    "container_name": "use two or more letters, digits, dots, hyphens and underscores",
    "pull_policy": "write always, never, missing, build, daily, weekly, or every_ and a time, as in every_12h",
}


def described(problems: list[Problem]) -> Iterator[Finding]:
    near = suggestions()
    meant: dict[tuple[object, ...], Advice | None] = {}
    for problem in problems:
        if problem.keyword == "unknown" and isinstance(problem.demand, dict):
            key = (id(problem.demand), problem.path[2:], problem.path[-1], problem.found)
            if key not in meant and len(meant) < _MOST_ADVICE:
                meant[key] = _advice(problem, properties(problem.demand), near)
            yield _unknown(problem, meant.get(key))
            continue
        message = f"{_REFUSED}: {_message(problem)}"
        if problem.keyword == "enum" and isinstance(problem.demand, list):
            message += near(problem.found, problem.demand)
        yield Finding(problem.span, message, help=_help(problem))


def _advice(problem: Problem, known: dict[str, Any], near: Callable[..., str]) -> Advice | None:
    *above, name = problem.path
    if not known:
        return Advice("", "use letters, digits, dots, hyphens and underscores")
    if problem.found:
        return Advice("", f"write {name} below services:, two spaces further in")
    found = advice(name, tuple(above), known)
    if found is None and (suggestion := near(name, known)):
        return Advice(suggestion, "correct the key")
    return found


def _unknown(problem: Problem, meant: Advice | None) -> Finding:
    *above, name = problem.path
    where = f"in {_named(tuple(above))}" if above else "at the top of the file"
    what = f'unknown key "{name}" {where}'
    if meant:
        return Finding(problem.span, f"{_REFUSED}: {what}{meant.message}", help=meant.help)
    return Finding(
        problem.span,
        f"{_REFUSED}, unless the key is newer than the specification {_VERSION}: {what}",
        help="correct or remove the key; compose passes over keys that begin with x-",
        level=WARNING,
    )


def _named(path: Path) -> str:
    """`deploy.replicas of service "web"`."""
    if len(path) < 2 or path[0] not in _OWNERS:
        return ".".join(name for name in path if name != "*") or "the file"
    owner = f'{path[0][:-1]} "{path[1]}"'
    inside = ".".join(name for name in path[2:] if name != "*")
    if not inside:
        return owner
    return f"{'an item of ' * (path[-1] == '*')}{inside} of {owner}"


def _message(problem: Problem) -> str:
    what, demand = _named(problem.path), problem.demand
    if problem.keyword == "type" and isinstance(demand, dict):
        return f"{what} must be {_kinds(list(demand))}, and is {_KINDS[problem.found]}"
    if problem.keyword == "cast":
        return f"{what} must be {_KINDS[str(demand)]}"
    if problem.keyword == "enum" and isinstance(demand, list):
        return f"{what} must be {_listed(demand)}"
    if problem.keyword == "exclusive":
        return f"{what} has both {demand} and {problem.span.text}, which exclude each other"
    if problem.keyword == "needs" and isinstance(demand, tuple):
        return f"{what} lacks the key {_listed(list(demand))}"
    if problem.keyword == "platform" and isinstance(demand, list):
        return f"{what} has a platform that it does not build: {_listed(demand)}"
    if problem.keyword == "key":
        *above, name = problem.path
        return f"the key {name} in {_named(tuple(above))} is no text"
    return f"{what} {_KEYWORDS[problem.keyword].format(demand)}"


def _help(problem: Problem) -> str:
    if problem.found == "date" or problem.keyword == "key":
        return "put quotes around it"
    if problem.keyword == "reference":
        return "write ${NAME}, ${NAME:-default}, ${NAME:?message} or ${NAME:+value}, and $$ for a $ that is no variable"
    if problem.found == "null":
        return "write a value, or remove the key"
    return _HELP.get(problem.path[-1], "") if problem.keyword == "pattern" else ""


def _kinds(kinds: list[str]) -> str:
    """`text or a list`; where a number fits, a whole number needs no mention."""
    shown = [kind for kind in kinds if kind != "integer" or "number" not in kinds]
    return _listed([_KINDS[kind] for kind in shown if kind != "null" or len(shown) == 1])


def _listed(names: list[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} or {last}" if before else last
