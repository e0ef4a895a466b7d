"""The shipped image builds on something whose support has ended."""

from prodlint.core import WARNING, Finding, Findings
from prodlint.core.images.end_of_life import Ended, ended, today
from prodlint.dockerfile.base_image import bases
from prodlint.dockerfile.model import Dockerfile

LEVEL = WARNING


def check(dockerfile: Dockerfile) -> Findings:
    for base in bases(dockerfile):
        old = ended(base.name, today(), dockerfile.project.config)
        if old is not None:
            yield Finding(
                base.span,
                f"{base.name.partition('@')[0]}: {old.title} has had no security fixes since {old.date}",
                _advice(old),
                base.related,
            )


def _advice(old: Ended) -> str:
    if not old.version:
        return "move to one that is supported (base-images: in the settings gives this date)"
    if not old.successor:
        return "move to a system that is supported, as almalinux or rockylinux"
    until = f", which is supported until {old.until}" if old.until else ""
    instead = f", by a tag that ends in its name and not in {old.word}" if old.word else ""
    return f"move to {old.product} {old.successor}{until}{instead}"
