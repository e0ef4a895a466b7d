"""The secrets hook: what it finds, that nobody ever sees a credential, that it stays on this machine and is never slow."""

import json
import os
import re
import socket
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

import samples
from adversarial import PATHS, PIECES, adversarial, seconds
from conftest import ROOT, Lint, write
from prodlint.core import config, engine
from prodlint.core import rule as rules
from prodlint.core.finding import ERROR, Finding, Findings
from prodlint.core.project import Project
from prodlint.core.redact import redact_line, redact_message
from prodlint.core.source import Source, Span, decode
from prodlint.report import formats, render
from prodlint.secrets.formats import FORMATS, LIVE, TEST
from prodlint.secrets.model import Secrets
from prodlint.secrets.pairs import lowered
from prodlint.secrets.tokens import tokens
from prodlint.secrets.values import PLACEHOLDER, RANDOM, WEAK, strength

FORMS = {form.kind: form for form in FORMATS}
KINDS = sorted(FORMS)
# Files and lines that hold a credential of any kind.
CONTEXTS = {
    "list": (
        "compose.yaml",
        "services:\n  web:\n    image: web:1\n    environment:\n      - DATA={}\n",
    ),
    "map": (
        "compose.yaml",
        "services:\n  web:\n    image: web:1\n    environment:\n      DATA: {}\n",
    ),
    "quoted": ("config/app.yml", 'data: "{}"\n'),
    "flow": ("config/app.yml", "data: {{a: 1, b: '{}'}}\n"),
    "comment": ("config/app.yml", "a: 1 # was {}\n"),
    "env": (".env", "PORT=80%\nPORT=80\nexport X\nDATA={}\n"),
    "example": (".env.example", "DATA='{}'\n"),
    "json": ("settings.json", '{{"a": {{"b": "{}"}}}}\n'),
    "image": ("Dockerfile", "FROM alpine:3.22\nENV A=b DATA={} C=d\n"),
    "argument": ("Dockerfile", "FROM alpine:3.22\nRUN tool --data {} || true\n"),
    "step": (
        ".github/workflows/ci.yml",
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          curl -H 'X: {}' x.y || true\n",
    ),
    "pair": (
        "k8s/app.yaml",
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - env:\n        - name: DATA\n          value: {}\n",
    ),
    "toml": ("app.toml", 'data = "{}"\n'),
    "ini": ("app.ini", "[a]\ndata = {}\n"),
    "properties": ("app.properties", "data={}\r\nb=1\r\n"),
    "terraform": ("main.tf", 'locals {{\n  data = "{}"\n}}\n'),
}


# What a provider writes into every one of its tokens.
_SHARED = re.compile(
    r"^(?:pt|st|ct|sa|scim)\.|^(?:api|admin|oat)\d\d-|^(?:auth|api|client|webhook|scim)-|^.*/IncomingWebhook/"
)


def planted(kind: str, seed: int) -> tuple[str, str]:
    """A credential as it is written, and the part of it that nobody may see."""
    token, form = samples.sample(kind, seed), FORMS[kind]
    literal = next(literal for literal in form.literals if literal in token)
    before, _, after = token.partition(literal)
    return token, _SHARED.sub("", max(before, after, key=len))


def shown(text: str, secret: str) -> str:
    """Five characters of a secret that stand in a text, or nothing; five hexadecimal ones stand in many a fingerprint."""
    pieces = (secret[at : at + 5] for at in range(len(secret) - 4))
    longer = (secret[at : at + 10] for at in range(len(secret) - 9))
    return next(
        (piece for piece in pieces if piece in text and not re.fullmatch("[0-9a-f]+", piece)),
        next((piece for piece in longer if piece in text), ""),
    )


# What is found


@pytest.mark.parametrize("context", CONTEXTS)
def test_token_in_any_file(context: str) -> None:
    path, text = CONTEXTS[context]
    for kind in KINDS:
        written, secret = planted(kind, 0)
        secrets = Secrets(Source(path, text.format(written)))
        tested = FORMS[kind].tier == TEST
        expected = [] if tested and secrets.scope.example else [kind]

        found = secrets.test_keys if tested else secrets.tokens

        assert [token.kind for token in found] == expected
        assert all(secret in token.span.text and token.span.text in written for token in found)


