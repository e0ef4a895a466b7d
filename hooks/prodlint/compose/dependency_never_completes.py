"""A service waits for the end of another that is started again whenever it ends, so it waits for ever."""

from prodlint.compose.model import COMPLETED, Compose
from prodlint.core import ERROR, Finding, Findings, Related

LEVEL = ERROR


def check(compose: Compose) -> Findings:
    for service in compose.services:
        for edge in service.depends_on:
            if edge.condition != COMPLETED or not edge.target:
                continue
            from prodlint.compose.references import restarts_for_ever

            policy = restarts_for_ever(edge.target)
            if policy:
                yield Finding(
                    edge.span,
                    f"{service.name} waits for {edge.name} to complete, but docker starts {edge.name} again each time it ends:"
                    f" {service.name} never starts",
                    help=f'write restart: "no" or restart: on-failure for {edge.name}, which is to run once',
                    related=[Related(policy, f"starts {edge.name} again")],
                )
