"""What the code of a compose service needs and compose does not pass, or passes too late."""

import posixpath
import re
from collections.abc import Iterator

from prodlint.core.lazy import lazy
from prodlint.core.names import DEVELOPMENT, words
from prodlint.core.project import Project
from prodlint.core.source import Source, Span
from prodlint.env.names import BUNDLED, is_example
from prodlint.env.reads import OPTIONAL, REQUIRED, Read, code
from prodlint.env.repository import client_prefix, env_names, is_platform, told_by
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile
    from prodlint.env.services import Passed

_BUILDS = r"\b(?:npm|pnpm|yarn|bun|turbo|nx|npx|make)\b[^\n#&|;]{0,80}\bbuild\b|\b(?:next|vite|gatsby|react-scripts|expo|tsc)\s+(?:build|export)\b"
_AT_RUN_TIME = (
    r"envsubst|\bsed\s+-i|next-runtime-env|__ENV\b|env-config|env\.sh|env\.js|entrypoint[\w.-]*\.sh"
)
_COMMENT = r"(?m)^[ \t]*#.*"
_ENV = r"(?m)^[ \t]*ENV[ \t]+(\w+)[= \t](?![ \t]*[\"']?\$\{?\1\b)"
_ARG = r"(?m)^[ \t]*ARG[ \t]+(\w+)="
_DEV_SERVER = r"\b(?:run\s+)?dev\b|\bnext\s+dev\b|\bvite(?!\s+(?:build|preview))\b|\bstart:dev\b|\bwatch\b|\breact-scripts\s+start\b"
_ASIDE = lazy(
    r"(?i)(^|/)(scripts?|bin|tools?|migrations?|seeds?|seeders?|prisma|drizzle|alembic|cli|dev|docs?)/|\.config\.\w+$"
    r"|(^|/)(seed|migrate|setup|drizzle|knexfile|gulpfile)[^/]*$"
)


class NotPassed(NamedTuple):
    """A service and the reads that its code cannot do without, by variable."""

    passed: "Passed"
    needs: dict[str, Read]
    declared: dict[str, str]

    @property
    def fails(self) -> bool:
        return any(read.need == REQUIRED for read in self.needs.values())


class TooLate(NamedTuple):
    """A variable for the browser that a service gets when its bundle is long built."""

    passed: "Passed"
    name: str
    span: Span
    read: Read
    build: Span


def not_passed(env: "EnvFile") -> Iterator[NotPassed]:
    if not any(_lasting(env.project, name) for name in env.project.once(code).reads):
        return
    for passed in _told(env):
        if not passed.sure or not passed.environment or _copies_env(env.project, passed):
            continue
        dockerfile = env.project.source(passed.build.path)
        known = set(re.findall(r"\w+", dockerfile.text if dockerfile else "")) | set(
            passed.environment
        )
        needs = {
            name: read
            for name, read in _needs(env.project, passed)
            if name not in known and not is_platform(name) and not client_prefix(name)
        }
        declared = {
            name: place for name in needs if (place := _declared(env.project, passed, name))
        }
        needs = {name: read for name, read in needs.items() if name in declared}
        if needs:
            yield NotPassed(passed, needs, declared)


def too_late(env: "EnvFile") -> Iterator[TooLate]:
    if not any(name.startswith(BUNDLED) for name in env.project.once(code).reads):
        return
    for passed in _told(env):
        late = [name for name in passed.environment if name.startswith(BUNDLED)]
        dockerfile = env.project.source(passed.build.path) if late and not passed.mounted else None
        built = dockerfile and _built(dockerfile, passed)
        if not dockerfile or not built:
            continue
        given = passed.args.union(*(re.findall(form, dockerfile.text) for form in (_ENV, _ARG)))
        given.update(re.findall(r"(\w+)=", built.text))
        for name in late:
            reads = [
                one for one in env.project.once(code).reads.get(name, ()) if _inside(one, passed)
            ]
            if name not in given and reads and not _set_by_file(env.project, passed, name):
                yield TooLate(passed, name, passed.environment[name], reads[0], built)


