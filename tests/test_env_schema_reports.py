"""What is reported of a schema: never a secret, with all that it rests on; the static part of env-spec."""

import random
import string
from collections.abc import Iterator

import pytest

from conftest import Lint


def secrets(dice: random.Random) -> Iterator[tuple[str, str]]:
    """Names of variables, and values that nobody may see."""
    letters = string.ascii_letters + string.digits
    for name in (
        "JWT_SECRET",
        "DB_PASSWORD",
        "STRIPE_API_KEY",
        "SMTP_PASS",
        "AUTH_TOKEN",
        "DATABASE_URL",
        "SALT",
        "DECLARED",
    ):
        yield name, "".join(dice.choices(letters + "-_.!", k=dice.randint(6, 40)))
    for name in ("PORT", "MODE", "PUBLIC_URL", "RATE", "RELEASE", "DEBUG", "UNKNOWN"):
        yield name, "".join(dice.choices(letters, k=dice.randint(20, 60)))
        yield name, "sk_live_" + "".join(dice.choices(letters, k=24))
        yield name, f"https://user:{''.join(dice.choices(letters, k=12))}@host:x/"


SECRETIVE = """\
prodlint-env: 1
unknown: warn
vars:
  JWT_SECRET: {minLength: 100}
  DB_PASSWORD: {pattern: '^[0-9]+$'}
  STRIPE_API_KEY: {enum: [a, b]}
  SMTP_PASS: integer
  AUTH_TOKEN: url
  DATABASE_URL: {format: dsn, schemes: [postgresql]}
  SALT: boolean
  DECLARED: {secret: true, type: integer}
  PORT: port
  MODE: [live, test]
  PUBLIC_URL: {format: url, schemes: [https]}
  RATE: number
  RELEASE: {maxLength: 3}
  DEBUG: {const: 'off'}
  NEEDED: {required: true}
"""


@pytest.mark.parametrize("report", ["full", "concise", "json", "github", "sarif"])
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_secrets_are_never_shown(report: str, quote: str, lint: Lint) -> None:
    dice = random.Random(f"{report}{quote}")
    for _ in range(3):
        for name, value in secrets(dice):
            text = f"{name}={quote}{value}{quote}  # note\n{name}={quote}{value}x{quote}\n"
            printed = lint(
                {".env.schema.yaml": SECRETIVE, ".env": text}, only=["env"], format=report
            )
            password = value.partition("user:")[2].partition("@")[0] or value
            assert name in printed
            assert password not in printed, (name, value)


def test_a_finding_is_reported_when_a_file_that_it_rests_on_is_passed(lint: Lint) -> None:
    files: dict[str, str | bytes] = {
        ".env.schema.yaml": "prodlint-env: 1\nprofiles: [production]\nvars:\n  A: {required: true}\n  B: port\n",
        ".env": "B=1\n",
        ".env.production": "B=x\n",
    }
    missing = ".env.production:1:1: error: in production, A is required and not set [env/missing-variable]\n"
    base = ".env:1:1: error: A is required and not set [env/missing-variable]\n"
    invalid = ".env.production:1:3: error: in production, B must be a port from 1 to 65535, got 'x' [env/invalid-value]\n"

    assert lint(files, only=["env"], passed=[".env.schema.yaml"]) == base + missing + invalid
    assert lint(files, only=["env"], passed=[".env"]) == base + missing
    assert lint(files, only=["env"], passed=[".env.production"]) == missing + invalid


ENV_SPEC = """\
# @defaultRequired=false @currentEnv=$APP_ENV
# ---

# where it listens
# @required @type=port
PORT=
# @type=enum(debug, info) @example=info
LOG_LEVEL=
# @required=forEnv(production) @sensitive @type=string(minLength=12)
JWT_KEY=
# @type=number(min=1, max=5, isInt=true)
COUNT=2
# @required
FROM_STORE=exec(`touch /tmp/never`)
# @type=url @deprecated
OLD_URL=
# @required=eq($LOG_LEVEL, debug) @type=unheardOf(x)
ODD=
"""


def test_the_static_part_of_env_spec(lint: Lint) -> None:
    env = "APP_ENV=production\nPORT=x\nLOG_LEVEL=warn\nJWT_KEY=short\nCOUNT=2.5\nOLD_URL=http://a\nMORE=1\n"

    printed = lint({".env.schema": ENV_SPEC, ".env": env}, select=SCHEMA_RULES)

    assert printed.splitlines() == [
        ".env:2:6: error: in production, PORT must be a port from 1 to 65535, got 'x' [env/invalid-value]",
        ".env:3:11: error: in production, LOG_LEVEL must be one of debug, info, got 'warn' [env/invalid-value]",
        ".env:4:9: error: in production, JWT_KEY must be at least 12 characters long, got 5 [env/weak-secret]",
        ".env:5:7: error: in production, COUNT must be a whole number, got '2.5' [env/invalid-value]",
        ".env:6:1: warning: OLD_URL is deprecated [env/deprecated-variable]",
    ]
    assert "JWT_KEY is required" in lint(
        {".env.schema": ENV_SPEC, ".env": "APP_ENV=production\nPORT=1\n"}, select=SCHEMA_RULES
    )
    assert lint({".env.schema": ENV_SPEC, ".env": "PORT=1\n"}, select=SCHEMA_RULES) == ""
    assert lint(
        {".env.schema": ENV_SPEC, ".env": "PORT=1\nLOG_LEVEL=debug\n"}, select=SCHEMA_RULES
    ) == (
        ".env:1:1: error: ODD is required when LOG_LEVEL is debug, and not set [env/missing-variable]\n"
    )


@pytest.mark.parametrize("text", ["PORT=^[0-9]+$\n", "PORT:\n  type: port\n", ""])
def test_other_formats_of_that_name_are_left_alone(text: str, lint: Lint) -> None:
    assert lint({".env.schema": text, ".env": "PORT=x\n"}, select=SCHEMA_RULES) == ""


SCHEMA_RULES = [
    f"env/{name}-{what}"
    for name, what in (
        ("invalid", "value"),
        ("missing", "variable"),
        ("unknown", "variable"),
        ("weak", "secret"),
        ("deprecated", "variable"),
    )
]


def test_a_weak_secret_that_equals_another_gives_one_finding(lint: Lint) -> None:
    schema = """\
prodlint-env: 1
vars:
  A_SECRET: {secret: true}
  B_SECRET: {secret: true, minLength: 32, differsFrom: A_SECRET}
"""
    printed = lint(
        {".env.schema.yaml": schema, ".env": "A_SECRET=kestrel-42\nB_SECRET=kestrel-42\n"},
        select=SCHEMA_RULES,
    )

    assert [line.rpartition(" ")[2] for line in printed.splitlines() if ":2:" in line] == [
        "[env/weak-secret]"
    ]
