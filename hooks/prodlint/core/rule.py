"""Hooks and rules, found by looking at the folders: a folder is a hook, a module with a page beside it is a rule."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from prodlint.core.finding import Findings
from prodlint.typed import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.ignore import Foreign
    from prodlint.core.project import Project
    from prodlint.core.source import Source

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NOT_HOOKS = {"commands", "core", "report", "schemas"}


class Hook(NamedTuple):
    """A kind of file and its rules.

    `files` says which paths it lints; `rests_on` which other paths may change what it finds in them. `keeps(before, after,
    project)` tells whether a fix leaves the meaning of a file as it was. `history` says that what it finds matters in old
    versions of its files too.
    """

    name: str
    summary: str
    files: re.Pattern[str]
    rests_on: str
    parse: Callable[..., Any]
    keeps: Callable[..., bool]
    history: bool

    def claims(self, path: str) -> bool:
        return self.files.search(path) is not None

    def depends_on(self, path: str) -> bool:
        return bool(self.rests_on) and re.search(self.rests_on, path) is not None


class Rule(NamedTuple):
    """A fault that prodlint finds."""

    id: str
    level: str
    enabled: bool
    summary: str
    check: Callable[[Any], Findings]


def hook_names() -> list[str]:
    return sorted(
        entry.name
        for entry in os.scandir(PACKAGE)
        if entry.name not in NOT_HOOKS and os.path.isfile(os.path.join(entry.path, "__init__.py"))
    )


def hook(name: str, settings: Mapping[str, Any] = MappingProxyType({})) -> Hook:
    """A hook as a repository's settings for it want it: they may change which files it lints."""
    module = import_module(f"prodlint.{name}")
    files = module.files_of(settings) if hasattr(module, "files_of") else module.FILES
    return Hook(
        name,
        (module.__doc__ or "").strip(),
        re.compile(files),
        getattr(module, "RESTS_ON", ""),
        module.parse,
        getattr(module, "keeps", lambda *files: True),
        getattr(module, "HISTORY", False),
    )


def foreign_ignores(hook_name: str, source: "Source", project: "Project") -> "list[Foreign]":
    """What comments for other tools ask of a hook. Each of them holds one of the hook's FOREIGN."""
    words = getattr(import_module(f"prodlint.{hook_name}"), "FOREIGN", ())
    if not any(word in source.text for word in words):
        return []
    return list(import_module(f"prodlint.{hook_name}.foreign_ignores").read(source, project))


@cache
def rule_ids(hook_name: str) -> tuple[str, ...]:
    """The ids of a hook's rules; imports none of them."""
    pages = sorted(
        name for name in os.listdir(os.path.join(PACKAGE, hook_name)) if name.endswith(".md")
    )
    return tuple(f"{hook_name}/{page[:-3].replace('_', '-')}" for page in pages)


def all_rule_ids() -> list[str]:
    return [rule_id for name in hook_names() for rule_id in rule_ids(name)]


def load(rule_id: str) -> Rule:
    module = import_module("prodlint." + rule_id.replace("-", "_").replace("/", "."))
    return Rule(
        rule_id,
        module.LEVEL,
        getattr(module, "ENABLED", True),
        (module.__doc__ or "").strip().splitlines()[0],
        module.check,
    )


def page(rule_id: str) -> str:
    with open(os.path.join(PACKAGE, rule_id.replace("-", "_") + ".md"), encoding="utf-8") as file:
        return file.read()


def selected(rule_id: str, names: Iterable[str]) -> bool:
    """Whether a list of rule ids, hook names and `hook/*` names this rule."""
    hook_name = rule_id.partition("/")[0]
    return any(name in (rule_id, hook_name, f"{hook_name}/*") for name in names)


def unknown(name: str) -> str | None:
    """None when `name` names a rule or a hook, else what is wrong with it."""
    known = [*all_rule_ids(), *hook_names(), *(f"{hook}/*" for hook in hook_names())]
    return None if name in known else f"unknown rule {name!r}" + did_you_mean(name, known)


def did_you_mean(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, known, 1, 0.6)
    if not close and "/" not in name:
        close = [item for item in known if item.partition("/")[2] == name][:1]
    return f", did you mean {close[0]!r}?" if close else ""


def suggestions() -> Callable[..., str]:
    """As did_you_mean, for a file that may hold thousands of faults: it is slow, and says nothing after a hundred calls."""
    left = iter(range(100))

    def suggest(name: str, known: Collection[str], besides: str = "") -> str:
        if len(known) >= 1000 or next(left, None) is None:
            return ""
        return did_you_mean(name, [other for other in known if other != besides])

    return suggest
