"""The CI systems besides GitHub's: one module each, which reads a file into the jobs and steps that the rules know."""

from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.ci.systems.given import System


def system_of(path: str) -> "System":
    """The system whose file this is; `path` is one that the hook claims."""
    folder, _, name = path.rpartition("/")
    if name.lower().startswith("jenkinsfile"):
        from prodlint.ci.systems.jenkins import JENKINS as system
    elif "gitlab" in path:
        from prodlint.ci.systems.gitlab import GITLAB as system
    elif folder.endswith(".circleci"):
        from prodlint.ci.systems.circleci import CIRCLECI as system
    elif name.startswith("bitbucket"):
        from prodlint.ci.systems.bitbucket import BITBUCKET as system
    elif "drone" in name or "woodpecker" in path:
        from prodlint.ci.systems.drone import DRONE as system
    elif "travis" in name:
        from prodlint.ci.systems.travis import TRAVIS as system
    elif ".buildkite" in path:
        from prodlint.ci.systems.buildkite import BUILDKITE as system
    else:
        from prodlint.ci.systems.azure import AZURE as system
    return system
