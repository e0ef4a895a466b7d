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
    from prodlint.env.disagreement import byte_order_mark, described, line_ends

    yield from filter(None, (byte_order_mark(found), line_ends(found)))
    for difference in found.differences:
        variable = difference.variable
        yield Finding(
            variable.raw if variable.raw.text else variable.key,
            described(difference),
            help="write it so that all of them read the same: plain, or in quotes that all of them take",
            related=[
                Related(found.uses[loader], f"{loader} reads this file")
                for loader in difference.values
            ],
            level=ERROR if None in difference.values.values() else "",
            secret=True,
            masked=[variable.comment] if variable.comment else (),
            fix=found.mend(difference),
        )
