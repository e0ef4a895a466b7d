"""What is known of base images."""

import re
from datetime import date

import pytest

from prodlint.core import NO, UNKNOWN, YES
from prodlint.core.images import Image, is_root, lookup, official, split, table
from prodlint.core.images.table import IMAGES, OFFICIAL, SYSTEMS


def dated(source: str) -> bool:
    """Whether it is `owner/repository@YYYY-MM-DD`, or a page with a day."""
    page, _, day = source.partition("@")
    return re.fullmatch(r"[\w.-]+(/[\w.-]+)+", page) is not None and bool(date.fromisoformat(day))


def known(reference: str) -> Image:
    image = lookup(reference)
    assert image is not None
    return image


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("node", ("node", "", "")),
        ("node:22-alpine", ("node", "22-alpine", "")),
        ("node@sha256:ab", ("node", "", "sha256:ab")),
        ("docker.io/library/node:22", ("node", "22", "")),
        ("index.docker.io/node", ("node", "", "")),
        ("public.ecr.aws/docker/library/node:22", ("node", "22", "")),
        ("arm64v8/alpine:3", ("alpine", "3", "")),
        ("localhost:5000/node:1", ("localhost:5000/node", "1", "")),
        ("ghcr.io/a/B:c@sha256:d", ("ghcr.io/a/b", "c", "sha256:d")),
        ("nginxinc/nginx-unprivileged", ("nginxinc/nginx-unprivileged", "", "")),
    ],
)
def test_references(reference: str, parts: tuple[str, str, str]) -> None:
    assert split(reference) == parts


@pytest.mark.parametrize(
    ("reference", "root", "curl", "wget"),
    [
        ("node:22-alpine3.22", YES, NO, YES),
        ("node:22-bookworm-slim", YES, NO, NO),
        ("node", YES, YES, YES),
        ("node:${VERSION}", YES, UNKNOWN, UNKNOWN),
        ("node:${VERSION}-alpine", YES, NO, YES),
        ("node@sha256:ab", YES, UNKNOWN, UNKNOWN),
        ("nginx:alpine", YES, YES, YES),
        ("nginx:1.29-alpine-slim", YES, NO, YES),
        ("php:8.4-fpm-alpine", YES, YES, YES),
        ("nginxinc/nginx-unprivileged:1.29", NO, YES, NO),
        ("gcr.io/distroless/static-debian12", YES, NO, NO),
        ("gcr.io/distroless/static-debian12:nonroot", NO, NO, NO),
        ("gcr.io/distroless/base:debug-nonroot", NO, NO, YES),
        ("mcr.microsoft.com/dotnet/aspnet:9.0", YES, NO, NO),
        ("mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled-extra", NO, NO, NO),
        ("haproxy:3.2", NO, NO, NO),
        ("haproxy:2.2-alpine", UNKNOWN, UNKNOWN, UNKNOWN),
        ("python:3.13-windowsservercore-ltsc2025", UNKNOWN, UNKNOWN, UNKNOWN),
        ("ghost:5", UNKNOWN, UNKNOWN, UNKNOWN),
        ("scratch", YES, NO, NO),
    ],
)
def test_users_and_tools(reference: str, root: object, curl: object, wget: object) -> None:
    image = known(reference)

    assert (image.root, image.tool("curl"), image.tool("wget")) == (root, curl, wget)


def test_health_checks() -> None:
    assert known("postgres:17").healthcheck is NO
    assert known("ghost:5").healthcheck is NO
    assert known("outlinewiki/outline").healthcheck is YES
    assert lookup("somebody/postgres") is None


def test_what_else_is_known() -> None:
    assert known("node:22").account == "node"
    assert known("postgres:17").drops and not known("nginx").drops
    assert known("mcr.microsoft.com/dotnet/sdk:9.0").env == (("APP_UID", "1654"),)
    assert known("golang:1.25").kind == "toolchain"
    assert known("eclipse-temurin:21-jre").kind == "runtime"
    assert known("php:8.4-apache").kind == "server"
    assert official("nginx") and not official("nginxinc/nginx-unprivileged")


@pytest.mark.parametrize("user", ["root", "0", "0:0", "root:app", "00", "+0", "", '"root"'])
def test_root(user: str) -> None:
    assert is_root(user)


@pytest.mark.parametrize("user", ["app", "1000", "1000:0", "rooty", "01"])
def test_not_root(user: str) -> None:
    assert not is_root(user)


def test_the_table_is_well_formed() -> None:
    names = []
    for line in IMAGES.strip().split("\n"):
        words = line.split()
        if line.startswith("  "):
            system = line.partition(":")[2].split()[0]
            assert system in SYSTEMS
        else:
            names.append(words[0])
            assert words[1] in ("os", "runtime", "toolchain", "server", "database")
            assert all("=" in fact for fact in words[3:])
            assert known(words[0]).source == words[2]
    assert len(names) == len(set(names))
    assert len(OFFICIAL.split()) == len(set(OFFICIAL.split()))


def test_every_entry_has_a_source_and_a_date() -> None:
    heads = [line for line in IMAGES.strip().split("\n") if not line.startswith("  ")]
    sources = [line.split()[2] for line in heads]
    sources += [facts[-1] for entries in (SYSTEMS, table.ACCOUNTS) for facts in entries.values()]
    sources += [source for sources in table.SOURCES.values() for source in sources.split()]

    assert all(dated(source) for source in sources)
    lists = {name for name in vars(table) if name.isupper() and not name.startswith("_")}
    assert lists == {"SOURCES", "IMAGES", "SYSTEMS", "ACCOUNTS", *table.SOURCES}


def test_an_image_without_a_name_is_unknown() -> None:
    assert lookup(":latest") is None
