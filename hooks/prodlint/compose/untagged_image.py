"""A service runs whatever `latest` is on the day of the pull."""

from prodlint.compose.model import Compose
from prodlint.core import WARNING, Finding, Findings, Related

LEVEL = WARNING


def check(compose: Compose) -> Findings:
    names = [service.text("image") or "" for service in compose.services]
    if all(name.rpartition("/")[2].partition(":")[2] not in ("", "latest") for name in names):
        return
    from prodlint.compose.unversioned import unversioned

    images = unversioned(compose)
    if not images:
        return
    first, *others = images
    what = "" if first.tag else ", which without a tag is latest"
    more = others[0].service if len(others) == 1 else f"{len(others)} more services"
    too = f"; the same goes for {more}" if others else ""
    yield Finding(
        first.place,
        f"{first.service} runs {first.name}{what}: the next pull may bring another version, and nothing says which ran before{too}",
        help=f"name the version that was tested, as {first.repository}:<version>, or its digest",
        related=[Related(one.place, f"{one.service} has no version either") for one in others],
    )
