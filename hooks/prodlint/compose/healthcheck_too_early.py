"""A healthcheck of PostgreSQL passes while its first scripts still run, so others start against a server that goes away again."""

from prodlint.compose.model import Compose
from prodlint.core import WARNING, Finding, Findings, Related

LEVEL = WARNING


def check(compose: Compose) -> Findings:
    for test in compose.tests:
        service, _ = test.services[0]
        if not service.waited_for or "pg_isready" not in test.span.text or not test.runs:
            continue
        from prodlint.compose.asked import asks_the_socket, initialised_by, is_postgres

        program = asks_the_socket(test) if is_postgres(service.origin) else None
        scripts = initialised_by(service) if program else None
        if program and scripts:
            waiter = service.waited_for[0]
            yield Finding(
                program.places[0],
                f"{test.owner} passes while the first scripts still run, so {waiter.service.name} may start before anybody can connect",
                help="add -h 127.0.0.1: during them, the server answers on its socket only",
                related=[
                    Related(scripts, "brings the scripts"),
                    Related(waiter.span, "waits for it"),
                    *test.places,
                ],
            )