@pytest.mark.parametrize("kind", KINDS)
def test_every_token_of_a_form(kind: str) -> None:
    for seed in range(8):
        written = samples.sample(kind, seed)

        assert [found.kind for found in tokens(f"DATA={written}\n")] == [kind]
        # One character of the checksum, or of the prefix, is another one.
        if FORMS[kind].checksum:
            other = written[:-1] + ("1" if written[-1] != "1" else "2")
            assert len(written) > 80 or tokens(f"DATA={other}\n") == []
        elif not FORMS[kind].head:
            assert kind not in {found.kind for found in tokens(f"DATA={written[1:]}\n")}


def test_forms_as_a_detector_of_detect_secrets(tmp_path: Path) -> None:
    forms = [form.kind for form in FORMATS if not form.detector]
    path = tmp_path / "settings.txt"
    path.write_text("".join(f"a {samples.sample(kind)} b\n" for kind in forms), encoding="utf-8")
    plugin = ROOT / "hooks/prodlint/secrets/detect_secrets_plugin.py"

    done = subprocess.run(
        [sys.executable, "-m", "detect_secrets", "scan", "--no-verify", "-p", plugin, path.name],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    found = json.loads(done.stdout)["results"][path.name]
    lines = {one["line_number"] for one in found if one["type"] == "Provider token (prodlint)"}
    assert [kind for line, kind in enumerate(forms, 1) if line not in lines] == []


def test_forms_are_described_once() -> None:
    assert len({form.id for form in FORMATS}) == len(FORMATS) >= 110
    assert all(form.documentation for form in FORMATS)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_token_in_any_encoding(encoding: str) -> None:
    token = samples.sample("GitHub token")
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    data = f"{mark}# caf\xe9\r\nDATA={token}\r\n".encode(encoding)

    assert [found.span.text for found in Secrets(decode(".env", data)).tokens] == [token]


def test_lower_case_keeps_every_offset() -> None:
    text = "".join(map(chr, range(sys.maxunicode + 1)))

    assert len(lowered(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "ghp_" + "a1B2" * 9,
        "ghp_" + "x" * 36,
        "gh" + "p_0123456789abcdefghijklmnopqrstuvwxyz",
        "npm_" + "Q7" * 18,
        "AKIA" + "IOSFODNN7EXAMPLE",
        "AKIA" + "QWERTYUIOP018901",
        "sk_live_" + "your_secret_key_goes_here",
        "sk_test_" + "4eC39HqLyjWDarjtT1" + "zdp7dc",
        "SKIP_DATABASE_MIGRATIONS_ON_START_2",
        "hf_" + "example" * 5,
        "aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY",
        "sha256:" + "0a1b2c3d" * 8,
    ],
)
def test_no_token(text: str) -> None:
    assert tokens(f"KEY={text}\n") == []


@pytest.mark.parametrize(
    "claims", [{"role": "anon"}, {"iss": "supabase-demo"}, {"name": "John Doe"}]
)
def test_web_token_for_everybody(claims: dict[str, str]) -> None:
    assert tokens(samples.web_token(Random(1), **claims)) == []
    assert len(tokens(samples.web_token(Random(1), role="service_role"))) == 1


VALUES = {
    WEAK: "postgres hunter22 123456789a MyStrongLoginPassword super_strong_password P4ssb0lt 111 silver-pusher",
    PLACEHOLDER: "changeme your-secret-here dev-jwt-secret-change-me CHANGE_ME x-x-x sk-xxx-xxx",
    RANDOM: "v67ic55x4ghvjfj 9f86d081884c7d659a2f UbuNeUxdIgeBxymJsMxqhjFG cN8IrZTSBMgcu++k ieZaid9soh",
    "": """true ${DB_PASSWORD} $DB_PASSWORD {{password}} DB_PASSWORD /run/secrets/db cert.pem 15m %s xxxxx
        ENC[AES256_GCM,data:x] $2b$12$abcdefghijklmnopqrstuv vault:secret/db read(file) <token> https://a.b
        !Ref *anchor none 1 $$2y$$10$$abcdefghij pbkdf2:sha256:1 op://vault/item arn:aws:ssm""",
}


@pytest.mark.parametrize(
    ("value", "expected"),
    [(value, expected) for expected, values in VALUES.items() for value in values.split()],
)
def test_strength(value: str, expected: str) -> None:
    assert strength(value, "PASSWORD") == expected


def test_one_credential_is_one_finding(lint: Lint) -> None:
    password = samples.sample("password")
    text = f"""\
services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: {password}
      PGPASSWORD: {password}
      TOKEN: {samples.sample("GitHub token")}
  web:
    image: web:1
    environment:
      DATABASE_URL: postgres://app:{password}@db/app
"""

    printed = lint({"compose.yaml": text}, only=["secrets"]).splitlines()

    assert [line.rpartition(" ")[2] for line in printed] == [
        "[secrets/leaked-token]",
        "[secrets/credential-in-url]",
    ]


@pytest.mark.parametrize("end", range(3))
def test_private_keys_in_base_64(end: int) -> None:
    key = samples.sample("private key") + "\n" * end
    certificate = key.replace("PRIVATE KEY", "CERTIFICATE")
    words = [b64encode(text.encode()).decode() for text in (key, certificate)]
    config = (
        "kind: Config\nusers:\n- user:\n    client-key-data: {}\n    client-certificate-data: {}\n"
    )

    (found,) = Secrets(Source("kubeconfig.yaml", config.format(*words))).private_keys

    assert (found.name, found.kind, found.span.text) == ("client-key-data", "private key", words[0])


# The rules that judge a value of an env file; whether the file may be in the repository, and who else reads it, is another matter.
ON_VALUES = re.compile(
    r"secrets/|env/(?:published-default-secret|placeholder-value|weak-secret|live-secret-in-example)$"
)
ENV_FILES = (
    ".env",
    ".env.production",
    ".env.example",
    ".env.dist",
    ".env.docker",
    ".env.development",
    "env/netbox.env",
    "examples/app/.env",
    "deploy/prod.env.sample",
)
ENV_NAMES = [
    "DB_PASSWORD",
    "SECRET_KEY",
    "JWT_SECRET",
    "API_TOKEN",
    "API_KEY",
    "SMTP_PASS",
    "SESSION_SECRET",
    "PASSWORD_SALT",
    "DATABASE_URL",
]


def values_of_an_env_file(random: Random) -> list[str]:
    """Random, weak, published and unfilled values, tokens and URLs."""
    made = [samples.text(random, samples.ALPHANUMERIC, length) + "7xQ" for length in (9, 20, 40)]
    given = [planted(random.choice(KINDS), random.randrange(99))[0] for _ in range(6)]
    known = "postgres changeme admin password123 change-me-now your-secret-key <token> blue-horse-42 hunter22 minioadmin"
    published = "your-super-secret-jwt-token-with-at-least-32-characters-long"
    values = [
        *made,
        *given,
        *known.split(),
        published,
        "0" * 40,
        samples.text(random, "0123456789abcdef", 64),
    ]
    return [*values, *(f"postgres://app:{value}@db/app" for value in values if "<" not in value)]


@pytest.mark.parametrize(
    "schema", ["", "prodlint-env: 1\nvars:\n  SECRET_KEY: {secret: true, minLength: 60}\n"]
)
@pytest.mark.parametrize("path", ENV_FILES)
def test_a_value_of_an_env_file_has_one_finding(path: str, schema: str, tmp_path: Path) -> None:
    values = values_of_an_env_file(Random(path))
    if schema:  # that a token is too short for the schema is a fault besides
        values = [value for value in values if not tokens(value)]
    said = 0
    for number in range(0, len(values), 4):
        rotated = values[number:] + values[:number]
        text = "".join(f"{name}={value}\n" for name, value in zip(ENV_NAMES, rotated, strict=False))
        folder = tmp_path / str(number)
        write(folder, {path: text, **({".env.schema.yaml": schema} if schema else {})})
        project = Project(str(folder.resolve()), config.Config())
        result = engine.run(project, engine.Selection(["secrets", "env"]))
        found = [one for one in result.findings if ON_VALUES.match(one.rule)]

        lines = [(one.span.line, one.rule) for one in found]
        assert len({line for line, _ in lines}) == len(lines), lines
        said += len(lines)
    assert said > 3


# Nobody ever sees a credential


def everywhere(seed: int) -> tuple[dict[str, str | bytes], list[str]]:
    """A small repository with credentials at many places, and their texts."""
    random = Random(seed)
    secrets: list[str] = []

    def password() -> str:
        secrets.append(samples.text(random, samples.ALPHANUMERIC, random.randint(8, 24)) + "7xQ")
        return secrets[-1]

    def token() -> str:
        written, secret = planted(random.choice(KINDS), random.randrange(10**6))
        secrets.append(secret)
        return written

    key = samples.private_key(random)
    secrets += key.splitlines()[1:-1]
    indented = key.replace("\n", "\n      ")
    compose = f"""\
services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: {password()}
      MYSQL_PASSWORD: "{password()}" # old: {token()}
      DATA: {token()}
      REDIS_URL: redis://:{password()}@cache:6379
      DATABASE_URL: ${{DATABASE_URL:-postgres://app:${{DB_PASSWORD:-{password()}}}@db/app}}
      API_KEY: >-
        {password()}
    healthcheck:
      test: mysqladmin ping -h localhost -p{password()}
  web:
    build: .
    command: web --password {password()} --token={token()}
    environment:
      - SECRET_KEY={password()}
      - 'JWT_SECRET={password()}'
      - KEY=|
      {indented}
    healthcheck:
      test: ["CMD", "curl", "-f", "-u", "app:{password()}", "http://app:{password()}@localhost"]
      interval: 1x
    depends_on:
      db:
        condition: service_healthy
"""
    image = f"""\
FROM python:3.13
ENV PASSWORD {password()}
ENV A=b DB_PASSWORD={password()} TOKEN="{token()}"
ARG NPM_TOKEN={token()}
RUN curl -H "Authorization: Bearer {token()}" https://x.y/z || true
RUN PGPASSWORD={password()} psql -c 'select 1' || true
CMD python app.py --secret {password()}
"""
    workflow = f"""\
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    env:
      API_TOKEN: {token()}
    steps:
      - run: curl -u app:{password()} https://x.y/z || true
      - run: |
          mysql -u app -p{password()} < dump.sql || true
          pytest --token {token()} || true
          echo "{password()}" | docker login -u app --password-stdin || true
        env:
          SECRET: {password()}
"""
    # What a pipe hands over has no name: only the credentials beside it are looked for.
    secrets.remove(workflow.split('echo "')[1].split('"', maxsplit=1)[0])
    env = f"""\
PORT={password()}
DEBUG={token()}
DB_PASSWORD={password()}
DB_PASSWORD={password()}
export SECRET_KEY='{password()} {password()}'
DATABASE_URL=mysql://app:{password()}@db/app
# OLD_TOKEN={token()}
AUTH_TOKEN={password()} MAIL_TOKEN={password()}
PRIVATE_KEY="{key}"
"""
    secrets.remove(env.split("PORT=")[1].split("\n", maxsplit=1)[0])
    schema = """\
prodlint-env: 1
vars:
  PORT: {type: integer}
  DEBUG: {type: boolean}
  DB_PASSWORD: {type: integer, secret: true}
  DATABASE_URL: {format: dsn, schemes: [postgres]}
"""
    pod = f"""\
apiVersion: v1
kind: Pod
spec:
  containers:
    - env:
        - name: DB_PASSWORD
          value: {password()}
        - name: DATA
          value: {token()}
"""

    def encoded() -> str:
        """A password in base 64, which is as good as the password."""
        secrets.append(b64encode(password().encode()).decode().rstrip("="))
        return secrets[-1] + "=" * (-len(secrets[-1]) % 4)

    secret = f"""\
apiVersion: v1
kind: Secret
data:
  password: {encoded()}
  api-key: "{encoded()}" # old: {encoded()}
stringData:
  password: {password()}
  token: {token()}
"""
    settings = json.dumps(
        {
            "db": {"password": password(), "url": f"amqp://a:{password()}@mq"},
            "data": token(),
            "key": key,
        }
    )
    files: dict[str, str | bytes] = {
        "compose.yaml": compose,
        "Dockerfile": image,
        ".github/workflows/ci.yml": workflow,
        ".env": env,
        ".env.schema.yaml": schema,
        "k8s/app.yaml": pod,
        "k8s/secret.yaml": secret,
        "settings.json": settings,
        "server.key": key,
        ".npmrc": f"//registry.npmjs.org/:_authToken={samples.sample('npm token', seed)}\n",
    }
    secrets.append(samples.sample("npm token", seed)[4:])
    return files, secrets


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    "only", [[], *([name] for name in rules.hook_names() if name != "ignore")], ids=str
)
def test_no_report_holds_a_credential(seed: int, only: list[str], lint: Lint) -> None:
    files, secrets = everywhere(seed)
    for format in formats():
        printed = lint(files, only=only, format=format)
        # A hash of rule, path and message: five of its characters may be any five.
        printed = re.sub(r'"fingerprint": "[0-9a-f]{64}"', "", printed)

        assert [piece for secret in secrets if (piece := shown(printed, secret))] == []


