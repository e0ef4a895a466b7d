"""Development servers: which one the command of an image starts, directly or through scripts of the repository."""

import posixpath
from collections.abc import Iterator
from functools import cache
from itertools import dropwhile

from prodlint.core.finding import Related
from prodlint.core.names import PRODUCTION, words
from prodlint.core.package_json import RUNNERS, Package, script_name
from prodlint.core.source import Span
from prodlint.dockerfile import programs
from prodlint.dockerfile.context import entries, repository_file, working_folder
from prodlint.dockerfile.node_package import commands, package_of
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.dockerfile.instruction import Instruction
    from prodlint.dockerfile.process import Shipped
    from prodlint.dockerfile.stage import Stage

_PAGES = "build it in a stage of its own (npm run build), and let nginx or caddy serve the files"
_RESTARTS = "start the program itself: what restarts it on changes hides that it crashed"
_GUNICORN = "start it with an application server: gunicorn or uvicorn"
# A program, what must be among its arguments (any of these; nothing when empty), and what to do instead.
_SERVERS = f"""
react-scripts start | {_PAGES}
react-app-rewired start | {_PAGES}
craco start | {_PAGES}
vue-cli-service serve | {_PAGES}
ng serve | {_PAGES}
webpack-dev-server | {_PAGES}
webpack serve | {_PAGES}
rspack serve | {_PAGES}
rsbuild dev | {_PAGES}
parcel serve watch | {_PAGES}
ember serve server s | {_PAGES}
ionic serve | {_PAGES}
gatsby develop | {_PAGES}
docusaurus start | {_PAGES}
vitepress dev | {_PAGES}
vuepress dev | {_PAGES}
live-server | {_PAGES}
browser-sync | {_PAGES}
trunk serve | {_PAGES}
hugo server serve | build it in a stage of its own (hugo), and let nginx or caddy serve the files
jekyll serve s | build it in a stage of its own (jekyll build), and let nginx or caddy serve the files
mkdocs serve | build it in a stage of its own (mkdocs build), and let nginx or caddy serve the files
next dev | build it with next build, and start it with next start
nuxt dev | build it with nuxt build, and start it with node .output/server/index.mjs
nuxi dev | build it with nuxt build, and start it with node .output/server/index.mjs
astro dev | build it with astro build, and serve what it made
remix dev vite:dev | build it with remix build, and start it with remix-serve
react-router dev | build it with react-router build, and start it with react-router-serve
strapi develop | build it with strapi build, and start it with strapi start
medusa develop | build it with medusa build, and start it with medusa start
wrangler dev | deploy it with wrangler deploy
vinxi dev | build it with vinxi build, and start it with vinxi start
nodemon | {_RESTARTS}
ts-node-dev | {_RESTARTS}
tsnd | {_RESTARTS}
pm2-dev | {_RESTARTS}
node-dev | {_RESTARTS}
tsx watch | {_RESTARTS}
node --watch | {_RESTARTS}
bun --watch --hot | {_RESTARTS}
deno --watch | {_RESTARTS}
nest --watch -w --debug start:dev | build it with nest build, and start it with node dist/main.js
air | {_RESTARTS}
reflex | {_RESTARTS}
CompileDaemon | {_RESTARTS}
cargo-watch | {_RESTARTS}
watchmedo auto-restart | {_RESTARTS}
watchfiles | {_RESTARTS}
dotnet watch | build it with dotnet publish, and start what it made
manage.py runserver runserver_plus | {_GUNICORN}
django-admin runserver | {_GUNICORN}
flask run | {_GUNICORN}
quart run | start it with an application server: hypercorn
fastapi dev | start it with fastapi run
uvicorn --reload | drop --reload: the server watches files that do not change, and runs one worker only
gunicorn --reload | drop --reload: the server watches files that do not change
hypercorn --reload | drop --reload: the server watches files that do not change
granian --reload | drop --reload: the server watches files that do not change
sanic --dev --debug -d | drop --dev: it restarts on changes and shows errors to visitors
php -S | start from php:apache, or from php:fpm behind a web server
artisan serve | start from php:apache, or from php:fpm behind a web server
symfony serve server:start local:server:start | start from php:apache, or from php:fpm behind a web server
console server:run server:start | start from php:apache, or from php:fpm behind a web server
shotgun | start it with puma
rerun | {_RESTARTS}
"""
# They run the command that follows them.
_PREFIXES = """
exec env npx bunx bundle poetry uv pipenv cross-env cross-env-shell env-cmd dotenv dotenvx tini dumb-init time nohup python python2
python3 opentelemetry-instrument ddtrace-run newrelic-admin
"""
_PREFIX_WORDS = ("run", "exec", "--", "-m", "-u", "-y", "--yes", "run-program", "run-python", "dlx")
_NAMED = (
    "dev",
    "develop",
    "development",
    "start:dev",
    "dev:server",
    "serve:dev",
    "start-dev",
    "start:watch",
)


class Server(NamedTuple):
    """What is started, as `vite`; what to do instead; and the script that starts it, if one does."""

    name: str
    advice: str
    script: Related | None


def development_server(image: "Shipped") -> Server | None:
    stage = image.stage
    if _has_production_sibling(stage):
        return None
    words = [*_words(stage.entrypoint), *_words(stage.command)]
    package = (
        package_of(stage)
        if not {posixpath.basename(word) for word in words}.isdisjoint(RUNNERS)
        else None
    )
    entrypoint = _words(stage.entrypoint)
    # A script that prepares something and then runs its arguments.
    own = (
        _words(stage.command)
        if entrypoint[:1] and entrypoint[0].endswith((".sh", "entrypoint"))
        else []
    )
    for command in (*_split(words), *_split(own)):
        server = _server(command, package, set()) or _in_script(stage, command)
        if server is not None:
            return server
    return None


