"""Which compose files are loaded together, as everything that starts them says."""

from pathlib import Path

import pytest

from conftest import write
from prodlint.compose import parse
from prodlint.compose.model import Compose
from prodlint.core.config import Config
from prodlint.core.project import Project

BASE = "services:\n  web:\n    image: nginx:1.27\n    ports: ['80:80']\n"
OVERLAY = "services:\n  web:\n    restart: always\n  extra:\n    image: redis:7\n"


def load(folder: Path, files: dict[str, str], path: str) -> Compose:
    write(folder, dict(files))
    document = Project(str(folder.resolve()), Config()).parsed(path, parse)
    assert document
    return document


def services(document: Compose) -> list[str]:
    return [service.name for service in document.services]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy.sh", "docker compose -f compose.yml -f compose.prod.yml up -d\n"),
        (
            "scripts/up.sh",
            "cd ..\ndocker-compose --file=compose.yml --file compose.prod.yml pull\n",
        ),
        ("scripts/up.sh", 'docker compose -f "$ROOT/compose.yml" -f "${ROOT}/compose.prod.yml" up'),
        ("scripts/up.sh", "docker compose -f $(pwd)/compose.yml -f $(pwd)/compose.prod.yml up"),
        (
            "Makefile",
            "up:\n\tdocker compose -p app -f compose.yml \\\n\t  -f compose.prod.yml up -d\n",
        ),
        ("Makefile", "FILES = -f compose.yml --env-file .env.prod -f compose.prod.yml\n"),
        (
            "package.json",
            '{"scripts": {"up": "docker compose -f compose.yml -f compose.prod.yml up"}}',
        ),
        (
            ".github/workflows/cd.yml",
            "jobs:\n  a:\n    steps:\n      - run: docker compose -f compose.yml -f compose.prod.yml up -d\n",
        ),
        (".env.example", "COMPOSE_FILE=compose.yml:compose.prod.yml\n"),
        ("README.md", "Run `docker compose -f compose.yml -f compose.prod.yml up -d`.\n"),
        (
            ".devcontainer/devcontainer.json",
            '{"dockerComposeFile": ["../compose.yml", "../compose.prod.yml"]}',
        ),
    ],
)
def test_list(tmp_path: Path, path: str, text: str) -> None:
    files = {"compose.yml": BASE, "compose.prod.yml": OVERLAY, path: text}

    base = load(tmp_path, files, "compose.yml")

    assert services(base) == ["web", "extra"]
    assert base.named["web"].text("restart") == "always"
    assert services(load(tmp_path, files, "compose.prod.yml")) == []


@pytest.mark.parametrize(
    "text",
    [
        "docker compose -f compose.yml up\ndocker compose -f compose.prod.yml up\n",
        "docker compose -f compose.yml up -d && docker compose -f compose.prod.yml up\n",
        "docker compose -f compose.yml -f missing.prod.yml up\n",
        "kubectl apply -f service.yml -f deployment.yml\n",
        "COMPOSE_FILE=compose.yml\n",
        "rm -f compose.yml\n",
    ],
)
def test_no_list(tmp_path: Path, text: str) -> None:
    files = {"compose.yml": BASE, "compose.prod.yml": BASE, "up.sh": text}

    assert services(load(tmp_path, files, "compose.yml")) == ["web"]
    assert services(load(tmp_path, files, "compose.prod.yml")) == ["web"]


def test_files_are_merged_in_order(tmp_path: Path) -> None:
    files = {
        "compose.yml": BASE,
        "compose.prod.yml": "services:\n  web:\n    restart: always\n",
        "compose.prod.eu.yml": "services:\n  web:\n    restart: unless-stopped\n",
        "up.sh": "docker compose -f compose.yml -f compose.prod.yml -f compose.prod.eu.yml up\n"
        "docker compose -f compose.yml -f compose.prod.yml up\n",
    }

    assert load(tmp_path, files, "compose.yml").named["web"].text("restart") == "unless-stopped"


def test_overlay_of_no_production_is_judged_above_its_base(tmp_path: Path) -> None:
    """Only what it adds: the services of the base are judged there, without it."""
    files = {
        "compose.yml": BASE,
        "compose.gpu.yml": OVERLAY,
        "up.sh": "docker compose -f compose.yml -f compose.gpu.yml up\n",
    }

    assert services(load(tmp_path, files, "compose.yml")) == ["web"]
    overlay = load(tmp_path, files, "compose.gpu.yml")
    assert services(overlay) == ["extra"]
    assert overlay.named["web"].text("image") == "nginx:1.27"


def test_production_takes_the_place_of_the_override(tmp_path: Path) -> None:
    files = {
        "compose.yml": BASE,
        "compose.override.yml": "services:\n  web:\n    restart: 'no'\n  mail:\n    image: mailpit\n",
        "compose.prod.yml": "services:\n  web:\n    restart: always\n",
        "up.sh": "docker compose -f compose.yml -f compose.prod.yml up\n",
    }

    assert load(tmp_path, files, "compose.yml").named["web"].text("restart") == "always"
    assert services(load(tmp_path, files, "compose.override.yml")) == ["mail"]


def test_base_that_is_not_whole_without_an_overlay(tmp_path: Path) -> None:
    files = {
        "compose.yml": "services:\n  web:\n    ports: ['80:80']\n",
        "compose.image.yml": "services:\n  web:\n    image: nginx:1.27\n",
        "up.sh": "docker compose -f compose.yml -f compose.image.yml up\n",
    }

    assert services(load(tmp_path, files, "compose.yml")) == ["web"]
    assert services(load(tmp_path, files, "compose.image.yml")) == []


def test_paths_begin_at_the_folder_of_the_first_file(tmp_path: Path) -> None:
    files = {
        "compose.yml": BASE,
        "deploy/compose.prod.yml": "services:\n  app:\n    build: ./app\n",
        "app/Dockerfile": "FROM node:22\nHEALTHCHECK CMD true\n",
        "up.sh": "docker compose -f compose.yml -f deploy/compose.prod.yml up\n",
    }

    origin = load(tmp_path, files, "compose.yml").named["app"].origin
    assert origin and origin.builder == "app/Dockerfile"


def test_folder_that_is_not_named(tmp_path: Path) -> None:
    """A step may run in another folder; one that two folders may be is none."""
    run = {"ci.sh": "docker compose -f compose.yml -f compose.prod.yml up\n"}
    files = {"a/compose.yml": BASE, "a/compose.prod.yml": OVERLAY}

    assert services(load(tmp_path / "one", {**files, **run}, "a/compose.yml")) == ["web", "extra"]
    files |= {"b/compose.yml": BASE, "b/compose.prod.yml": OVERLAY}
    assert services(load(tmp_path / "two", {**files, **run}, "a/compose.yml")) == ["web"]