def _each_line(document: Secrets) -> Findings:
    """A rule that has something to say of every line, and quotes it."""
    source = document.source
    for number in range(1, source.line_count + 1):
        span = source.line_span(number)
        yield Finding(span, "something", help="something else")
        middle = (span.start + span.end) // 2
        yield Finding(Span(source, middle, min(span.end, middle + 3)), "something")


@pytest.mark.parametrize("seed", range(12))
def test_no_frame_holds_a_credential(
    seed: int, lint: Lint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        rules, "load", lambda rule_id: rules.Rule(rule_id, ERROR, True, "Any.", _each_line)
    )
    files, secrets = everywhere(seed)

    printed = lint(files, only=["secrets"], select=["secrets/leaked-token"], format="full")

    assert printed.count("something") > 200
    assert [piece for secret in secrets if (piece := shown(printed, secret))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_message_and_no_frame_holds_a_token(kind: str) -> None:
    for seed in range(20):
        written, secret = planted(kind, seed)
        for text in (
            f"KEY is {written!r}, no number",
            f"run: tool {written} || true",
            f"- a,{written}",
        ):
            assert shown(redact_message(text), secret) == ""
            assert shown(redact_line(text), secret) == ""


def test_no_crash_holds_a_credential(
    lint: Lint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, secrets = everywhere(1)
    write(tmp_path, files)

    def check(document: Secrets) -> Findings:
        raise ValueError(document.source.text)
        yield

    monkeypatch.setattr(
        rules, "load", lambda rule_id: rules.Rule(rule_id, ERROR, True, "Any.", check)
    )
    project = Project(str(tmp_path.resolve()), config.Config())
    result = engine.run(project, engine.Selection(["secrets"]))

    printed = "\n".join(
        [*result.crashes, *result.notes, *(render(name, result, project) for name in formats())]
    )
    assert len(result.crashes) > len(files)
    assert [piece for secret in secrets if (piece := shown(printed, secret))] == []


@pytest.mark.parametrize(
    "line",
    [
        "    uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
        "FROM node:24@sha256:4ad2c2b350ab49fb637ab40a269ffe207c61818bb7eb3a4ea122001a0c605e1f AS build",
        "RUN pip install --no-cache-dir --requirement requirements-production-2024.txt || true",
        "      - run: docker compose -f docker-compose.integration.yml up --exit-code-from tests || true",
        "    image: ghcr.io/organisation/application-backend-service:2024-01-15-production",
        '      test: ["CMD", "curl", "-f", "http://localhost:3000/api/v1/healthcheck"]',
        "COPY --from=build /usr/src/application/node_modules/@types/express4 ./node_modules",
        "NEXT_PUBLIC_API_BASE_URL=https://api.staging.internal.organisation.org/graphql/v2",
        "      TOKEN: ${{ secrets.GITHUB_TOKEN }}",
        "      - PASSWORD=${DB_PASSWORD:?}",
        "  id-token: write",
        "    secrets: inherit",
        "    author: Jane Doe",
    ],
)
def test_what_is_no_credential_stays(line: str) -> None:
    assert redact_line(line) == line


# It stays on this machine


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: socket.socket().connect_ex(("127.0.0.1", 9)),
        lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)),
        lambda: socket.getaddrinfo("localhost", 80),
    ],
)
def test_no_test_reaches_the_network(reach: Callable[[], object]) -> None:
    with pytest.raises(AssertionError, match="network"):
        reach()


