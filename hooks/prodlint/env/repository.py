"""What the env files of a whole repository declare, and which of them speaks for a file of code."""

import re

from prodlint.core.project import Project
from prodlint.core.source import Unreadable, read
from prodlint.env import FILES
from prodlint.env.names import is_example
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.finding import Related
    from prodlint.env.reads import Read

_MAX_FILES = 2000
_MAX_RELATED = 3
_NAME = r"(?a)[A-Za-z_]\w+"
_ASSIGNED = r"(?am)^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*="
# What platforms, runners and tools set, and what programs of others read.
_PLATFORM = (
    r"NODE_(?!AUTH)\w+|NODE|PORT|HOST|HOSTNAME|CI|HOME|PATH|PWD|USER|USERNAME|SHELL|TERM|LANG|LC_\w+|TZ|TMP|TEMP|TMPDIR|EDITOR"
    r"|DEBUG|MODE|DEV|PROD|SSR|BASE_URL|VERBOSE|PROFILE|BUILD_\w+|ANALYZE|NO_COLOR|FORCE_COLOR|DISPLAY|APPDATA|LOCALAPPDATA"
    r"|USERPROFILE|PROGRAMFILES|WINDIR|COMSPEC|XDG_\w+|SSH_AUTH_SOCK|VERCEL\w*|NEXT_PUBLIC_VERCEL_\w+|NEXT_RUNTIME|NEXT_PHASE"
    r"|NETLIFY\w*|GITHUB_(?:ACTIONS?|SHA|REF\w*|REPOSITORY\w*|RUN_\w+|WORKSPACE|EVENT_\w+|OUTPUT|ENV|HEAD_REF|BASE_REF|ACTOR"
    r"|SERVER_URL|STEP_SUMMARY|JOB|TOKEN)|GITLAB_\w+|CI_\w+|AWS_(?:LAMBDA|EXECUTION|REGION|DEFAULT_REGION|PROFILE)\w*|LAMBDA_\w+"
    r"|K_SERVICE|K_REVISION|GAE_\w+|GOOGLE_CLOUD_PROJECT|GCP_PROJECT|FUNCTION_\w+|RAILWAY_\w+|RENDER\w*|HEROKU\w*|DYNO|FLY_\w+"
    r"|WEBSITE_\w+|AZURE_FUNCTIONS\w*|CF_\w+|KUBERNETES_\w+|POD_\w+|COMPUTERNAME|npm_\w+|INIT_CWD|JEST_\w+|VITEST\w*|PYTEST\w*"
    r"|PYTHON\w+|VIRTUAL_ENV|DJANGO_SETTINGS_MODULE|RAILS_\w+|RACK_ENV|BUNDLE_\w+|APP_ENV|WEB_CONCURRENCY|MAX_THREADS|TAURI_\w+"
    r"|ELECTRON\w*|EXPO_(?!PUBLIC)\w+|REPL\w*|CODESPACE\w*|GITPOD\w*|STORYBOOK\w*|CYPRESS\w*|PLAYWRIGHT\w*|SKIP_\w+|HMR_\w+"
    r"|HTTPS?_PROXY|NO_PROXY|CARGO_\w+|OUT_DIR|RUST_\w+|SERVER_SOFTWARE|NOTIFY_SOCKET|LISTEN_\w+|REMOTE_ADDR|RUN_\w+_(?:SMOKE|TESTS?)|DOCKER\w*|IN_DOCKER|IS_DOCKER|PUBLIC_URL"
    r"|MIX_(?:ENV|TEST_\w+)|DNS_CLUSTER_QUERY|PHX_\w+|RELEASE_(?:NAME|NODE|COOKIE|ROOT)|ERL_\w+|ECTO_IPV6|OPENAI_(?:API_(?:TYPE|VERSION|BASE)|ORG\w*)"
)
_CLIENT = ("NEXT_PUBLIC_", "VITE_", "REACT_APP_", "GATSBY_", "EXPO_PUBLIC_", "NUXT_PUBLIC_", "PUBLIC_", "VUE_APP_")  # fmt: skip


class EnvNames(NamedTuple):
    """The paths of the env files by folder, examples first; every name that stands in one; and what each sets."""

    folders: dict[str, list[str]]
    mentioned: set[str]
    assigned: dict[str, set[str]]


def env_names(project: Project) -> EnvNames:
    """For `project.once`."""
    found = EnvNames({}, set(), {})
    paths = project.matching(re.compile(FILES))[:_MAX_FILES]
    for path in sorted(paths, key=lambda path: (not is_example(path), path)):
        try:
            text = read(project.root, path).text
        except Unreadable:
            continue
        found.folders.setdefault(path.rpartition("/")[0], []).append(path)
        found.mentioned.update(re.findall(_NAME, text))
        found.assigned[path] = set(re.findall(_ASSIGNED, text))
    return found


def speaks_for(project: Project, path: str) -> str | None:
    """The env file of the nearest folder at or above a file, of several the example."""
    folders, folder = project.once(env_names).folders, path
    while folder:
        folder = folder.rpartition("/")[0]
        if folder in folders:
            return folders[folder][0]
    return None


def told_by(project: Project, path: str) -> str | None:
    """The env file with which a finding on a file is told, so that it is told once."""
    names = project.once(env_names)
    return speaks_for(project, path) or next(iter(names.assigned), None)


def is_platform(name: str) -> bool:
    """Whether somebody else than the user sets a variable."""
    return re.fullmatch(_PLATFORM, name) is not None


def client_prefix(name: str) -> str:
    """The begin of a name that makes a bundler write the value into what browsers load, or ''."""
    return next((prefix for prefix in _CLIENT if name.startswith(prefix)), "")


def related_reads(reads: "list[Read]") -> "list[Related]":
    """Places that read a variable, each file once."""
    from prodlint.core.finding import Related

    by_path = {read.span.path: read for read in reversed(reads)}
    chosen = sorted(by_path.values(), key=lambda read: read.span[1:])[:_MAX_RELATED]
    return [Related(read.span, f"reads {read.name}") for read in chosen]
