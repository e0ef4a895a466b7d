"""An env file: what it sets, what its loaders miss, and how it fits its schema."""

import re
from functools import cached_property
from itertools import islice

from prodlint.core.config import BadConfig
from prodlint.core.finding import Fault, Findings
from prodlint.core.lazy import lazy
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.env import names
from prodlint.env.problem import DEPRECATED, INVALID, MISSING, UNKNOWN, WEAK, Problem
from prodlint.env.reader import Entries, Variable, read, short
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.env.schema import Schema
    from prodlint.env.secrecy import Verdict

__all__ = [
    "DEPRECATED",
    "INVALID",
    "MISSING",
    "UNKNOWN",
    "WEAK",
    "Duplicate",
    "EnvFile",
    "Hidden",
    "Variable",
    "short",
]

_MAX_FAULTS = 100
_HIDDEN = lazy(r"(?:\\r)?\\n[ \t]*(?:export[ \t]+)?([A-Z][A-Za-z0-9_]*)=")
# Jinja, ERB and Handlebars templates; env-spec, whose values may be calls over several lines; shell scripts.
_OTHER = lazy(
    r"^[ \t]*(?:\{[{%#]|<%)|^#[ \t]*@(?:type|required|optional|sensitive|public|default\w+|currentEnv|import)\b"
    r"|\A#!|^(?:if \[|for \w+ in |source |\. |set [-+]\w)",
    re.MULTILINE,
)


class Hidden(NamedTuple):
    """Assignments behind a literal `\\n`, which no loader takes for the end of a line."""

    span: Span
    names: list[str]
    comment: bool


class Duplicate(NamedTuple):
    """One name that is set several times; the last one is what every loader keeps."""

    kept: Variable
    lost: list[Variable]

    @property
    def mixes_placeholder(self) -> bool:
        """Whether a real value and one that is to be replaced stand against each other."""
        from prodlint.env.placeholder import is_placeholder

        lost = [variable.value or "" for variable in self.lost]
        if is_placeholder(self.kept.value or ""):
            return not all(map(is_placeholder, lost))
        return any(value and is_placeholder(value) for value in lost)