def test_detectors_reach_no_network(tmp_path: Path) -> None:
    kinds = [form.kind for form in FORMATS if form.detector and form.tier == LIVE]
    lines = [f"DATA={samples.sample(kind)}\n" for kind in kinds]
    write(tmp_path, {".env": "".join(lines)})
    code = f"""
import socket, sys
sys.path.insert(0, {str(ROOT / "hooks")!r})
def refuse(*args, **kwargs):
    raise SystemExit("network")
socket.socket.connect = socket.getaddrinfo = refuse
from prodlint.secrets.detectors import _detector
from prodlint.secrets.formats import FORMATS
for detector in set(form.detector for form in FORMATS if form.detector):
    type(_detector(detector)).verify = refuse
from prodlint.cli import main
try:
    main()
finally:
    print("requests" in sys.modules, "urllib3" in sys.modules)
"""

    words = ["--only", "secrets", "--format", "concise"]
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, *words],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert done.stderr == ""
    assert done.stdout.endswith("False False\n")
    assert done.stdout.count("[secrets/leaked-token]") == len(kinds)


def test_a_file_without_a_token_needs_no_detector(tmp_path: Path) -> None:
    text = "services:\n  db:\n    image: a:1\n    environment:\n      DB_PASSWORD: ${P:-admin}\n      URL: amqp://a:b1@mq\n"
    write(tmp_path, {"compose.yaml": text})
    code = f"""
import sys
sys.path.insert(0, {str(ROOT / "hooks")!r})
from prodlint.cli import main
try:
    main()
finally:
    print(*sys.modules)
"""

    done = subprocess.run(
        [sys.executable, "-I", "-c", code, "--only", "secrets", "--format", "concise"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    *printed, modules = done.stdout.splitlines()
    assert len(printed) == 2
    heavy = {
        "detect_secrets",
        "requests",
        "yaml",
        "json",
        "jsonschema",
        "logging",
        "pathlib",
        "dataclasses",
    }
    assert heavy & set(modules.split()) == set()


def test_real_requests_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import ModuleType

    from prodlint.core.imports import import_with

    real = ModuleType("requests")
    monkeypatch.setitem(sys.modules, "requests", real)
    import_with("detect_secrets.plugins.aws", ModuleType("requests"))

    assert sys.modules["requests"] is real


# It is never slow


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", PIECES)
def test_calls_grow_with_the_length(name: str, path: str, tmp_path: Path) -> None:
    """What each call takes, `bench/secrets_adversarial.py` measures."""
    short, long = 8192, 16384
    calls_of(tmp_path, path, adversarial(name, path, long))

    most = 2.2 * calls_of(tmp_path, path, adversarial(name, path, short)) + 200

    assert calls_of(tmp_path, path, adversarial(name, path, long)) <= most


def calls_of(folder: Path, path: str, text: str) -> int:
    """How many functions are called to lint a text, those of the interpreter too."""
    events = Counter[str]()
    strength.cache_clear()
    sys.setprofile(lambda frame, event, argument: events.update([event]))
    try:
        seconds(folder, path, text)
    finally:
        sys.setprofile(None)
    return events["call"] + events["c_call"]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("compose.yaml", "      PASSWORD: abc{}\n"),
        ("compose.yaml", "    command: redis-server --requirepass abc{}\n"),
        ("compose.yaml", "    link: http://app:abc{}@db\n"),
    ],
)
def test_the_first_candidates_are_judged_and_a_note_says_so(
    name: str, line: str, tmp_path: Path
) -> None:
    several = 6000
    text = "".join(line.format(number) for number in range(several))
    project = Project(str(tmp_path), config.Config())
    secrets = Secrets(Source(name, text), project)

    found = [*secrets.passwords, *secrets.logins]

    assert 0 < len(found) < several
    assert project.notes == [
        f"{name}: only the first 5,000 were judged of what could be credentials"
    ]


def test_a_long_env_file_is_not_read_for_its_stage(tmp_path: Path) -> None:
    text = "PASSWORD=hunter22\nA=1\n" + "# filler\n" * 30_000
    project = Project(str(tmp_path), config.Config())

    assert Secrets(Source(".env", text[:200]), project).passwords
    assert not Secrets(Source(".env", text), project).passwords
    assert project.notes == [
        ".env: too long for an env file, passwords that can be guessed were not judged"
    ]
