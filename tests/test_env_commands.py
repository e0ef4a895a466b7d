"""`prodlint init env` and `prodlint schema`: what they write, from examples that are friendly and hostile."""

import ast
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import ROOT, write
from prodlint.cli import main
from prodlint.core.config import Config
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.env.across import condition
from prodlint.env.canonical import canonical
from prodlint.env.fit import Fit
from prodlint.env.infer import guesses, looks_secret
from prodlint.env.model import EnvFile
from prodlint.env.schema_file import parse

SEED = ROOT / "tests" / "projects" / "typed-env"
# The secrets among the 115 variables of the server that the review praises.
SECRETS = {
    *("DATABASE_URL", "SUPABASE_SERVICE_ROLE_KEY", "JWT_SECRET", "SESSION_SECRET", "SENDGRID_API_KEY"),
    *("SMTP_PASS", "AWS_SECRET_ACCESS_KEY", "GEMINI_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"),
    *("FRANCE_TRAVAIL_API_KEY", "FRANCE_TRAVAIL_CLIENT_SECRET", "ESCO_API_KEY", "STRIPE_SECRET_KEY"),
    *("STRIPE_WEBHOOK_SECRET", "GOOGLE_OAUTH_CLIENT_SECRET", "RECAPTCHA_SECRET_KEY"),
}  # fmt: skip
# What the mobile and local files add to them.
FURTHER = {"SUPABASE_JWT_SECRET", "EXPO_ACCOUNT_PASSWORD", "RESEND_API_KEY", "REDIS_URL"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_secrets_of_the_reviewed_example_and_no_others() -> None:
    text = (SEED / ".env.example").read_text(encoding="utf-8")

    found = {
        guess.name
        for guess in guesses(Source(".env.example", text), {})
        if "secret" in guess.keywords
    }

    assert found - FURTHER == SECRETS


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("JWT_EXPIRY", "7d", False),
        ("RATE_LIMIT_PASSWORD_RESET", "3", False),
        ("MAX_TOKENS", "4096", False),
        ("RESET_PASSWORD_URL", "https://a.example/reset", False),
        ("REDIS_URL", "redis://localhost:6379", False),
        ("REDIS_URL", "redis://:x@localhost:6379", True),
        ("CACHE_URL", "", True),
        ("API_URL", "https://user:pw@api.example", True),
        ("VITE_API_KEY", "", False),
        ("AWS_ACCESS_KEY_ID", "", False),
        ("AWS_SECRET_ACCESS_KEY", "", True),
        ("CORS_CREDENTIALS", "true", False),
        ("DATABASE_URL", "mysql://root@localhost/app", True),
        ("DATABASE_URL", "file:./dev.db", False),
        ("LOG_SLACK_WEBHOOK_URL", "", True),
        ("PAYPAL_WEBHOOK_ID", "", False),
        ("DB_CONNECTION", "mysql", False),
        ("PRIVATE_FILESYSTEM_DISK", "local", False),
        ("PUBLIC_AWS_SECRET_ACCESS_KEY", "", True),
        ("PUBLIC_AWS_BUCKET", "", False),
        ("DOMAIN_CONNECT_PRIVATE_KEY", "", True),
        ("COOKIE_DOMAIN", "", False),
        ("EMAIL_PASS", "", True),
        ("OTP_KEEP_ALIVE", "", False),
        ("OTP_SECRET", "", True),
    ],
)
def test_what_looks_secret(name: str, value: str, secret: bool) -> None:
    assert looks_secret(name, value) is secret


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("IMPORT_MEMORY_LIMIT=500M", {"format": "bytes"}),
        ("UPLOAD_SIZE=10m", {"format": "bytes"}),
        ("CACHE_TIME=10m", {"format": "duration"}),
        ("SMTP_USER=me@a.example", {}),
        ("REDIS_LIMITS_URL=redis://localhost:6379", {"format": "dsn"}),
        ("POSTHOG_HOST=", {}),
        ("LOG_LEVEL=info", {"format": "loglevel"}),
        ("AWS_REGION=eu-west-1", {"format": "aws-region"}),
    ],
)
def test_what_a_value_is_taken_for(line: str, said: dict[str, str]) -> None:
    assert guesses(Source(".env.example", line), {})[0].keywords == said


def test_init_keeps_to_80_columns(here: Path) -> None:
    about = "What the programs of the shop send their letters with, " * 3
    write(
        here,
        {
            ".env.example": f"# {about}\nMAIL_TRANSPORT_OF_THE_SHOP=\n",
            "a" * 60 + ".js": "process.env.MAIL_TRANSPORT_OF_THE_SHOP",
        },
    )

    assert main(["init", "env"]) == 0
    lines = (here / ".env.schema.yaml").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines[1:] if len(line) > 80] == []
    assert "  MAIL_TRANSPORT_OF_THE_SHOP:  # review" in lines
    schema = parse(Source(".env.schema.yaml", "\n".join(lines)), Project("", Config()))
    assert schema.variables["MAIL_TRANSPORT_OF_THE_SHOP"] == {"description": about.strip()}


