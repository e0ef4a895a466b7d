"""The code reads a variable that nothing declares: whoever deploys it does not know that it must be set."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.env.model import EnvFile

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    if not env.is_example or env.foreign or not env.variables:
        return
    from prodlint.env.repository import related_reads
    from prodlint.env.together import together
    from prodlint.env.undocumented import advice, told, undocumented

    for items in together(undocumented(env), lambda item: item.reads[0].span):
        first, *further = [item.reads[0] for item in items] if items[1:] else items[0].reads
        declared = env.values.get(items[0].meant or "")
        place = Related(
            (declared or env.variables[0]).key,
            "nothing reads this one" if declared else "the env file, which does not name it",
        )
        yield Finding(
            first.span,
            told(items),
            advice(items, env.path),
            [
                place,
                *related_reads([read for read in further if read.span.path != first.span.path]),
            ],
        )
