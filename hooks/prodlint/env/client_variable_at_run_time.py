"""A variable for the browser is passed when the container starts; the bundle was built without it."""

from prodlint.core import ERROR, Finding, Findings, Related
from prodlint.env.model import EnvFile, short

LEVEL = ERROR


def check(env: EnvFile) -> Findings:
    if not any("compose" in path for path in env.project.files):
        return
    from prodlint.env.delivery import too_late

    for item in too_late(env):
        name, service = short(item.name), item.passed.build.service
        yield Finding(
            item.span,
            f"{name} reaches {service} when it starts, but its value is written into the bundle when the image is built:"
            " browsers get undefined",
            help=f"pass it under build: args: of {service}, and add ARG {name} above the build in {item.passed.build.path}",
            related=[
                Related(item.build, f"builds the bundle without {name}"),
                Related(item.read.span, f"reads {name}"),
            ],
        )