def started(given: list[str], package: Package | None) -> Server | None:
    """The development server that a command line starts, of itself or through the scripts of a package.json."""
    servers = (_server(command, package, set()) for command in _split(given))
    return next((server for server in servers if server is not None), None)


def started_by(stage: "Stage", server: Server) -> "Instruction | None":
    """The CMD or ENTRYPOINT that starts a server."""
    entrypoint, program = stage.entrypoint, server.name.partition(" ")[0]
    named = entrypoint is not None and program in entrypoint.arguments
    return entrypoint if named else stage.command or entrypoint


def _words(one: "Instruction | None") -> list[str]:
    if one is None:
        return []
    return one.json if one.json is not None else ["sh", "-c", one.arguments]


def _split(given: list[str]) -> Iterator[list[str]]:
    """The commands that a command line runs; more than one when a shell runs it."""
    if (
        len(given) > 2
        and posixpath.basename(given[0]) in programs.SHELLS.split()
        and given[1].endswith("c")
    ):
        yield from _commands(given[2])
    elif given:
        yield given


def _commands(text: str) -> Iterator[list[str]]:
    for command in commands(text):
        if command.words:
            yield [word.text for word in command.words]


def _server(
    command: list[str], package: Package | None, seen: set[str], depth: int = 4
) -> Server | None:
    command = _bare(command)
    if not command or not depth:
        return None
    name, *rest = command
    if name in ("concurrently", "npm-run-all", "run-p", "run-s"):
        texts = [
            word.replace("npm:", "npm run ", 1) if " " in word or ":" in word else f"npm run {word}"
            for word in rest
        ]
        nested = (
            _server(inner, package, seen, depth - 1) for text in texts for inner in _commands(text)
        )
        return next((server for server in nested if server is not None), None)
    if name in RUNNERS:
        return _through(command, package, seen, depth)
    if name == "vite":
        is_server = not any(word in ("build", "preview", "optimize", "--version") for word in rest)
        return Server("vite", _PAGES, None) if is_server else None
    for needed, advice in _servers().get(name, ()):
        said = next((word for word in rest if word in needed), "")
        if said or not needed:
            return Server(f"{name} {said}".strip(), advice, None)
    return None


@cache
def _servers() -> dict[str, list[tuple[list[str], str]]]:
    """By program, what must be among its arguments, and what to do instead."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for line in _SERVERS.strip().split("\n"):
        head, _, advice = line.partition(" | ")
        program, *needed = head.split()
        found.setdefault(program, []).append((needed, advice))
    return found


def _bare(command: list[str]) -> list[str]:
    """A command without what only starts it: the program by its name, and its arguments."""
    known = _PREFIXES.split()

    def starts_another(word: str) -> bool:
        return (
            word in _PREFIX_WORDS
            or posixpath.basename(word) in known
            or ("=" in word and word[0] != "-")
        )

    command = list(dropwhile(starts_another, command))
    if len(command) > 1 and command[0] == "php" and command[1][:1] != "-":
        command = command[1:]
    return [posixpath.basename(command[0]), *command[1:]] if command else []


def _through(
    command: list[str], package: Package | None, seen: set[str], depth: int = 4
) -> Server | None:
    runner, *rest = command
    if rest[:1] in (["exec"], ["x"], ["dlx"]):
        return _server(rest[1:], package, seen, depth - 1)
    script = script_name(command)
    if script is None:
        return None
    if package is None or (not package.scripts):
        named = script in _NAMED
        return (
            Server(f"{runner} run {script}", "start what was built, as node dist/server.js", None)
            if named
            else None
        )
    if script not in package.scripts:
        # yarn and pnpm run programs of packages, too.
        return (
            _server(rest, package, seen, depth - 1)
            if runner in ("yarn", "pnpm") and rest[0] == script
            else None
        )
    if script in seen:
        return None
    seen.add(script)
    for inner in _commands(package.scripts[script]):
        server = _server(inner, package, seen, depth - 1)
        if server is not None:
            told = Related(package.span(script), f"{server.name} is started here")
            return server._replace(script=server.script or told)
    return None


def _in_script(stage: "Stage", command: list[str]) -> Server | None:
    """What a shell script of the repository starts at the end, where no condition decides it."""
    inner = _bare(command)
    if inner and inner[0] in programs.SHELLS.split():
        command, inner = command[1:], inner[1:]
    if not inner or not command[-len(inner)].endswith(".sh"):
        return None
    path = repository_file(
        stage, posixpath.normpath(posixpath.join(working_folder(stage), command[-len(inner)]))
    )
    source = stage.document.project.source(path) if path is not None else None
    if source is None:
        return None
    from prodlint.core.shell import Command, ShellError, parse

    try:
        items = parse(source.text).items
    except ShellError:
        return None
    package = package_of(stage)
    for item in items:
        for node in (node for pipeline in item.pipelines for node in pipeline.commands):
            if isinstance(node, Command) and node.words:
                server = _server([word.text for word in node.words], package, set())
                if server is not None:
                    told = Related(
                        Span(source, node.start, node.end), f"{server.name} is started here"
                    )
                    return server._replace(script=told)
    return None


def _has_production_sibling(stage: "Stage") -> bool:
    """Whether a Dockerfile beside it is named for production, which makes this one the one for development."""
    source, project = stage.document.source, stage.document.project
    folder = posixpath.dirname(source.path)
    if not PRODUCTION.isdisjoint(words(posixpath.basename(source.path))):
        return False
    names = {name.lower() for name in project.once(entries).get(folder, ())}
    return any("dockerfile" in name and not PRODUCTION.isdisjoint(words(name)) for name in names)