def _told(env: "EnvFile") -> "Iterator[Passed]":
    """The services of production that are told with this env file, each once."""
    seen = set()
    for passed in services_of(env.project):
        build = passed.build
        key = (posixpath.dirname(build.span.path), build.service)
        if build.development or key in seen or told_by(env.project, build.span.path) != env.path:
            continue
        if not DEVELOPMENT.isdisjoint(words(f"{build.path} {build.target or ''}")):
            continue
        seen.add(key)
        yield passed


def services_of(project: Project) -> "list[Passed]":
    from prodlint.env.services import services  # YAML is read only where code needs something

    return project.once(services)


def _lasting(project: Project, name: str) -> bool:
    """Whether code reads a variable for which it has no default anywhere, and which nobody else sets."""
    found = project.once(code)
    needed = all(read.need != OPTIONAL for read in found.reads[name])
    return needed and name not in found.written and not is_platform(name)


def _inside(read: Read, passed: "Passed") -> bool:
    context = passed.build.context
    return not context or read.span.path.startswith(context + "/")


def _needs(project: Project, passed: "Passed") -> Iterator[tuple[str, Read]]:
    """The variables that the code of the image has no default for anywhere."""
    if _shared(project, passed):
        return
    for name, reads in sorted(project.once(code).reads.items()):
        own = [read for read in reads if _inside(read, passed)]
        if any(read.need == OPTIONAL for read in own) or name in project.once(code).written:
            continue
        run = [read for read in own if not _ASIDE.search(read.span.path)]
        if run:
            yield name, next((read for read in run if read.need == REQUIRED), run[0])


def _shared(project: Project, passed: "Passed") -> bool:
    """Whether other services are built from the same folder, or one below or above: whose code it is, is not known."""
    own = passed.build.context
    others = {
        (other.build.path, other.build.context, other.build.service)
        for other in services_of(project)
        if other.build.service != passed.build.service
    }
    return any(
        context == own or not own or context.startswith(own + "/") for _, context, _ in others
    )


def _copies_env(project: Project, passed: "Passed") -> bool:
    """Whether the image is made with an env file in it."""
    source = project.source(passed.build.path)
    return source is None or re.search(r"(?m)^[ \t]*(?:COPY|ADD)\b.*\.env", source.text) is not None


def _declared(project: Project, passed: "Passed", name: str) -> str | None:
    """Who else has the variable: another service, or an env file."""
    for other in services_of(project):
        if other.build.service != passed.build.service and name in other.environment:
            return f"the service {other.build.service}"
    for path, assigned in project.once(env_names).assigned.items():
        if name in assigned:
            return path
    return None


def _built(dockerfile: Source, passed: "Passed") -> Span | None:
    """The command that builds the bundle in the image; None when the image replaces names as it starts."""
    text = re.sub(_COMMENT, lambda comment: " " * len(comment[0]), dockerfile.text)
    text = _up_to_stage(text, passed.build.target)
    commands = [
        text[match.start() :] for match in re.finditer(r"(?m)^[ \t]*(?:CMD|ENTRYPOINT)\b", text)
    ]
    last = (commands[-1] if commands else "")[:1000] + passed.text
    if re.search(_AT_RUN_TIME, text) or re.search(_DEV_SERVER, last) or re.search(_BUILDS, last):
        return None
    for match in re.finditer(r"(?m)^[ \t]*RUN\b(?:[^\\\n]|\\[\s\S])*", text):
        if re.search(_BUILDS, match[0]):
            return dockerfile.span(match.start(), match.end())
    return None


def _up_to_stage(text: str, target: str | None) -> str:
    """A Dockerfile without the stages below the one that is built."""
    named = (
        re.search(rf"(?im)^[ \t]*FROM\b.*[ \t]AS[ \t]+{re.escape(target)}[ \t]*$", text)
        if target
        else None
    )
    below = re.compile(r"(?im)^[ \t]*FROM\b").search(text, named.end()) if named else None
    return text[: below.start()] if below else text


def _set_by_file(project: Project, passed: "Passed", name: str) -> bool:
    """Whether an env file that is copied with the code sets it."""
    folder = passed.build.context
    return any(
        name in assigned and not is_example(path) and (not folder or path.startswith(folder + "/"))
        for path, assigned in project.once(env_names).assigned.items()
    )
