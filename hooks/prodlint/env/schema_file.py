"""The file of a schema: `.env.schema.yaml`, or a plain JSON Schema such as `.env.schema.json`."""

from prodlint.core.config import BadConfig
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.core.yaml import Mapping, load, to_python
from prodlint.env.schema import Schema
from prodlint.typed import Any

_PLAIN = {
    "$schema",
    "$ref",
    "type",
    "properties",
    "patternProperties",
    "required",
    "allOf",
    "anyOf",
}


def parse(source: Source, project: Project) -> Schema:
    """Read a schema; raises BadConfig with the place of what is wrong."""
    shown = project.shown(source.path)
    document = load(source)
    node = Mapping(source, 0, 0)
    if source.path.endswith(".json"):
        data = _json(source.text, shown)
    else:
        for fault in document.faults:
            raise BadConfig(f"{shown}:{fault.span.line}: {fault.message}")
        data = to_python(document.documents[0]) if document.documents else None
    if not isinstance(data, dict):
        raise BadConfig(f"{shown}:1: expected a mapping with `prodlint-env: 1` and `vars`")
    node.fill({}, {}, {})  # for JSON that is no YAML, as half a surrogate: only the places are lost
    if document.documents and isinstance(document.documents[0], Mapping):
        node = document.documents[0]
    schema = Schema(source, project, node, data)
    if schema.plain is not None and _PLAIN.isdisjoint(data):
        raise schema.bad((), "neither `prodlint-env: 1` nor `properties`, which a JSON Schema has")
    if schema.plain is None:
        from prodlint.env.schema_faults import verify
    else:
        from prodlint.env.plain import verify
    try:
        verify(schema)
    except RecursionError:
        raise schema.bad((), "nested too deep") from None
    return schema


def _json(text: str, shown: str) -> Any:
    import json

    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BadConfig(f"{shown}:{error.lineno}: not JSON: {error.msg.lower()}") from None
    except (RecursionError, ValueError):
        raise BadConfig(f"{shown}:1: nested too deep, or a number too long") from None
