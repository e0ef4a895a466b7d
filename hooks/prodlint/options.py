"""The options of a command line; argparse with its translations takes longer than to lint a file."""

from collections.abc import Sequence

from prodlint.typed import NamedTuple

WIDTH = 80


class BadOption(Exception):
    """An option that there is not, or a value that it does not take; the text is one line for the user."""


class Option(NamedTuple):
    """`value` names what the option takes, "" when it takes nothing; it takes only `choices` when there are any."""

    name: str
    value: str
    help: str
    choices: Sequence[str] = ()


def parse(
    words: Sequence[str], options: Sequence[Option]
) -> tuple[dict[str, list[str]], list[str]]:
    """The values of each option by its name, and the other words. After `--` no word is an option."""
    known = {option.name: option for option in options}
    found: dict[str, list[str]] = {option.name: [] for option in options}
    others: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            others += rest
        elif word.startswith("-") and word != "-":
            name, given, value = word.partition("=")
            option = known.get(name)
            if option is None:
                raise BadOption(f"unknown option {name}{_did_you_mean(name, list(known))}")
            if bool(given) > bool(option.value):
                raise BadOption(f"{name} takes no value")
            if option.value and not given:
                value = next(rest, "")
                if not value or value.startswith("--"):
                    raise BadOption(f"{name} lacks its value: {name} {option.value}")
            if option.choices and value not in option.choices:
                raise BadOption(f"{name} {value}: expected one of {', '.join(option.choices)}")
            found[name].append(value)
        else:
            others.append(word)
    return found, others


def described(options: Sequence[Option]) -> str:
    """The options with what they do, for a terminal of WIDTH columns."""
    from textwrap import wrap

    heads = [f"  {option.name} {option.value}" for option in options]
    column = max(map(len, heads)) + 2
    text = ""
    for head, option in zip(heads, options, strict=True):
        choices = f": {', '.join(option.choices)}" if option.choices else ""
        first, *more = wrap(option.help + choices, WIDTH - column, break_on_hyphens=False)
        text += f"{head:{column}}{first}\n" + "".join(f"{'':{column}}{line}\n" for line in more)
    return text


def _did_you_mean(name: str, known: list[str]) -> str:
    from prodlint.core.rule import did_you_mean

    return did_you_mean(name, known)
