"""When the support of a version ended, for what images are built on. What is not here is unknown."""

import os
import re
import time
from functools import cache

from prodlint.core.images import described, official, split
from prodlint.core.lazy import lazy
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.core.config import Config

MAX_TAG = 128  # Docker allows no longer one.

# Node, Python, .NET, Debian and Ubuntu were compared with the project's own list: nodejs/Release schedule.json, python/devguide
# include/release-cycle.json, dotnet/core release-notes/releases-index.json, distro-info-data 0.58. Debian: the end of its LTS.
# Ubuntu: the end of what is free for all (without Pro). Go and nginx support the two newest versions, so the next one ends the
# support. A line: the product, how people call it, the source and the day of its state, the version to move to and until when
# (- is not known), and version=end of support.
_PRODUCTS = """
node|Node.js|endoflife.date/nodejs@2026-08-22|24=2028-04-30|0.10=2016-10-31 0.12=2016-12-31 4=2018-04-30 5=2016-06-30
 6=2019-04-30 7=2017-06-30 8=2019-12-31 9=2018-06-30 10=2021-04-30 11=2019-06-01 12=2022-04-30 13=2020-06-01 14=2023-04-30
 15=2021-06-01 16=2023-09-11 17=2022-06-01 18=2025-04-30 19=2023-06-01 20=2026-04-30 21=2024-06-01 22=2027-04-30 23=2025-06-01
 24=2028-04-30 25=2026-06-01 26=2029-04-30
python|Python|endoflife.date/python@2026-08-22|3.14=2030-10-31|2=2020-01-01 2.6=2013-10-29 2.7=2020-01-01 3.2=2016-02-20
 3.3=2017-09-29 3.4=2019-03-18 3.5=2020-09-30 3.6=2021-12-23 3.7=2023-06-27 3.8=2024-10-07 3.9=2025-10-31 3.10=2026-10-31
 3.11=2027-10-31 3.12=2028-10-31 3.13=2029-10-31 3.14=2030-10-31
debian|Debian|endoflife.date/debian@2026-08-22|13=2030-06-30|6=2016-02-29 7=2018-05-31 8=2020-06-30 9=2022-06-30 10=2024-06-30
 11=2026-08-31 12=2028-06-30 13=2030-06-30
ubuntu|Ubuntu|endoflife.date/ubuntu@2026-08-22|26.04=2031-05-29|12.04=2017-04-28 14.04=2019-04-25 14.10=2015-07-23
 15.04=2016-02-04 15.10=2016-07-28 16.04=2021-04-30 16.10=2017-07-20 17.04=2018-01-13 17.10=2018-07-19 18.04=2023-05-31
 18.10=2019-07-18 19.04=2020-01-23 19.10=2020-07-17 20.04=2025-05-29 20.10=2021-07-22 21.04=2022-01-20 21.10=2022-07-14
 22.04=2027-06-01 22.10=2023-07-20 23.04=2024-01-25 23.10=2024-07-11 24.04=2029-05-31 24.10=2025-07-10 25.04=2026-01-15
 25.10=2026-07-09 26.04=2031-05-29
alpine|Alpine|endoflife.date/alpine-linux@2026-08-22|3.24=2028-06-01|2.6=2015-05-01 2.7=2015-11-01 3.0=2016-05-01 3.1=2016-11-01
 3.2=2017-05-01 3.3=2017-11-01 3.4=2018-05-01 3.5=2018-11-01 3.6=2019-05-01 3.7=2019-11-01 3.8=2020-05-01 3.9=2020-11-01
 3.10=2021-05-01 3.11=2021-11-01 3.12=2022-05-01 3.13=2022-11-01 3.14=2023-05-01 3.15=2023-11-01 3.16=2024-05-23 3.17=2024-11-22
 3.18=2025-05-09 3.19=2025-11-01 3.20=2026-04-01 3.21=2026-11-01 3.22=2027-05-01 3.23=2027-11-01 3.24=2028-06-01
php|PHP|endoflife.date/php@2026-08-22|8.5=2029-12-31|5=2018-12-31 5.3=2014-08-14 5.4=2015-09-14 5.5=2016-07-21 5.6=2018-12-31
 7=2022-11-28 7.0=2019-01-10 7.1=2019-12-01 7.2=2020-11-30 7.3=2021-12-06 7.4=2022-11-28 8.0=2023-11-26 8.1=2025-12-31
 8.2=2026-12-31 8.3=2027-12-31 8.4=2028-12-31 8.5=2029-12-31
ruby|Ruby|endoflife.date/ruby@2026-08-22|4.0=2029-03-31|2=2023-03-31 2.1=2017-03-31 2.2=2018-03-31 2.3=2019-03-31 2.4=2020-03-31
 2.5=2021-03-31 2.6=2022-03-31 2.7=2023-03-31 3.0=2024-04-23 3.1=2025-03-26 3.2=2026-03-31 3.3=2027-03-31 3.4=2028-03-31
 4.0=2029-03-31
golang|Go|endoflife.date/go@2026-08-22|1.27=-|1.10=2019-02-25 1.11=2019-09-03 1.12=2020-02-25 1.13=2020-08-11 1.14=2021-02-16
 1.15=2021-08-16 1.16=2022-03-15 1.17=2022-08-02 1.18=2023-02-01 1.19=2023-09-06 1.20=2024-02-06 1.21=2024-08-13 1.22=2025-02-11
 1.23=2025-08-12 1.24=2026-02-10 1.25=2026-08-19
dotnet|.NET|endoflife.date/dotnet@2026-08-22|10.0=2028-11-14|1.0=2019-06-27 1.1=2019-06-27 2.0=2018-10-01 2.1=2021-08-21
 2.2=2019-12-23 3.0=2020-03-03 3.1=2022-12-13 5.0=2022-05-10 6.0=2024-11-12 7.0=2024-05-14 8.0=2026-11-10 9.0=2026-11-10
 10.0=2028-11-14
postgres|PostgreSQL|endoflife.date/postgresql@2026-08-22|18=2030-11-14|9=2021-11-11 9.2=2017-11-09 9.3=2018-11-08 9.4=2020-02-13
 9.5=2021-02-11 9.6=2021-11-11 10=2022-11-10 11=2023-11-09 12=2024-11-21 13=2025-11-13 14=2026-11-12 15=2027-11-11 16=2028-11-09
 17=2029-11-08 18=2030-11-14
mysql|MySQL|endoflife.date/mysql@2026-08-22|8.4=2032-04-30|5=2023-10-31 5.5=2018-12-31 5.6=2021-02-28 5.7=2023-10-31
 8.0=2026-04-30 8.1=2023-10-25 8.2=2023-12-14 8.3=2024-04-10 8.4=2032-04-30 9.0=2024-10-15 9.1=2025-01-21 9.2=2025-04-15
 9.3=2025-07-22 9.4=2025-10-21 9.5=2026-01-20 9.6=2026-04-21
mariadb|MariaDB|endoflife.date/mariadb@2026-08-22|11.8=2028-06-04|10.4=2024-06-18 10.5=2025-06-24 10.6=2026-07-06
 10.7=2023-02-09 10.8=2023-05-20 10.9=2023-08-22 10.10=2023-11-17 11.0=2024-06-06 11.1=2024-08-21 11.2=2024-11-21
 11.3=2024-05-29 11.5=2024-11-21 11.6=2025-02-13 11.7=2025-05-12 11.8=2028-06-04 12.0=2025-11-18 12.1=2026-02-13 12.2=2026-05-28
mongo|MongoDB|endoflife.date/mongodb@2026-08-22|8.0=2029-10-31|3.4=2020-01-31 3.6=2021-04-30 4.0=2022-04-30 4.2=2023-04-30
 4.4=2024-02-29 5.0=2024-10-31 6.0=2025-07-31 7.0=2027-08-31 8.0=2029-10-31
nginx|nginx|endoflife.date/nginx@2026-08-22|1.30=-|1.10=2017-04-12 1.12=2018-04-17 1.14=2019-04-23 1.16=2020-04-20
 1.18=2021-04-20 1.19=2021-05-25 1.20=2022-05-24 1.21=2022-06-21 1.22=2023-04-11 1.23=2023-05-23 1.24=2024-04-23 1.25=2024-05-29
 1.26=2025-04-23 1.27=2025-06-24 1.28=2026-04-14 1.29=2026-05-13
centos|CentOS|endoflife.date/centos@2026-08-22|-|5=2017-03-31 6=2020-11-30 7=2024-06-30 8=2021-12-31
amazonlinux|Amazon Linux|endoflife.date/amazon-linux@2026-08-22|2023=2029-06-30|1=2023-12-31 2018.03=2023-12-31 2=2026-06-30
 2023=2029-06-30
fedora|Fedora|endoflife.date/fedora@2026-08-22|44=2027-06-02|29=2019-11-26 30=2020-05-26 31=2020-11-24 32=2021-05-25
 33=2021-11-30 34=2022-06-07 35=2022-12-13 36=2023-05-16 37=2023-12-05 38=2024-05-21 39=2024-11-26 40=2025-05-13 41=2025-12-15
 42=2026-05-27
"""
# Words of tags that stand for a version: of Debian and Ubuntu, and the names of Node.js' long-term releases.
_CODENAMES = """
squeeze=debian:6 wheezy=debian:7 jessie=debian:8 stretch=debian:9 buster=debian:10 bullseye=debian:11 bookworm=debian:12
trixie=debian:13 precise=ubuntu:12.04 trusty=ubuntu:14.04 xenial=ubuntu:16.04 bionic=ubuntu:18.04 focal=ubuntu:20.04
jammy=ubuntu:22.04 noble=ubuntu:24.04 argon=node:4 boron=node:6 carbon=node:8 dubnium=node:10 erbium=node:12 fermium=node:14
gallium=node:16 hydrogen=node:18 iron=node:20 jod=node:22
"""
_SAME = {"nginxinc/nginx-unprivileged": "nginx"}
_DOTNET = "mcr.microsoft.com/dotnet/"
_VERSION = lazy(r"(?:v|centos)?(\d+(?:\.\d+)*)(?![\w.]*\d{6})")


