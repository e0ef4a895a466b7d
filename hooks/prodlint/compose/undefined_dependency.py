"""A service needs another one that no file defines, or that only a profile starts: compose refuses the project."""

from prodlint.compose.model import Compose
from prodlint.compose.references import NAMING, gated, missing
from prodlint.core import ERROR, Finding, Findings, Related

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    if compose.written.isdisjoint(NAMING) and "extends" not in compose.source.text:
        return
    from prodlint.compose.extended import missing_bases
    from prodlint.core.rule import suggestions

    near = suggestions()
    for service, base, known in missing_bases(compose):
        yield Finding(
            base.span,
            f'docker compose refuses the file: {service} extends "{base.name}", and no service there has this name'
            f"{near(base.name, known)}",
            help="name a service of the file that is extended; `file:` says which one that is",
        )
    for reference in missing(compose):
        yield Finding(
            reference.span,
            f'docker compose refuses the project: {reference} "{reference.name}", and no service has this name'
            f"{near(reference.name, compose.named, besides=reference.service.name)}",
            help="name a service of this project, or define the one that is missing",
        )
    for reference, target in gated(compose):
        yield Finding(
            reference.span,
            f"docker compose refuses the project: {reference} {target.name}, which only the profile"
            f" {', '.join(target.profiles)} starts",
            help=f"give both the same profiles, or write\ndepends_on:\n  {target.name}:\n"
            "    condition: service_started\n    required: false",
            related=[Related(target.items("profiles")[0].place, f"keeps {target.name} out")],
        )
