"""Dockerfiles: who the image runs as, what it carries along, whether it reports its health."""

from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.project import Project
    from prodlint.core.source import Source
    from prodlint.dockerfile.model import Dockerfile

FILES = (
    r"(^|/)(?![^/]*\.(dockerignore|j2|jinja2?|tmpl|tpl|template|erb|md|rst|txt|py|go|js|ts|sh|ps1|ya?ml|json[lc5]?|toml|csv|html?|log|orig|bak|swp)$)"
    r"(([^/]+[._-])?([Dd]ockerfile|[Cc]ontainerfile)|([Dd]ockerfile|[Cc]ontainerfile)[._-][^/]+)$"
)
RESTS_ON = (
    r"(^|/)((docker-)?compose([._-][^/]*)?\.ya?ml|([^/]*\.)?\.?dockerignore|package\.json|composer\.json|pyproject\.toml|Gemfile"
    r"|[^/]*\.sh|\.env[^/]*|[^/]+\.env|\.npmrc|[^/]+\.(pem|key))$"
)

FOREIGN = ("hadolint", "check=", "check =", "checkov:", "bridgecrew:", "trivy:")


def parse(source: "Source", project: "Project") -> "Dockerfile":
    from prodlint.dockerfile.model import Dockerfile

    return Dockerfile(source, project)
