"""The options that say which hooks and rules run."""

from prodlint.console import Stop
from prodlint.options import Option
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.engine import Selection

SELECTING = [
    Option("--only", "HOOK", "run only this hook (repeatable)"),
    Option("--select", "RULE", "run only this rule or hook/* (repeatable)"),
    Option("--ignore", "RULE", "leave out this rule or hook/* (repeatable)"),
]


def selection(given: dict[str, list[str]]) -> "Selection":
    """What the options choose; raises Stop for a hook or a rule that there is not."""
    from prodlint.core import rule
    from prodlint.core.engine import Selection

    only, select, ignore = (_split(given[option.name]) for option in SELECTING)
    hooks = [name for name in rule.hook_names() if name != "ignore"]
    for name in only:
        if name not in hooks:
            raise Stop(
                f"unknown hook {name!r}{rule.did_you_mean(name, hooks)}: there are {', '.join(hooks)}"
            )
    for name in (*select, *ignore):
        if wrong := rule.unknown(name):
            raise Stop(f"{wrong} (`prodlint rules` lists them)")
    return Selection(only, select, ignore, bool(given["--history"]))


def _split(values: list[str]) -> list[str]:
    return [name for value in values for name in value.split(",") if name]
