"""A compose service does not get a variable that its code cannot do without."""

from prodlint.core import ERROR, WARNING, Finding, Findings, Related
from prodlint.core.names import listed
from prodlint.env.model import EnvFile

LEVEL = WARNING
ENABLED = False


def check(env: EnvFile) -> Findings:
    if not any("compose" in path for path in env.project.files):
        return
    from prodlint.env.delivery import not_passed

    for item in not_passed(env):
        build, names = item.passed.build, list(item.needs)
        yield Finding(
            build.span,
            f"{build.service} is not given {listed(names, 6)}, which its code reads without a default",
            help="\n".join(
                ["add under environment:", *(f"  {name}: ${{{name}}}" for name in names[:20])]
            ),
            related=[
                *(
                    Related(read.span, f"reads {name}; {item.declared[name]} has it")
                    for name, read in [*item.needs.items()][:4]
                ),
            ],
            level=ERROR if item.fails else "",
        )
