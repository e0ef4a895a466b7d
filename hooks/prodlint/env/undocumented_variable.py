"""The code reads a variable that nothing declares: whoever deploys it does not know that it must be set."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.env.model import EnvFile, short

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    if not env.is_example or env.foreign or not env.variables:
        return
    from prodlint.env.reads import REQUIRED
    from prodlint.env.repository import related_reads
    from prodlint.env.undocumented import undocumented

    for name, reads in undocumented(env).items():
        first = next((read for read in reads if read.need == REQUIRED), reads[0])
        others = [read for read in reads if read is not first and read.span.path != first.span.path]
        fails = "it fails" if first.need == REQUIRED else "it is undefined"
        yield Finding(
            first.span,
            f"{short(name)} is read here and declared nowhere: {fails} where nobody sets it",
            help=f"add it to {env.path}, with what it is for, or give it a default here",
            related=[
                Related(env.variables[0].key, "the env file, which does not name it"),
                *related_reads(others),
            ],
        )
