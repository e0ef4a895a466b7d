"""The build downloads with certificate or signature checks switched off, or runs a script from plain http."""

from prodlint.core import ERROR, Finding, Findings
from prodlint.dockerfile.downloads import unverified
from prodlint.dockerfile.insecure import ADVICE
from prodlint.dockerfile.model import Dockerfile

LEVEL = ERROR


def check(dockerfile: Dockerfile) -> Findings:
    for download in unverified(dockerfile):
        yield Finding(download.span, f"{download.name} {download.effect}", ADVICE[download.effect])
