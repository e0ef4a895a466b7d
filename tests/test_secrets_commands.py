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
