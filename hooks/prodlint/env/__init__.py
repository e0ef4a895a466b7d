"""`.env` files: what they set, whether it is what loaders read, and whether it fits a schema."""

from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core import Project, Source
    from prodlint.env.model import EnvFile

# Not the schemas, and not what only begins like an env file: a template, a script, an encrypted file.
FILES = (
    r"(^|/)(?!\.?env[._-]schema|[^/]*\.(j2|jinja2?|erb|ejs|hbs|mustache|snap|[cm]?[jt]sx?|json[c5]?|ya?ml|toml|xml"
    r"|mdx?|rst|html?|py|rb|php|go|rs|java|kts?|cs|swift|(ba|z|fi)?sh|nu|ps1|bat|cmd|nix|tf|gpg|asc|age|enc|sops)$)"
    r"(\.env([._-][^/]*)?|[^/]+\.env([._-](example|sample|template|dist|defaults?))?"
    r"|env\.(example|sample|template|dist))$"
)
# A schema; the base file that other env files of its folder lie over; what builds and runs the code, and says how env files are read. Not the code itself:
# to search it at each commit takes too long, so that a changed file of code brings nothing by itself.
RESTS_ON = (
    r"(^|/)(\.env(\.schema(\.(ya?ml|json))?)?|(docker-)?compose([._-][^/]*)?\.ya?ml"
    r"|([^/]+[._-])?[Dd]ockerfile([._-][^/]*)?|package\.json|pyproject\.toml|Pipfile|setup\.(py|cfg)|requirements[^/]*\.txt"
    r"|[^/]+\.(sh|bash|mk)|\.envrc|(GNU)?[Mm]akefile[^/]*|[Jj]ustfile|Taskfile\.ya?ml|\.gitlab-ci[^/]*\.ya?ml"
    r"|\.github/(workflows|actions)/.+\.ya?ml)$"
)


def parse(source: "Source", project: "Project") -> "EnvFile":
    from prodlint.env.model import EnvFile

    return EnvFile(source, project)


def keeps(before: "Source", after: "Source", project: "Project") -> bool:
    from prodlint.env.readings import keeps

    return keeps(before, after, project)
