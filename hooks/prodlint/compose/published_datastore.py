"""A database or a broker is published on every address of the host, past its firewall."""

from prodlint.compose.model import Compose
from prodlint.core import WARNING, YES, Finding, Findings, Related

LEVEL = WARNING


def check(compose: Compose) -> Findings:
    if not any(service.published for service in compose.services):
        return
    from prodlint.compose.deployment import counts, given
    from prodlint.compose.published import datastore_ports

    for service in compose.candidates:
        # Developers let Docker pick a free port of the host.
        picked = compose.deployed is YES
        ports = [port for port in datastore_ports(service) if port.host or picked]
        found = [port for port in ports if port.everywhere and counts(port.place)]
        if not found or given(compose, service.name, "ports"):
            continue
        first, *others = found
        advice = f"publish it for the programs of the host alone\n{first.on_this_host}"
        if service.dependents:
            user = service.dependents[0].service.name
            advice = f"{user} reaches it as {service.name}:{first.target} without `ports:`; if the host needs it, {advice}"
        yield Finding(
            first.place,
            f"{service.name} offers {first.name} to everybody who reaches the host: Docker opens the port past ufw and firewalld",
            advice,
            [Related(port.place, "is published too") for port in others],
        )
