"""The build downloads with certificate or signature checks switched off, or runs a script from plain http."""

from prodlint.core import ERROR, Finding, Findings
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    for download in dockerfile.unverified:
        yield Finding(download.span, f"{download.name} {download.effect}", download.advice)
