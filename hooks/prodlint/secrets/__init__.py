"""Credentials in configuration: tokens, private keys, passwords; their text is never shown."""

from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prodlint.secrets.model import Secrets

FILES = (
    r"^(?!(?:.*/)?(?:node_modules|bower_components|site-packages|dist-packages|\.?venv|\.npm-cache"
    r"|vendor|third_party|locales?|i18n|translations)/)"
    r"(?!(?:.*/)?(?:package|composer|[jt]sconfig[^/]*|[^/]*[.-]lock|package-lock)\.(?:json|ya?ml)$)"
    r"(?:.*/)?(?:(?:Dockerfile|Containerfile)(?:[._-][^/]*)?|[^/]+\.(?:[Dd]ocker|[Cc]ontainer)file"
    r"|\.env(?:rc|[._-][^/]*)?|[^/]+\.env(?:[._-](?:example|sample|template|dist|defaults?))?"
    r"|env\.(?:example|sample|template|dist)|\.npmrc|\.pypirc|[._]netrc|id_(?:rsa|dsa|ecdsa|ed25519)"
    r"|[^/]*\.(?:ya?ml|json|toml|ini|cfg|conf|properties|tf|tfvars|tfstate|hcl|service|sh|bash|pem|key)"
    r"|(?:[^/]*settings[^/]*|settings/[^/]+|conf(?:ig)?)\.py|config\.(?:[cm]?js|ts|rb|php))$"
)
HISTORY = True
FOREIGN = ("pragma:", "gitleaks:allow")


def files_of(settings: "Mapping[str, Any]") -> str:
    """The pattern of the paths that it lints: configuration, or with `scope: all` every file."""
    return "" if settings.get("scope") == "all" else FILES


def parse(source: Source, project: Project) -> "Secrets":
    from prodlint.secrets.model import Secrets

    return Secrets(source, project)
