"""The schema of the Compose specification: that it is the one of its source, and that prodlint reads it as jsonschema does."""

import hashlib

from conftest import ROOT

SCHEMAS = ROOT / "schemas"


def test_shipped_schema_is_unchanged() -> None:
    checksum, name = (SCHEMAS / "compose-spec.sha256").read_text(encoding="utf-8").split()

    assert hashlib.sha256((SCHEMAS / name).read_bytes()).hexdigest() == checksum


def test_shipped_schema_names_its_licence() -> None:
    assert "Apache License" in (SCHEMAS / "compose-spec.LICENSE").read_text(encoding="utf-8")
    assert "Compose Specification" in (SCHEMAS / "compose-spec.NOTICE").read_text(encoding="utf-8")
    assert "schemas/compose-spec.json" in (ROOT / "LICENSE").read_text(encoding="utf-8")
