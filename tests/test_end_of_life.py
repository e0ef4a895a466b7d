"""The table of versions whose support has ended."""

from datetime import date

import pytest

from prodlint.core.images import end_of_life
from prodlint.core.images.end_of_life import ended, today

PRODUCTS = end_of_life._products()


@pytest.mark.parametrize("name", PRODUCTS)
def test_table(name: str) -> None:
    _, successor, until, dates = PRODUCTS[name]

    for day in dates.values():
        date.fromisoformat(day)
    assert not successor or ended(f"{name}:{successor}", "2026-11-24") is None
    assert until == "" or dates.get(successor, until) == until


@pytest.mark.parametrize("line", end_of_life._PRODUCTS.replace("\n ", " ").strip().split("\n"))
def test_every_product_has_a_source_and_a_date(line: str) -> None:
    page, _, day = line.split("|")[2].partition("@")

    assert page.startswith("endoflife.date/")
    assert date.fromisoformat(day)


@pytest.mark.parametrize("word", end_of_life._codenames())
def test_codenames_name_versions_of_the_table(word: str) -> None:
    product, _, version = end_of_life._codenames()[word].partition(":")

    assert version in PRODUCTS[product][3]


@pytest.mark.parametrize(
    ("reference", "version"),
    [
        ("python:3.8.12-slim", "3.8"),
        ("python:2", "2"),
        ("python:3", ""),
        ("python:3.1", ""),
        ("node:18.2", "18"),
        ("node:lts-gallium", "16"),
        ("node:lts", ""),
        ("node:current-alpine3.18", "3.18"),
        ("node:current-alpine", ""),
        ("ruby:2.0", ""),
        ("php:8-fpm", ""),
        ("php:7-fpm", "7"),
        ("postgres:9", "9"),
        ("postgres:13.4-alpine", "13"),
        ("centos:centos7.9.2009", "7"),
        ("amazonlinux:2.0.20230119.1", "2"),
        ("amazonlinux:2023.1.20230705.0", ""),
        ("debian:10.3-slim", "10"),
        ("debian:stable-20230109-slim", ""),
        ("debian", ""),
        ("mcr.microsoft.com/dotnet/sdk:8.0.100-alpine3.18", "8.0"),
        ("eclipse-temurin:21-jre-focal", "20.04"),
        ("example.com/node:12", ""),
        ("someone/python:2.7", ""),
    ],
)
def test_version(reference: str, version: str) -> None:
    found = ended(reference, "2026-11-24")

    assert (found.version if found else "") == version


def test_the_last_day_is_supported() -> None:
    assert ended("node:20", "2026-04-30") is None
    assert ended("node:20", "2026-05-01") is not None


def test_a_successor_that_has_ended_itself_has_no_date() -> None:
    found = ended("node:20", "2029-01-01")

    assert found is not None
    assert (found.successor, found.until) == ("24", "")


def test_today(monkeypatch: pytest.MonkeyPatch) -> None:
    assert today() == "2026-11-24"
    monkeypatch.setenv("PRODLINT_DATE", "tomorrow")
    assert today() == date.today().isoformat()
