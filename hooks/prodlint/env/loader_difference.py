"""Two programs that read the file get different values from one line."""

from prodlint.core import ERROR, WARNING, Finding, Findings, Related
from prodlint.env.alike import alike
from prodlint.env.model import EnvFile

LEVEL = WARNING


def check(env: EnvFile) -> Findings:
    source = env.source
    if alike(source.text) and "\r" not in source.text and not source.bom:
        return
    from prodlint.env import readings

    found = readings.of(env)
    if found is None:
        return
    from prodlint.env.disagreement import advice, byte_order_mark, groups, line_ends, worded

    yield from filter(None, (byte_order_mark(found), line_ends(found)))
    for differences in groups(found):
        first = differences[0]
        variable = first.variable
        yield Finding(
            variable.raw if variable.raw.text else variable.key,
            worded(differences),
            advice(differences),
            [Related(found.uses[loader], f"{loader} reads this file") for loader in first.values],
            ERROR if None in first.values.values() else "",
            secret=True,
            masked=[variable.comment] if variable.comment else (),
            fix=[edit for one in differences for edit in found.mend(one)],
        )