def test_init_says_when_git_ignores_what_it_wrote(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here, {".env.example": "A=1\n", ".gitignore": ".env*\n!.env.example\n"})
    subprocess.run(["git", "init", "-q"], check=True)

    assert main(["init", "env"]) == 0
    assert "add !.env.schema.yaml to .gitignore" in capsys.readouterr().err


EXAMPLE = """\
# The port
PORT=3000
LOG_LEVEL=info  # trace, debug, info, warn
MODE=live # one of: live | test
CORS_ORIGIN=https://a.example,https://b.example
JWT_EXPIRY=7d
DATABASE_URL=postgresql://app:secret@db/app
JWT_SECRET=
DEBUG=false
RATE=0.5
NAME="Acme: it's #1"  # a name, with | and <b> and */ in it
OFF=no
yes=1
export NODE_ENV=development
"""


def test_init_writes_what_the_example_says_and_nothing_over_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "const a = process.env.ADMIN_TOKEN;\nimport.meta.env.VITE_TITLE; process.env['PORT']\n"
    write(here, {".env.example": EXAMPLE, "src/a.ts": code, "b.py": "os.environ.get('QUEUE')\n"})

    assert main(["init", "env"]) == 0
    printed = capsys.readouterr().out
    text = (here / ".env.schema.yaml").read_text(encoding="utf-8")
    assert main(["init", "env"]) == 2

    assert printed == ".env.schema.yaml: 16 variables, 3 of them secret; review each line\n"
    assert (here / ".env.schema.yaml").read_text(encoding="utf-8") == text
    assert "exists already: nothing was written" in capsys.readouterr().err
    lines = text.partition("vars:\n")[2].splitlines()
    assert all("  # review" in line for line in lines if line[2] != " ")
    assert all(len(line) <= 80 for line in lines)
    assert lines[0] == '  PORT: {format: port, description: "The port"}  # review: by its value'
    assert "  LOG_LEVEL: {enum: [trace, debug, info, warn]}  # review: by its comment" in lines
    assert "  MODE: {enum: [live, test]}  # review: by its comment" in lines
    assert "  CORS_ORIGIN: {format: csv, items: url}  # review: by its value" in lines
    assert "  JWT_EXPIRY: duration  # review: by its value" in lines
    assert (
        "  ADMIN_TOKEN: {secret: true}  # review: not in the example, read in src/a.ts:1" in lines
    )
    assert any(line.startswith("  QUEUE: ") for line in lines)
    main(["--only", "env", "--format", "concise", *_schema_rules()])
    assert capsys.readouterr().out == ""


def _schema_rules() -> list[str]:
    names = (
        "invalid-value",
        "missing-variable",
        "unknown-variable",
        "weak-secret",
        "deprecated-variable",
    )
    return ["--select", ",".join(f"env/{name}" for name in names)]


