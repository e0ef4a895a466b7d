"""A variable is set twice: only the last line counts, and a change to the first does nothing."""

from prodlint.core import ERROR, WARNING, Finding, Findings, Related
from prodlint.env.model import EnvFile, short

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    for duplicate in env.duplicates:
        name, kept = short(duplicate.kept.name), duplicate.kept
        lines = [str(variable.key.line) for variable in duplicate.lost]
        before = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(lines)}"
        message = f"{name} is set again: this line wins, {before} has no effect"
        if duplicate.mixes_placeholder:
            message += (
                ", and one value is a placeholder" if kept.value else ", and this one is empty"
            )
        yield Finding(
            kept.key,
            message,
            help="keep the line with the value that is meant",
            related=[Related(variable.key, f"sets {name} too") for variable in duplicate.lost],
            level=ERROR if duplicate.mixes_placeholder else "",
        )
