"""A program that reads the file refuses it, or runs a line of it as a command."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.env.alike import alike
from prodlint.env.model import EnvFile

LEVEL = ERROR


def check(env: EnvFile) -> Findings:
    if alike(env.source.text):
        return
    from prodlint.env import readings

    found = readings.of(env)
    if found is None:
        return
    told = {fault.span.line for fault in env.faults}
    for loader, line, message, advice in found.rejections:
        if line not in told:
            told.add(line)
            yield Finding(
                env.source.line_span(line),
                message,
                help=advice,
                related=[Related(found.uses[loader], f"{loader} reads this file")],
                secret=True,
            )
