"""Variables of an example that nothing in the repository reads."""

import re
from itertools import islice

from prodlint.env.reads import code
from prodlint.env.undocumented import undocumented
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.project import Project
    from prodlint.env.model import EnvFile
    from prodlint.env.reader import Variable

_LEAST_KNOWN = 0.4  # of a file that speaks of a program elsewhere, less is read here
_FEWEST = 3
# Libraries and programs read these by themselves.
_IMPLICIT = (
    r"(?:AWS|AZURE|GOOGLE|GCLOUD|GCP|SENTRY|OTEL|OPENAI|ANTHROPIC|GEMINI|MISTRAL|COHERE|GROQ|XAI|LANG(?:CHAIN|SMITH|FUSE)|HF"
    r"|HUGGING\w*|WANDB|REPLICATE|TAVILY|SERP\w*|FLASK|DJANGO|PYTHON\w*|UVICORN|GUNICORN|CELERY|NEXT_TELEMETRY|NEXTAUTH|AUTH|NUXT"
    r"|NITRO|(?:NEXT_PUBLIC_|VITE_|EXPO_PUBLIC_)?CLERK|KINDE|KV|UPSTASH|QSTASH|BLOB|EDGE|TURBO|VERCEL|PRISMA|NODE|NPM|BUN|DENO|RAILS"
    r"|RACK|SPRING|SERVER|MANAGEMENT|LOGGING|ASPNETCORE|DOTNET|JAVA|JVM|GRADLE|MAVEN|OCI|POSTGRES\w*|PG\w*|MYSQL|MARIADB|MONGO\w*|REDIS"
    r"|RABBITMQ|MINIO|KAFKA|ELASTIC\w*|GF|GRAFANA|PGADMIN|KEYCLOAK|KC|TRAEFIK|DOCKER|COMPOSE|N8N|WORDPRESS|CADDY|NGINX|VIRTUAL"
    r"|LETSENCRYPT|CLOUDINARY|BETTER_AUTH|FORCE_COLOR|HTTPS?|PUPPETEER|PLAYWRIGHT|CYPRESS|EXPO|EAS|GATSBY|STORYBOOK|CHOKIDAR|WATCHPACK"
    r"|FAST_REFRESH|GENERATE|DISABLE_ESLINT|TSC|WDS|REACT_EDITOR|SKIP|GITHUB|GITLAB|CI|DATABASE|JWT_SECRET|TRANSFER_TOKEN|SSL|TZ|LC|PUID|PGID)(?:_\w+)?"
)

_MANIFESTS = r"(^|/)(package\.json|requirements[^/]*\.txt|pyproject\.toml|Pipfile|Gemfile|composer\.json|setup\.py)$"
_DEPENDENCY = r"(?m)^[ \t]*(?:gem[ \t]+)?[\"']?(@?[A-Za-z][\w./-]{2,80})[\"']?[ \t]*(?:==|>=|~=|<|$|,|[:=][ \t]*[\"'{]?[ \t]*[\"'^~*\d>])"
_COMMON = {"cache", "session", "cookie", "rate", "log", "mail", "app", "api", "server", "client", "data", "health", "mock"}  # fmt: skip
_MAX_MANIFESTS = 50


def unread(env: "EnvFile") -> "list[Variable]":
    """See `Code.mentions`; nothing for the env file of a program whose code lies elsewhere."""
    found = env.project.once(code)
    asked = [item for item in env.values.values() if "_" in item.name and item.name.isupper()]
    if env.schema:
        said = {item.name: env.schema.said(item.name, env.profile) or {} for item in asked}
        asked = [item for item in asked if "readBy" not in said[item.name]]
    gone = [item for item in asked if not found.mentions(item.name)]
    known = len(asked) - len(gone)
    if not found.files or known < _FEWEST or known < len(asked) * _LEAST_KNOWN:
        return []
    asked_for = [item for item in gone if not re.fullmatch(_IMPLICIT, item.name)]
    packages = _packages(env.project) if asked_for else set()
    # env/undocumented-variable tells of those that code means by another name
    meant = {item.meant for item in undocumented(env)} if asked_for and env.is_example else set()
    return [
        item
        for item in asked_for
        if item.name.partition("_")[0].lower() not in packages and item.name not in meant
    ]


def _packages(project: "Project") -> set[str]:
    """Words of the packages that a repository depends on: `hipchat` of `cabot-alert-hipchat` may read HIPCHAT_*."""
    found: set[str] = set()
    for path in islice(project.matching(re.compile(_MANIFESTS)), _MAX_MANIFESTS):
        if source := project.source(path):
            for name in re.findall(_DEPENDENCY, source.text):
                words = re.split(r"[-_/.]", name.lower().lstrip("@"))
                found.update((words[0], words[-1]))
    return found - _COMMON