def test_init_on_hostile_examples(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the example holds: what is written is a schema that the example fits."""
    dice = random.Random(5)
    pieces = ["A", "B_KEY", "=", '"', "'", "#", " ", "\n", "\\n", "x", ": ", "{", "}", "[", "$", "1", "é", "\t", "-", "*", "|", "\r", "\x85", "%", "true", "\u202e", ","]  # fmt: skip
    for number in range(60):
        text = "".join(dice.choices(pieces, k=60)) + f"\nKEY_{number}=1\n"
        write(here, {f"t{number}/.env.example": text})
        assert main(["init", "env", f"t{number}"]) == 0, text
        code = main(
            ["--only", "env", "--format", "concise", *_schema_rules(), f"t{number}/.env.example"]
        )
        shown = capsys.readouterr()
        assert code == 0, (text, shown)


def test_init_without_an_example(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "env"]) == 2
    assert main(["init"]) == 2
    assert main(["init", "env", "nowhere"]) == 2
    assert "no .env.example" in capsys.readouterr().err


SCHEMA = """\
prodlint-env: 1
profiles: [development, production]
groups: {mail: {oneOf: [[RESEND_KEY], [SMTP_HOST, SMTP_PORT]]}}
vars:
  PORT: {format: port, default: 3000, description: "the port | of <b>it</b> */ x"}
  CACHE: [redis, memory]
  REDIS_URL: {format: dsn, requiredIf: {CACHE: redis}}
  TLS: boolean
  CERT: {requiredIf: {TLS: true, CACHE: [redis, memory]}}
  KEY_FILE: {requiredWith: CERT}
  RATE: {type: number, enum: [0.5, 1.5]}
  class: {secret: true, requiredIn: [production]}
  A.B: integer
  A_B: integer
  OLD: {renamedTo: PORT}
  DEBUG: {type: boolean, forbiddenIn: [production]}
  RESEND_KEY: {secret: true}
  SMTP_HOST: host
  SMTP_PORT: port
  LIMIT: {type: integer, minimum: 1, maximum: 9, readBy: ci}
  HOOKS: {format: csv, items: {format: url, schemes: [https]}}
  "X*_ENABLED": boolean
"""


def printed(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["schema", *words]) == 0
    return capsys.readouterr().out


def test_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, {".env.schema.yaml": SCHEMA, "a/b": ""})

    whole = json.loads(printed(["--json", "a"], capsys))
    production = json.loads(printed(["--json", "--profile", "production"], capsys))

    Draft202012Validator.check_schema(whole)
    assert whole["patternProperties"] == {"^X.*_ENABLED$": {"type": "boolean"}}
    assert whole["dependentRequired"] == {"CERT": ["KEY_FILE"]}
    assert {"properties": {"DEBUG": False}} in production["allOf"]
    assert production["required"] == ["class"]
    assert whole["properties"]["OLD"]["deprecated"] is True
    assert printed(["--json"], capsys) == printed(["--json"], capsys)


def test_json_agrees_with_what_is_checked() -> None:
    """What is required of others' values: jsonschema on `--json` against the check of a file."""
    schema = parse(Source(".env.schema.yaml", SCHEMA), Project("", Config()))
    whole = canonical(schema, None)
    whole["allOf"] = [item for item in whole["allOf"] if "if" in item]
    dice = random.Random(8)
    verdicts = []
    for _ in range(400):
        values: dict[str, Any] = {
            "CACHE": dice.choice(["redis", "memory"]),
            "TLS": dice.choice([True, False]),
        }
        values |= {"REDIS_URL": "redis://h", "CERT": "x", "KEY_FILE": "y"}
        values = {name: value for name, value in values.items() if dice.random() < 0.6}
        env = EnvFile(
            Source(".env", "".join(f"{n}={str(v).lower()}\n" for n, v in values.items())),
            schema.project,
        )
        fit = Fit(env, schema)
        ours = all(
            name in values or not condition(fit, name) for name in ("REDIS_URL", "CERT", "KEY_FILE")
        )
        verdicts.append(ours)
        assert ours == Draft202012Validator(whole).is_valid(values), values
    assert 0.1 < sum(verdicts) / len(verdicts) < 0.9


def test_docs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, {".env.schema.yaml": SCHEMA})

    lines = printed(["--docs"], capsys).splitlines()

    assert (
        lines[3]
        == r"| `PORT` | a port from 1 to 65535 |  | `3000` | the port \| of &lt;b>it&lt;/b> */ x |"
    )
    assert "| `REDIS_URL` | a connection string (scheme://…) | with CACHE=redis |  |  |" in lines
    assert "| `class` | text, secret | in production |  |  |" in lines
    assert "| `DEBUG` | true or false | not in production |  |  |" in lines
    assert "| `LIMIT` | a whole number, at least 1, at most 9 |  |  | Read by ci. |" in lines
    assert (
        "| `HOOKS` | a list, in which each is a URL (scheme://host), with the scheme https |  |  |  |"
        in lines
    )
    assert lines[-1] == "Exactly one of `RESEND_KEY` or `SMTP_HOST` and `SMTP_PORT` must be set."


def test_types(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, {".env.schema.yaml": SCHEMA})

    script = printed(["--types", "typescript"], capsys)
    python = printed(["--types=python", "--profile", "production"], capsys)

    assert "  /** the port | of <b>it</b> * / x */\n  PORT: number;\n" in script
    assert '  CACHE?: "redis" | "memory";\n' in script
    assert '  "A.B"?: number;\n' in script
    fields = [node.target.id for node in ast.walk(ast.parse(python)) if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)]  # fmt: skip
    assert fields[:2] == ["port", "cache"]
    assert {"class_", "a_b", "a_b_"} <= set(fields)
    assert len(fields) == len(set(fields))
    assert "    port: int = Field(default=3000, alias='PORT'" in python
    assert "    class_: SecretStr = Field(alias='class')" in python


@pytest.mark.parametrize("words", [[], ["--json", "--docs"], ["--types", "c"], ["--json", "--profile", "x"], ["--json", "a", "b"]])  # fmt: skip
def test_wrong_words(words: list[str], here: Path) -> None:
    write(here, {".env.schema.yaml": SCHEMA})

    assert main(["schema", *words]) == 2


def test_no_schema(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--json"]) == 2
    assert "`prodlint init env` writes one" in capsys.readouterr().err


def test_a_file_that_fits_needs_no_jsonschema(tmp_path: Path) -> None:
    write(tmp_path, {".env.schema.yaml": SCHEMA, ".env": "PORT=3000\nRESEND_KEY=${KEY}\n"})
    code = "import sys\nfrom prodlint.cli import main\nmain(['--only', 'env'])\nprint('jsonschema' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT / "hooks"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.endswith("False\n"), done.stderr
