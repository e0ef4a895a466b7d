"""What files and services are for, as their names and commands tell."""

import re
from functools import lru_cache

# Patterns are compiled when they are first asked: most files need none of them.
_WORD = r"(?i)(?:^|[/._-])(?:{})(?=[/._-]|$)"
_DEVELOPMENT = _WORD.format(
    "dev|devel|development|devcontainer|debug|local|override|tests?|testing|ci|e2e"
)
_BUILD_ONLY = r"|[._-]build\.ya?ml$"
_EXAMPLE = _WORD.format("examples?|samples?|demos?")
_FOREIGN = r"|(?:^|/)(?:docs?|vendor|node_modules|third[_-]party)/"
_TEST_DATA = r"(?i)(?:^|/)(?:tests?|testdata|test-data|fixtures?|e2e|mocks?|__tests__)/"
_JOB = r"(?i)(?:^|[-_.])(?:migrat\w*|init|setup|seed\w*|bootstrap|create-buckets?|jobs?|provision\w*|backups?)(?=[-_.]|$)"
_JOB_COMMAND = r"\b(?:migrate|migrations?|seed|createsuperuser|mc alias|db:prepare|sleep infinity)\b|^\s*(?:/bin/)?true\s*$"
_CONSOLES = "adminer pgadmin phpmyadmin pgweb mongo-express redis-commander redisinsight bull-board flower kafka-ui kafdrop mailhog mailpit mailcatcher maildev"
_MONITORS = "prometheus grafana promtail telegraf exporter cadvisor otel opentelemetry alloy fluent jaeger zipkin loki alertmanager"
_PROXIES = ("traefik", "caddy")
_PRODUCTION = ("prod", "deploy", "live")


@lru_cache
def for_development(path: str) -> bool:
    """Whether a compose file is for the machine of a developer, for tests, or for building images."""
    return re.search(_DEVELOPMENT + _BUILD_ONLY, path) is not None


@lru_cache
def for_show(path: str) -> bool:
    """Whether a compose file is an example, part of the documentation, or of software of others."""
    return re.search(_EXAMPLE + _FOREIGN, path) is not None


@lru_cache
def is_test_data(path: str) -> bool:
    """Whether a compose file is there for a test to read."""
    return re.search(_TEST_DATA, path) is not None


def in_production(profiles: list[str]) -> bool:
    """Whether a service starts in production: always, or in a profile that is named for it."""
    return not profiles or any(word in name.lower() for name in profiles for word in _PRODUCTION)


def is_job(name: str, command: str) -> bool:
    """Whether a service does its work and ends; a server may start behind a migration."""
    last = re.split(r"&&|\|\||;", command)[-1]
    return re.search(_JOB, name) is not None or re.search(_JOB_COMMAND, last) is not None


def is_console(image: str) -> bool:
    """Whether an image is a page to look into a database or caught mail with, which connects when somebody asks."""
    return any(name in image for name in _CONSOLES.split())


def is_monitor(image: str) -> bool:
    """Whether an image collects or shows what others measure."""
    return any(name in image for name in _MONITORS.split())


def connects_again(image: str) -> bool:
    """Whether an image asks others again and again, so that it may start before them."""
    return is_console(image) or is_monitor(image) or any(name in image for name in _PROXIES)
