"""A variable for the browser is passed when the container starts; the bundle was built without it."""

from prodlint.core import ERROR, Finding, Findings, Project, Related
from prodlint.env.model import EnvFile, short
from prodlint.env.names import BUNDLED

LEVEL = ERROR
_YAML = (".yml", ".yaml")


def _passed_by_compose(project: Project) -> bool:
    """Whether a compose file writes the name of such a variable."""
    paths = [path for path in project.files if "compose" in path and path.endswith(_YAML)]
    sources = [source for path in paths if (source := project.source(path))]
    return any(prefix in source.text for source in sources for prefix in BUNDLED)


def check(env: EnvFile) -> Findings:
    if not env.project.once(_passed_by_compose):
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
