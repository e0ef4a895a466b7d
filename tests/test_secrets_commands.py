"""Credentials of commands, headers and logins: those in base 64, and in files of other encodings."""

from base64 import b64encode

import pytest

from prodlint.core.source import Source, decode
from prodlint.secrets.model import Secrets
from samples import sample

PASSWORD = sample("password")


def login(password: str) -> str:
    return b64encode(f"app:{password}".encode()).decode()


HOLDERS = {
    "nginx": ("nginx.conf", 'proxy_set_header Authorization "Basic {}";'),
    "curl": ("deploy.sh", "curl -H 'Authorization: Basic {}' https://api.internal/"),
    "JSON": ("config/client.json", '{{"headers": {{"Authorization": "Basic {}"}}}}'),
    "YAML": ("config/client.yaml", "authorization: Basic {}"),
    "npm": (".npmrc", "_auth={}"),
    "npm's registry": (".npmrc", "//npm.internal/:_auth = {}"),
    "Docker": (".docker/config.json", '{{"auths": {{"registry.internal": {{"auth": "{}"}}}}}}'),
}


@pytest.mark.parametrize("holder", HOLDERS)
def test_login_in_base_64(holder: str) -> None:
    path, line = HOLDERS[holder]
    encoded = login(PASSWORD)

    (found,) = Secrets(Source(path, line.format(encoded) + "\n")).random

    assert found.span.text == encoded


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize(
    "value",
    [
        login("${PASSWORD}"),
        login("letmein"),
        b64encode(b"no login at all").decode(),
        b64encode(bytes(range(128, 152))).decode(),
        "$BASIC_AUTH",
        "${BASIC_AUTH}",
        "<base64>",
    ],
    ids=["variable", "weak", "text", "bytes", "shell", "reference", "gap"],
)
def test_no_generated_login_in_base_64(holder: str, value: str) -> None:
    path, line = HOLDERS[holder]

    assert Secrets(Source(path, line.format(value) + "\n")).random == []


def test_weak_login_in_base_64() -> None:
    line = HOLDERS["nginx"][1].format(login("letmein"))

    (found,) = Secrets(Source("nginx.conf", line)).passwords

    assert found.name == "Authorization: Basic"


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("path", "line"),
    [
        (".env", "JWT_SECRET={}"),
        ("deploy.sh", "tool --token {}"),
        ("nginx.conf", "proxy_set_header X-Api-Key {};"),
        ("app/settings.py", "SECRET_KEY = '{}'"),
        ("main.tf", 'password = "{}"'),
    ],
)
def test_password_in_any_encoding(path: str, line: str, encoding: str) -> None:
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    data = f"{mark}# caf\xe9\r\n{line.format(PASSWORD)}\r\n".encode(encoding)

    assert [found.span.text for found in Secrets(decode(path, data)).random] == [PASSWORD]


@pytest.mark.parametrize(
    ("path", "line", "values"),
    [
        ("deploy/redis.conf", "requirepass hunter22\n", ["hunter22"]),
        ("deploy/redis.conf", 'masterauth "hunter22"\n', ["hunter22"]),
        ("deploy/pgbouncer.conf", "auth_password hunter22;\n", ["hunter22"]),
        ("deploy/redis.conf", "# requirepass foobared\n", []),
        ("deploy/app.conf", "password_file /etc/passwords\n", []),
        ("deploy/app.conf", "password $DB_PASSWORD\n", []),
        (".npmrc", "//npm.internal/:_authToken=hunter22\n", ["hunter22"]),
        (".npmrc", "# //npm.internal/:_authToken=hunter22\n", []),
        (".npmrc", "//npm.internal/:_authToken=${NPM_TOKEN}\n", []),
        ("compose.yaml", "  test: redis-cli -a hunter22 ping\n", ["hunter22"]),
        ("compose.yaml", '  test: redis-cli -a "$$REDIS_PASSWORD" ping\n', []),
        ("compose.yaml", '  test: ["CMD", "sh", "-c", "redis-cli -a \\"$$REDIS_PASSWORD\\" ping"]\n', []),
        ("compose.yaml", "  test: curl -u app:hunter22 http://a && mysql -u app -phunter23 -e ''\n", ["hunter22", "hunter23"]),
        ("compose.yaml", "  test: mysqladmin ping | xargs -phunter22\n", []),
        ("compose.yaml", "  ACCESSKEY: minio-user\n  SECRETKEY: minio-word\n", ["minio-word"]),
        ("debian/app.conf", "password = hunter22\n", []),
    ],
)  # fmt: skip
def test_passwords(path: str, line: str, values: list[str]) -> None:
    assert [found.span.text for found in Secrets(Source(path, line)).passwords] == values


@pytest.mark.parametrize("beside", ["authDomain", "messagingSenderId", "other"])
def test_key_of_a_firebase_app_is_public(beside: str) -> None:
    key = sample("Google API key")
    text = f'{{"apiKey": "{key}", "{beside}": "app.firebaseapp.com"}}\n'

    assert bool(Secrets(Source("config/client.json", text)).tokens) is (beside == "other")
