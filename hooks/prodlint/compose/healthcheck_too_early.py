"""A healthcheck of PostgreSQL passes while its first scripts still run, so others start too early."""

from prodlint.compose.model import Compose, Service
from prodlint.core import WARNING, Finding, Findings, Related, Span

LEVEL = WARNING
_SCRIPTS = "/docker-entrypoint-initdb.d"


def check(compose: Compose) -> Findings:
    for test in compose.tests:
        service, _ = test.services[0]
        if not service.waited_for or "pg_isready" not in test.span.text or not test.runs:
            continue
        scripts = _initialised_by(service)
        if not scripts:
            continue
        from prodlint.compose.asked import asks_the_socket, is_postgres

        program = asks_the_socket(test) if is_postgres(service.origin) else None
        if program:
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


def _initialised_by(service: Service) -> Span | None:
    """What brings the scripts that a new database of the postgres image runs before it is ready."""
    for item in (*service.items("volumes"), *service.items("configs")):
        target = item.get("target") or item
        if _SCRIPTS in (target.text or ""):
            return item.place
    stage = service.origin.stage if service.origin else None
    copies = stage.reversed("COPY", "ADD") if stage else ()
    return next((one.span for one in copies if _SCRIPTS in one.arguments), None)
