"""Healthchecks to paste: a test that fits the image, with timings that fit most services."""

import re

from prodlint.compose.origin import Origin
from prodlint.core.answer import NO, YES

ADVICE = "give it a `healthcheck:` whose test asks it for an answer, and fails without one"
_TIMINGS = ("interval: 10s", "timeout: 5s", "retries: 5", "start_period: 30s")
# By the last part of the image's name, so that forks are met too; the name of a variable of the container has two dollars.
_TESTS = {
    "postgres": ["CMD-SHELL", 'pg_isready -h 127.0.0.1 -U "$${POSTGRES_USER:-postgres}"'],
    "mysql": ["CMD", "mysqladmin", "ping", "-h", "127.0.0.1", "--silent"],
    "mariadb": ["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"],
    "redis": ["CMD", "redis-cli", "ping"],
    "valkey": ["CMD", "valkey-cli", "ping"],
    "rabbitmq": ["CMD", "rabbitmq-diagnostics", "-q", "ping"],
    "elasticsearch": ["CMD", "curl", "-fsS", "http://127.0.0.1:9200/_cluster/health"],
    "cassandra": ["CMD", "cqlsh", "-e", "describe keyspaces"],
    "eclipse-mosquitto": [
        "CMD-SHELL",
        "mosquitto_sub -t '$$SYS/broker/uptime' -C 1 -W 3 -i healthcheck",
    ],
    "prometheus": ["CMD", "wget", "-q", "--spider", "http://127.0.0.1:9090/-/healthy"],
    "traefik": ["CMD", "traefik", "healthcheck", "--ping"],
    "zookeeper": ["CMD", "zkServer.sh", "status"],
    "kong": ["CMD", "kong", "health"],
}
_FORKS = {
    "postgis": "postgres",
    "pgvector": "postgres",
    "timescaledb": "postgres",
    "percona": "mysql",
}
_NODE = "fetch('{}').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
_TCP = (
    ("nc", ["CMD", "nc", "-z", "127.0.0.1", "{}"]),
    ("bash", ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/{}"]),
)
# For a service that answers HTTP, by a program that the image brings.
_HTTP = (
    ("curl", ["CMD", "curl", "-fsS", "{}"]),
    ("wget", ["CMD", "wget", "-q", "--spider", "{}"]),
    ("node", ["CMD", "node", "-e", _NODE]),
    ("python", ["CMD", "python", "-c", "import urllib.request as u; u.urlopen('{}', timeout=3)"]),
    ("php", ["CMD", "php", "-r", "exit(@file_get_contents('{}') === false ? 1 : 0);"]),
    ("ruby", ["CMD", "ruby", "-rnet/http", "-e", "Net::HTTP.get_response(URI('{}')).value"]),
)
# curl and wget take a host without a scheme for one of HTTP; what a shell would replace is left alone.
_URL = (
    r"(\w+://)?(?(1)[^\s$'\"\\]+|(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?(?:/[^\s$'\"\\]*)?)"
)
_INSTALL = {
    "alpine": "RUN apk add --no-cache {}",
    "debian": "RUN apt-get update && apt-get install -y --no-install-recommends {} && rm -rf /var/lib/apt/lists/*",
}
_INSTALL["buildpack"] = _INSTALL["debian"]
_PACKAGES = {
    "nc": "netcat-openbsd",
    "pg_isready": "postgresql-client",
    "psql": "postgresql-client",
    "mysqladmin": "mariadb-client",
    "mysql": "mariadb-client",
    "redis-cli": "redis",
}


def paste(origin: Origin | None, port: str, service: str) -> str:
    """What to add to a service: a sentence, and the lines to paste."""
    words = test(origin, port)
    if not words:
        return ADVICE
    first = "start it with --ping, and " if words[1] == "traefik" else ""
    return f"{first}add below `{service}:`\n{_healthcheck(words)}"


def http_test(origin: Origin | None, url: str) -> list[str] | None:
    """A test that asks for a page, with a program that the image certainly has; None when there is none."""
    return _filled(_HTTP, origin, url)


def _filled(
    tests: tuple[tuple[str, list[str]], ...], origin: Origin | None, text: str
) -> list[str] | None:
    for program, words in tests:
        if origin and origin.tool(program) is YES:
            return [word.replace("{}", text) for word in words]
    return None


def test(origin: Origin | None, port: str) -> list[str] | None:
    """A test that fits an image; None when nothing is known that does."""
    name = origin.repository.rpartition("/")[2] if origin else ""
    name = _FORKS.get(name, name)
    image = origin.image if origin else None
    if not origin or not image or name in _TESTS:
        return _TESTS.get(name)
    if name == "mongo":
        return _mongo(origin)
    if name == "memcached":
        return _filled(_TCP, origin, "11211")
    if "fpm" in origin.base or (image.kind == "os" and not origin.stage):
        return None
    return http_test(origin, f"http://127.0.0.1:{port or 'PORT'}/")


def _mongo(origin: Origin) -> list[str]:
    program = "mongo" if origin.tool("mongosh") is NO else "mongosh"
    return ["CMD", program, "--quiet", "--eval", "db.adminCommand('ping').ok"]


def instead(origin: Origin, program: str, words: list[str | None]) -> str:
    """What to write where a test runs a program that the image lacks."""
    if program == "sh":
        return 'write the test as a list that begins with "CMD": that needs no shell'
    found = (re.fullmatch(_URL, word) for word in words if word)
    urls = (match[0] if match[1] else f"http://{match[0]}" for match in found if match)
    url = next(urls, None)
    if program in ("curl", "wget") and url:
        for host in ("//localhost", "//0.0.0.0"):
            url = url.replace(host, "//127.0.0.1")
        if other := http_test(origin, url):
            return f"use {other[1]}, which it has\ntest: {flow(other)}"
    system = origin.image.system if origin.image else ""
    install = _INSTALL.get(system)
    package = _PACKAGES.get(program, program)
    if install and origin.stage:
        return f"install it in {origin.builder}\n{install.format(package)}"
    return "use a program that it has"


def flow(words: list[str]) -> str:
    """A list as YAML and JSON write it on one line."""
    quoted = [word.replace("\\", "\\\\").replace('"', '\\"') for word in words]
    return "[" + ", ".join(f'"{word}"' for word in quoted) + "]"


def _healthcheck(words: list[str]) -> str:
    return "\n  ".join(["healthcheck:", f"test: {flow(words)}", *_TIMINGS])
