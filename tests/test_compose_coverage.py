"""Every fault of compose files that there is a rule for, and the sections that show it beside what is no fault."""

import pytest

from conftest import ROOT
from pages import Case, cases, pages

# fault | rule | a section with findings | what is at fault there | a section without
TABLE = """
service_healthy, no healthcheck | compose/unhealthy-dependency | Bad: the database has no healthcheck | service_healthy | Good: it has one
nothing reports its health | compose/missing-healthcheck | Bad: a published web server and the database that it needs | nginx | Good: both report their health
jobs need none | compose/missing-healthcheck | A server that migrates first is no job | migrate | Jobs, by all their marks
short form, with a healthcheck | compose/unwaited-dependency | Bad: the healthcheck of the database is used by nobody | depends_on | Good: web waits for the database, and says that it need not wait for the cache
disabled | compose/healthcheck-disabled | Bad: a published service, and the database of another one | disable: true | Good: their checks run
NONE in a list | compose/healthcheck-disabled | Bad: a published service, and the database of another one | ["NONE"] | Good: their checks run
or true, or exit 0 | compose/healthcheck-cannot-fail | Bad: the result is thrown away | || exit 0 | Good: the result counts
true, echo | compose/healthcheck-cannot-fail | Bad: nobody is asked | "true" | What may fail
NONE as a text | compose/healthcheck-malformed | Bad: a list in quotes, and first words as a text | test: NONE | Good: lists
CMD as a text | compose/healthcheck-malformed | Bad: a list in quotes, and first words as a text | test: CMD curl | Good: lists
a list in quotes | compose/healthcheck-malformed | Bad: a list in quotes, and first words as a text | '["CMD" | Good: lists
a list without a form | compose/healthcheck-malformed | Bad: docker compose refuses a list without a form | ["curl" | Good: lists
arguments of CMD-SHELL | compose/healthcheck-malformed | Bad: CMD-SHELL takes one text | "CMD-SHELL", "pg_isready", "-U" | Good: one text, or CMD
a line in CMD | compose/healthcheck-malformed | Bad: CMD runs no shell | "curl -fsS http | Good: a shell reads them
operators in CMD | compose/healthcheck-malformed | Bad: CMD runs no shell | "||", "exit" | Good: a shell reads them
two dollars in CMD | compose/healthcheck-malformed | Bad: CMD runs no shell | $$MYSQL_USER | Good: a shell reads them
one dollar | compose/healthcheck-host-variable | Bad: the user of the database is read on the host | $POSTGRES_USER | Good: two dollars
$(…), $? and $# | compose/healthcheck-host-variable | Three dollars, and a part of a name | $$$ | What is no reference to a variable
the tool is not there | compose/healthcheck-tool-missing | Bad: node on Alpine has no curl | curl | Good: it uses wget, which busybox brings
curl without --fail | compose/healthcheck-cannot-fail | Bad: curl takes an error page for health | curl | Good: curl fails, or its answer is looked at
localhost in busybox | compose/healthcheck-localhost-ipv6 | Bad: the server listens on 0.0.0.0 | localhost | Good: 127.0.0.1
start_interval alone | compose/healthcheck-bad-timing | Bad: start_interval alone | start_interval | Good: with the time that a start may take
no unit | compose/healthcheck-bad-timing | Bad: no unit, and negative | interval: "30" | Good: durations with units
negative | compose/healthcheck-bad-timing | Bad: no unit, and negative | -5s | What they read
no test | compose/healthcheck-lost-in-merge | Bad: there is no test anywhere | interval | Good: the image brings the test
a shallow merge | compose/healthcheck-lost-in-merge | Bad: the timings replace the test | << | Good: the merge is where the timings are
pg_isready on the socket | compose/healthcheck-too-early | Bad: the socket answers during the scripts | pg_isready | Good: it asks over TCP
a short window | compose/healthcheck-gives-up-early | Bad: three tries within six seconds | retries | Good: a start may take half a minute
redis-cli without a password | compose/healthcheck-cannot-fail | Bad: the refusal counts as health | requirepass | Good: the password is given, and the answer is read
an override downgrades | compose/unwaited-dependency | Bad: the short form of an override takes the condition back | service_healthy | The later long form counts
undefined | compose/undefined-dependency | Bad: a typing mistake | depends_on | Good: the services are in files that are included and extended
a cycle | compose/dependency-cycle | Bad: three services wait for each other | depends_on | Good: two ways to the same service
itself | compose/dependency-cycle | Bad: a service that depends on itself | depends_on | Silent: what leads out of the project
behind a profile | compose/undefined-dependency | Bad: the proxy always starts, and what it depends on only with a profile | profiles | Good: the proxy can do without it
never completes | compose/dependency-never-completes | Bad: migrations that are started again for ever | service_completed_successfully | Good: migrations that are tried until they succeed
links lead back | compose/dependency-cycle | Bad: a link leads back | links | Good: two ways to the same service
network_mode, volumes_from | compose/undefined-dependency | Bad: other keys that name services | network_mode: service: | Good: the services are in files that are included and extended
no replicas | compose/unhealthy-dependency | Bad: the database has no healthcheck | service_healthy | Nobody waits for a service of which no container is started
numbers and booleans in a test | compose/invalid-compose | Healthchecks of another type | localhost, 80] | Healthchecks that only other rules find fault with
null, list and text for a healthcheck | compose/invalid-compose | Healthchecks of another type | healthcheck: [CMD | Healthchecks that only other rules find fault with
an unknown key of a healthcheck | compose/invalid-compose | Healthchecks of another type | tests: 3 | Healthchecks that only other rules find fault with
${V/x/y} | compose/invalid-compose | Bad: references that compose cannot read | ${ | Good: what compose converts, replaces or drops
default password | secrets/weak-credential | Bad: a literal, and a default | :- | Good: no value, no start
literal credential | secrets/random-secret | Bad: in a list, a map and a pair | environment | Good: references, hashes and what a generator did not make
credential in a URL | secrets/credential-in-url | Bad: a service next door, with the password that everybody tries | :// | Good: from variables
neither default nor :? | compose/unset-variable | Bad: nobody is told to set them | ${ | Good: demanded
published datastore | compose/published-datastore | Bad: for everybody, though only the application needs it | 5432 | Good: not published, or for this host alone
latest, no tag | compose/untagged-image | Bad: no tag, and latest | latest | Good: versions, a digest, and a default
no restart policy | compose/missing-restart | Bad: the web server and its database stay down after a reboot | ports | Good: all of them come back
misspelt policy | compose/misspelt-restart | Bad: a letter too many, and a word too few | allways | Good: what Docker knows
development server | compose/development-in-production | Bad: a development server behind a script, in production | nodemon | Good: the program itself, and a default that is safe to forget
development by default | compose/development-in-production | Bad: a development server behind a script, in production | :-development | Good: the program itself, and a default that is safe to forget
source over the image | compose/development-in-production | Bad: the source over the image | volumes | Good: a file for developers
last stage is for developers | dockerfile/development-stage-shipped | Bad: compose builds what is last | development | Good: compose names the stage
target, Dockerfile, context | compose/undefined-resource | Bad: what is built is not there | target | Good: declared, external, or there without a declaration
no volume | compose/unpersisted-database | Bad: empty after the next down and up | postgres | Good: a volume with a name, and a folder of the host
replicas misplaced | compose/invalid-compose | Bad: keys that do not exist, or stand in the wrong place | replicas | Good: the same, where it belongs
replicas, container_name | compose/replicas-conflict | Bad: several containers of one name | container_name | Good: a service of Swarm
replicas, one port | compose/replicas-conflict | Bad: three replicas, one port | replicas | Good: a proxy before them, or a port for each
one port twice | compose/duplicate-port | Bad: two proxies for the same port | 443 | Good: they never run together
one name twice | compose/duplicate-container-name | Bad: copied from the service above | container_name | Good: one each, or none
undeclared network, volume | compose/undefined-resource | Bad: a network that has another name, a volume that nobody declares | networks | Good: declared, external, or there without a declaration
undeclared secret, config | compose/undefined-resource | Long forms | secrets | Good: declared, external, or there without a declaration
privileged | compose/privileged-service | Bad: everything, where one right is needed | privileged: true | Good: the right and the device that it needs
docker.sock | compose/docker-socket-mounted | Bad: a web application that can be root on the host | docker.sock | Good: only on the machine of a developer
unknown build argument | compose/unknown-build-argument | Bad: a letter is missing | args | Good: declared in any stage, or known to BuildKit
duplicate key | compose/syntax | Bad: a key that is written twice | services | Good: merges, anchors, several documents, tags of compose
wrong type | compose/invalid-compose | Bad: values of the wrong kind | services | Good: what compose converts, replaces or drops
mounted file is missing | compose/missing-mount-source | Bad: the settings of nginx were never committed | nginx.conf | Good: it is there, or expected
"""
PAGES = pages(ROOT)
ROWS = [[cell.strip() for cell in line.split(" | ")] for line in TABLE.strip().split("\n")]


def section(rule: str, title: str) -> Case:
    found = [
        case
        for name in (rule, f"cases:{rule}")
        if name in PAGES
        for case in cases(PAGES[name].read_text(encoding="utf-8"))
        if case.title == title
    ]
    assert len(found) == 1, f"{rule} has {len(found)} sections {title!r}"
    return found[0]


@pytest.mark.parametrize(("rule", "bad", "fault", "good"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])  # fmt: skip
def test_every_fault_is_shown_beside_what_is_none(
    rule: str, bad: str, fault: str, good: str
) -> None:
    shown, silent = section(rule, bad), section(rule, good)

    assert f"[{rule}]" in shown.expected
    assert any(fault in text for text in shown.files.values())
    assert silent.expected == ""