class EnvFile:
    """An env file; `source` and `project` are what it was read from."""

    def __init__(self, source: Source, project: Project) -> None:
        self.source = source
        self.project = project

    @cached_property
    def _entries(self) -> Entries:
        return read(self.source)

    @cached_property
    def _conflicts(self) -> list[Span]:
        if "\n=======" not in self.source.text:
            return []
        from prodlint.env.faults import conflicts

        return conflicts(self.source)

    @cached_property
    def _suspect(self) -> bool:
        """Whether something may be wrong with the file as a list of assignments."""
        broken, blanks = self._entries.broken, self._entries.blanks
        return bool(broken or blanks or self._conflicts) or any(
            item.quote and "\n" in item.raw.text for item in self._entries.variables
        )

    @property
    def path(self) -> str:
        return self.source.path

    @cached_property
    def foreign(self) -> bool:
        """Whether this is the template of an env file, a shell script, or env-spec."""
        return _OTHER.search(self.source.text) is not None

    @cached_property
    def variables(self) -> list[Variable]:
        """Every assignment, in the order of the file."""
        return [item for item in self._entries.variables if item.value is not None]

    @cached_property
    def values(self) -> dict[str, Variable]:
        """What each name is set to: the last assignment wins."""
        return {variable.name: variable for variable in self.variables}

    @cached_property
    def passed_on(self) -> set[str]:
        """Names without `=`, which take their value from the environment, and names that a fault hides."""
        found = {item.name for item in self._entries.variables if item.value is None}
        found.update(name for item in self.hidden for name in item.names)
        if self._suspect:
            from prodlint.env.faults import lost_names

            found |= lost_names(self._entries)
        return found

    @cached_property
    def faults(self) -> list[Fault]:
        """Lines that set nothing, and quotes that swallow lines; the first of them, where there are very many."""
        if self.foreign or not self._suspect:
            return []
        from prodlint.env.faults import faults

        return list(islice(faults(self.source, self._entries, self._conflicts), _MAX_FAULTS))

    @cached_property
    def hidden(self) -> list[Hidden]:
        """Comments and unquoted values with assignments behind a literal `\\n`."""
        if "\\n" not in self.source.text:
            return []
        places = [(span, True) for span in self._entries.comments]
        places += [(item.comment, True) for item in self._entries.variables if item.comment]
        places += [(item.raw, False) for item in self.variables if not item.quote]
        found = [Hidden(span, _HIDDEN.findall(span.text), comment) for span, comment in places]
        return sorted(item for item in found if item.names)

    @cached_property
    def duplicates(self) -> list[Duplicate]:
        """Names that are set several times, but not to extend what they were."""
        if self._conflicts or self.foreign or len(self.values) == len(self.variables):
            return []
        by_name: dict[str, list[Variable]] = {}
        for variable in self.variables:
            by_name.setdefault(variable.name, []).append(variable)
        return [
            Duplicate(several[-1], several[:-1])
            for several in by_name.values()
            if len(several) > 1 and not any(_extends(variable) for variable in several[1:])
        ]

    @cached_property
    def is_example(self) -> bool:
        return names.is_example(self.path)

    @cached_property
    def bases(self) -> "list[EnvFile]":
        """The files that loaders read before this one, nearest first: `.env` before `.env.production`."""
        found = [self.project.parsed(path, EnvFile) for path in names.below(self.path)]
        return [base for base in found if base is not None]

    @cached_property
    def inherited(self) -> dict[str, Variable]:
        """What those files set; the nearest one wins."""
        return {name: item for base in reversed(self.bases) for name, item in base.values.items()}

    @cached_property
    def profile(self) -> str | None:
        """The profile of the schema that the file is for, as its name or one of its variables says."""
        if self.is_example:
            return names.EXAMPLE
        if self.schema is None:
            return None
        if words := names.words(self.path):
            return names.profile(words, self.schema.profiles)
        named = [
            self.values[name].value for name in self.schema.profile_from if name in self.values
        ]
        return names.profile([name.lower() for name in named if name][:1], self.schema.profiles)

    @property
    def partial(self) -> bool:
        """Whether the name says neither profile nor example: `db.env` need not hold every variable."""
        return self.profile is None and bool(names.words(self.path))

    @cached_property
    def schema(self) -> "Schema | None":
        """The nearest schema above the file; raises BadConfig when it is broken."""
        for candidates in names.schemas(self.path):
            found = [path for path in candidates if self.project.has(path)]
            if len(found) > 1:
                both = " and ".join(map(self.project.shown, found))
                raise BadConfig(f"{both} both exist: keep one")
            if found:
                from prodlint.env.schema_file import parse

                return self.project.parsed(found[0], parse)
            spec = candidates[0].removesuffix(".yaml")
            if self.project.has(spec):
                from prodlint.env import env_spec

                if schema := self.project.parsed(spec, env_spec.parse):
                    return schema
        return None

    def is_confidential(self, variable: Variable) -> bool:
        """Whether no report may quote a value: it is declared secret, or it or its name looks like one."""
        from prodlint.env.wording import is_sensitive

        declared = self.schema.is_secret(variable.name, self.profile) if self.schema else None
        return is_sensitive(variable.name, variable.value or "", declared)

    def confidential(self, line: int) -> list[Span]:
        """The values on a line that no report may quote."""
        on_line = self._by_line.get(line, ())
        return [variable.raw for variable in on_line if self.is_confidential(variable)]

    @cached_property
    def _by_line(self) -> dict[int, list[Variable]]:
        by_line: dict[int, list[Variable]] = {}
        for variable in self.variables:
            by_line.setdefault(variable.key.line, []).append(variable)
        return by_line

    @cached_property
    def verdicts(self) -> "dict[str, Verdict]":
        """Secrets that protect nothing, by name."""
        if not self.values or self.is_example or self.foreign:
            return {}
        from prodlint.env.secrecy import verdicts

        return verdicts(self)

    def misfits(self, kind: str) -> Findings:
        """Where the file does not fit its schema, of one kind: INVALID, MISSING, UNKNOWN, DEPRECATED or WEAK."""
        return (problem.finding for problem in self._problems if problem.kind == kind)

    @cached_property
    def _problems(self) -> list[Problem]:
        if self.schema is None or self.foreign:
            return []
        from prodlint.env.fit import problems

        return list(problems(self, self.schema))


def _extends(variable: Variable) -> bool:
    """`PATH=${PATH}:/opt/bin`"""
    text = variable.raw.text
    return f"${variable.name}" in text or f"${{{variable.name}" in text