class Ended(NamedTuple):
    """`product` and `version` as people call them, the day of its last support, the tag to move to and until when, or nothing.

    `version` is empty for an image of which the settings say when its support ended.
    """

    product: str
    version: str
    date: str
    successor: str
    until: str
    word: str = ""

    @property
    def title(self) -> str:
        return f"{self.product} {self.version}".rstrip()


def today() -> str:
    """The date of the machine, or the one in PRODLINT_DATE, by which a run can be repeated."""
    given = os.environ.get("PRODLINT_DATE", "")
    return given if re.fullmatch(r"\d{4}-\d\d-\d\d", given) else time.strftime("%Y-%m-%d")


def ended(reference: str, date: str, config: "Config | None" = None) -> Ended | None:
    """What an image builds on that had no support on a date: the program that it is for, or the system in its tag.

    Of an image whose end the settings say, the image itself.
    """
    own = described(reference, config).get("end-of-life") if config else None
    if own:
        return Ended("the image", "", own, "", "") if own < date else None
    repository, tag, _ = split(reference)
    name = _SAME.get(repository, "dotnet" if repository.startswith(_DOTNET) else repository)
    if not tag or len(tag) > MAX_TAG or (not official(name) and name != "dotnet"):
        return None
    first, *others = tag.lower().split("-")
    match = _VERSION.match(first)
    found = _ended(name, match[1], date) if match else None
    for word in (first, *others) if found is None else ():
        product, _, version = _codenames().get(word, "").partition(":")
        if word.startswith("alpine") and name != "alpine":
            product, version = "alpine", word[6:]
        found = found or (_ended(product, version, date, word) if version else None)
    return found


def _ended(name: str, version: str, date: str, word: str = "") -> Ended | None:
    product = _products().get(name)
    if product is None:
        return None
    title, successor, until, dates = product
    cycle = _cycle(version, dates)
    if not cycle or dates[cycle] >= date:
        return None
    return Ended(title, cycle, dates[cycle], successor, until if until > date else "", word)


def _cycle(version: str, dates: dict[str, str]) -> str:
    """The line of releases that a version belongs to: 3.8 for 3.8.12; nothing when it is none of those that are known."""
    while version and version not in dates:
        version = version.rpartition(".")[0]
        if any(known.startswith(f"{version}.") for known in dates):
            return ""
    return version


@cache
def _products() -> dict[str, tuple[str, str, str, dict[str, str]]]:
    found = {}
    for line in _PRODUCTS.replace("\n ", " ").strip().split("\n"):
        name, title, _source, successor, dates = line.split("|")
        tag, _, until = successor.strip("-").partition("=")
        found[name] = (title, tag, until, dict(re.findall(r"(\S+)=(\S+)", dates)))
    return found


@cache
def _codenames() -> dict[str, str]:
    return dict(re.findall(r"(\S+)=(\S+)", _CODENAMES))
