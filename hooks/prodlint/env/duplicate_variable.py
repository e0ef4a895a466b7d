"""A variable is set twice: only the last line counts, and a change to the first does nothing."""

from prodlint.core import ERROR, WARNING, Finding, Findings, Related
from prodlint.env.model import EnvFile, short

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    for duplicate in env.duplicates:
        name, kept = short(duplicate.kept.name), duplicate.kept
        lines = [str(variable.key.line) for variable in duplicate.lost]
        lost = f"line{'s' * (len(lines) > 1)} {', '.join(lines)}"
        if len(lines) > 5:
            lost = f"{len(lines)} lines above it"
        message = f"{name} is set again: this line wins over {lost}"
        if duplicate.mixes_placeholder:
            message += ", and one value is a placeholder" if kept.value else ", and is empty"
        yield Finding(
            kept.key,
            message,
            help="keep the line with the value that is meant",
            related=[Related(variable.key, f"sets {name} too") for variable in duplicate.lost[-5:]],
            level=ERROR if duplicate.mixes_placeholder else "",
            masked=env.confidential(kept.key.line),
        )
