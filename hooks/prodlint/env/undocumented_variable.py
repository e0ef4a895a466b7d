"""The code reads a variable that nothing declares: whoever deploys it does not know that it must be set."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.env.model import EnvFile, short

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    if not env.is_example or env.foreign or not env.variables:
        return
    from prodlint.env.repository import related_reads
    from prodlint.env.together import together
    from prodlint.env.undocumented import advice, told, undocumented

    for variables in together(undocumented(env), lambda reads: reads[0].span):
        names = [short(reads[0].name) for reads in variables]
        first, *further = [reads[0] for reads in variables] if names[1:] else variables[0]
        yield Finding(
            first.span,
            told(names, first.need),
            advice(names, env.path),
            [
                Related(env.variables[0].key, "the env file, which does not name it"),
                *related_reads([read for read in further if read.span.path != first.span.path]),
            ],
        )
