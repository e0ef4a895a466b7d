"""Lines that an example lacks, written at its end."""

from prodlint.core.finding import Edit
from prodlint.core.source import Source, Span
from prodlint.env.values import as_text
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile


def assignments(env: "EnvFile", names: list[str], mark: str = "") -> list[Edit]:
    """`NAME=` and what its schema shows for it, for each name; `mark` stands before it, as `# ` does."""
    source = env.source
    end = "\r\n" if "\r\n" in source.text else "\n"
    lead = "" if source.text.endswith(("\n", "\r")) or not source.text else end
    lines = "".join(f"{mark}{name}={_shown(env, name)}{end}" for name in names)
    return [Edit(Span(source, len(source.text), len(source.text)), lead + lines)]


def added(before: Source, after: Source) -> str:
    """The whole lines that a text has more than before, at its end."""
    if not after.text.startswith(before.text):
        return ""
    more, ends = after.text[len(before.text) :], ("\n", "\r")
    return more if before.text.endswith(ends) or more.startswith(ends) else ""


def _shown(env: "EnvFile", name: str) -> str:
    said = env.schema.said(name, env.profile) if env.schema else None
    if not said or said.get("secret"):
        return ""
    text = as_text(said.get("example", said.get("default", "")))
    return text if text.isascii() and not set(text) & set(" \t\r\n#'\"\\$`;&|<>()") else ""
