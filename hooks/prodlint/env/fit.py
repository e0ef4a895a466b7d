"""Where an env file does not fit its schema."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from prodlint.core.finding import WARNING, Finding, Related
from prodlint.core.source import Span
from prodlint.env import across, authored, names, wording
from prodlint.env.own import Breach, breaches
from prodlint.env.problem import INVALID, MISSING, UNKNOWN, WEAK, Problem
from prodlint.env.quick import fits
from prodlint.env.reader import short
from prodlint.env.schema import Schema
from prodlint.env.secrecy import PLACEHOLDER, PUBLISHED
from prodlint.env.values import as_text, coerce
from prodlint.typed import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile

_REFERENCE = re.compile(r"\$[\w{(]|\{\{|<%")  # loaders or templates put something else in its place
_BETWEEN = {"if", "then", "else", "anyOf", "oneOf", "not", "dependentRequired", "dependencies"}
_SWITCHES = {"0", "1", "yes", "no", "on", "off", "y", "n", "t", "f", "enabled", "disabled"}
_MAX_GUESSES = 100
# What may be told of a secret; and the demands on how hard it is to guess.
_PLAIN_PARTS = ("schemes", "forbidHosts", "query", "minEntropy")
_STRENGTH = ("minLength", "minEntropy", "forbid", "forbidPrefix")


class _Errors(NamedTuple):
    """The names that are missing and unknown, one error for each that is invalid, and errors of the file as a whole."""

    missing: dict[str, None]
    unknown: dict[str, None]
    invalid: dict[str, Any]
    together: list[Any]


def problems(env: "EnvFile", schema: Schema) -> Iterator[Problem]:
    """One problem for each variable that does not fit; of a weak secret, that it is weak."""
    found = list(Fit(env, schema).problems())
    weak = {problem.finding.span for problem in found if problem.kind == WEAK}
    return (item for item in found if item.kind == WEAK or item.finding.span not in weak)


class Fit:
    """A file against its schema; `instance` has what is set, `unsure` the names whose values only the loader knows."""

    def __init__(self, env: "EnvFile", schema: Schema) -> None:
        self.env = env
        self.schema = schema
        self.where = f"in {env.profile}, " if env.profile not in (None, names.EXAMPLE) else ""
        self.guesses = _MAX_GUESSES
        # Variables that are set, but to something that only the loader knows.
        self.unsure = env.passed_on.union(*(base.passed_on for base in env.bases))
        self.unsure -= env.values.keys()
        self.instance: dict[str, Any] = dict.fromkeys(self.unsure, "")
        for name, variable in {**env.inherited, **env.values}.items():
            text = variable.value or ""
            known = schema.said(name, env.profile) is not None
            if not known and name not in env.values:
                continue
            if self.is_open(text):
                self.unsure.add(name)
                self.instance[name] = text
            elif text:
                self.instance[name] = self.read(name, text)
            elif not known:
                self.instance[name] = ""  # to be found unknown

    def is_open(self, text: str) -> bool:
        """Whether something else will stand there: what a reference stands for, or what a person writes."""
        if self.env.is_example:
            from prodlint.env.placeholder import is_placeholder

            return is_placeholder(text) or _REFERENCE.search(text) is not None
        return _REFERENCE.search(text) is not None

    def read(self, name: str, text: str) -> Any:
        below = self.schema.said(name, self.env.profile)
        if below is None:
            return text
        if self.schema.plain is None:
            kind = authored.kind(below)
            if kind == "boolean" and text.lower() in self.switches:
                return self.switches[text.lower()]
            return coerce(text, (kind,))
        from prodlint.env import plain

        value = plain.read(below, text)
        if value is None:
            self.unsure.add(name)
        return value

    def text(self, name: str) -> str:
        """What a variable is set to, here or in a file below; "" for nothing."""
        variable = self.env.values.get(name) or self.env.inherited.get(name)
        return variable.value or "" if variable else ""

    def sensitive(self, name: str) -> bool:
        variable = self.env.values.get(name) or self.env.inherited.get(name)
        return variable is not None and self.env.is_confidential(variable)

    def declaration(self, name: str) -> tuple[dict[str, Any], Span]:
        """What the schema says of a variable, and where."""
        return self.schema.said(name, self.env.profile) or {}, self.schema.where(name)

    @cached_property
    def switches(self) -> dict[str, bool]:
        """Further words for true and false, which the program's own reader of variables takes."""
        from prodlint.env.switches import accepted

        return accepted(self.env.project, self.env.path)

    @cached_property
    def declared(self) -> list[str]:
        """The names that the schema lists."""
        if self.schema.plain is not None:
            return list(self.schema.plain.get("properties", ()))
        return [name for name in self.schema.variables if "*" not in name]

    def problems(self) -> Iterator[Problem]:
        schema = self.schema.plain
        if schema is None:
            schema = authored.json_schema(self.schema, self.env.profile, self.env.values)
            if self.env.partial:
                schema |= {"required": [], "additionalProperties": True}
            yield from across.problems(self)
            elsewhere = self.env.inherited.keys() - self.env.values.keys()
            if fits(self.schema, schema, self.instance, self.unsure | elsewhere):
                return
        yield from self.told(self.errors(schema))

    def errors(self, schema: dict[str, Any]) -> "_Errors":
        """What jsonschema says, without what hangs on values that nobody knows."""
        from prodlint.env.validator import errors

        found = _Errors({}, {}, {}, [])
        for error in errors(self.schema, schema, self.instance):
            keyword, path = error.validator, list(error.absolute_path)
            if self.depends_on_unsure(error):
                continue
            if not path:
                if keyword in ("required", "dependentRequired", "dependencies"):
                    found.missing[error.message] = None
                elif keyword in ("anyOf", "oneOf", "not"):
                    found.together.append(error)
            elif keyword == "additionalProperties" and len(path) == 1:
                found.unknown[path[0]] = None
            elif path[0] in self.env.values and path[0] not in self.unsure:
                known = found.invalid.setdefault(path[0], error)
                if wording.rank(keyword) < wording.rank(known.validator):
                    found.invalid[path[0]] = error
        return found

    def told(self, found: "_Errors") -> Iterator[Problem]:
        for name, error in found.invalid.items():
            verdict = self.env.verdicts.get(name)
            if verdict and verdict.kind in (PUBLISHED, PLACEHOLDER):
                continue  # which says it all
            yield from self.invalid(name, error)
        if self.env.partial:
            return
        yield from map(self.misfit, found.together)
        taken: set[str] = set()
        for name in found.missing:
            if "default" in self.declaration(name)[0] or name in self.renamed:
                continue
            guess = None
            if name not in self.env.values:
                guess = self.guess(name, [own for own in self.undeclared if own not in taken])
            if guess:
                taken.add(guess)
            yield self.missing(name, guess)
        for name in found.unknown:
            if name in self.env.values and name not in taken:
                yield self.unknown(name)

    def depends_on_unsure(self, error: Any) -> bool:
        """Whether a condition decided that may hang on a value that is not known."""
        steps = list(error.absolute_schema_path)
        before = steps[: steps.index("properties")] if "properties" in steps else steps
        return bool(self.unsure) and not _BETWEEN.isdisjoint(before)

    def invalid(self, name: str, error: Any) -> Iterator[Problem]:
        variable, keyword = self.env.values[name], error.validator
        value = variable.value or ""
        said, place = self.declaration(name)
        sensitive = self.env.is_confidential(variable)
        if self.env.is_example and sensitive and keyword in ("minLength", "maxLength", "pattern"):
            return  # what stands in for a secret need not look like one
        must = " or ".join(dict.fromkeys(map(_expected, error.context or [error])))
        got, kind = wording.got(keyword, value, sensitive), INVALID
        if keyword == "x-prodlint":
            keyword, must, part = next(
                breaches(error.validator_value, said.get("format"), value), Breach(keyword, must)
            )
            got = (
                part
                if part and keyword in _PLAIN_PARTS
                else wording.shown(part or value, sensitive)
            )
        if said.get("secret") and keyword in _STRENGTH:
            kind = WEAK
            if self.env.is_example:
                return
        message = f"{self.where}{short(name)} must be {must}, got {got}"
        advice = said.get("description", "")
        if keyword == "enum" and not sensitive:
            options = [as_text(option) for option in error.validator_value]
            message += f", did you mean {near!r}?" if (near := _near(value, options)) else ""
        elif (
            keyword == "type" and error.validator_value == "boolean" and value.lower() in _SWITCHES
        ):
            advice = "write true or false; where the program takes other words, list them: enum: ['0', '1']"
        elif (keyword == "minLength" and sensitive) or kind == WEAK:
            advice = f"make a new one: {said.get('generate', 'openssl rand -hex 32')}"
        related = [Related(place, f"declares {short(name)}")]
        yield Problem(kind, Finding(variable.raw, message, advice, related, secret=sensitive))

    def missing(self, name: str, guess: str | None, why: str = "") -> Problem:
        said, place = self.declaration(name)
        span, what = Span(self.env.source, 0, 0), "not set"
        if variable := self.env.values.get(name):
            span, what = variable.key, "empty"
        elif guess:
            span = self.env.values[guess].key
            what = f"not set: {short(guess)} is, which is not in the schema"
        message = f"{self.where}{short(name)} is required{why} and {what}"
        advice = said.get("description", "")
        example = said.get("example", said.get("default"))
        if example is not None and not said.get("secret"):
            advice = f"write {name}={as_text(example)}" + (f" ({advice})" if advice else "")
        related = [Related(place, f"requires {short(name)}")]
        if not variable:
            related += [
                Related(
                    base.source.line_span(1), "is read before this file, and does not set it either"
                )
                for base in self.env.bases
            ]
        masked = self.env.confidential(span.line)
        fix = []
        if self.env.is_example and not (variable or guess):
            from prodlint.env.appended import assignments

            fix = assignments(self.env, [name])
        return Problem(MISSING, Finding(span, message, advice, related, masked=masked, fix=fix))

    def misfit(self, error: Any) -> Problem:
        """The variables together fit none of several alternatives, or more than one."""
        needed = [inner.message for inner in error.context or () if inner.validator == "required"]
        message = f"{self.where}the variables do not fit `{error.validator}` of the schema"
        if needed and len(needed) == len(error.context or ()):
            listed = ", ".join(dict.fromkeys(needed))
            message = f"{self.where}one of {listed} is required and none is set"
        place = self.schema.place(*error.absolute_schema_path)
        return Problem(MISSING, self.at_start(message, Related(place, "says so")))

    def at_start(self, message: str, place: Related) -> Finding:
        """A finding on the file as a whole."""
        start, masked = Span(self.env.source, 0, 0), self.env.confidential(1)
        return Finding(start, message, related=[place], masked=masked)

    def unknown(self, name: str) -> Problem:
        free = [known for known in self.declared if known not in self.env.values]
        guess = None
        if name in self.undeclared:
            guess = self.guess(name, free) or self.guess(name, self.declared, 0.9)
        message = f"{short(name)} is not in the schema" + (
            f", did you mean {guess}?" if guess else ""
        )
        place = self.schema.place("vars" if self.schema.plain is None else "properties")
        finding = Finding(
            self.env.values[name].key,
            message,
            help="correct the name, add the variable to the schema, or remove it",
            related=[Related(place, "lists the variables")],
            level=WARNING if self.schema.unknown == "warn" else "",
            masked=self.env.confidential(self.env.values[name].key.line),
        )
        return Problem(UNKNOWN, finding)

    @cached_property
    def renamed(self) -> set[str]:
        """Names that are set under their former ones, which is a finding of its own."""
        says = (self.declaration(name)[0] for name in self.env.values if self.text(name))
        return {said["renamedTo"] for said in says if "renamedTo" in said}

    @cached_property
    def undeclared(self) -> list[str]:
        """The first names of this file that the schema does not list: those that may be misspelt."""
        known = set(self.declared)
        names_here = (name for name in self.env.values if len(name) <= 80 and name not in known)
        return list(islice(names_here, _MAX_GUESSES))

    def guess(self, name: str, candidates: Iterable[str], cutoff: float = 0.8) -> str | None:
        """The name that may be meant; for the first names only, as it takes long."""
        self.guesses -= 1
        return _near(name, candidates, cutoff) if self.guesses > 0 else None


def _expected(error: Any) -> str:
    below = error.schema if isinstance(error.schema, dict) else {}
    return wording.expected(error.validator, error.validator_value, below)


def _near(text: str, candidates: Iterable[str], cutoff: float = 0.8) -> str | None:
    from difflib import get_close_matches

    by_lower = {candidate.lower(): candidate for candidate in candidates}
    close = get_close_matches(text.lower()[:80], by_lower, 1, cutoff)
    return by_lower[close[0]] if close else None
