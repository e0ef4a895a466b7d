"""dockerfile-parse, without its log: that writes values of ENV, and loading `logging` takes half as long as linting."""

from io import BytesIO
from types import ModuleType

from prodlint.core.imports import import_with
from prodlint.typed import Any


class _Silent:
    def debug(self, *words: object) -> None: ...

    error = debug


def structure(text: str) -> list[dict[str, Any]]:
    """The instructions with the lines (from 0) that they begin and end at."""
    logging = ModuleType("logging")
    logging.getLogger = lambda name: _Silent()  # type: ignore[attr-defined] # a module takes any attribute
    parser = import_with("dockerfile_parse", logging).DockerfileParser
    found: list[dict[str, Any]] = parser(fileobj=BytesIO(text.encode())).structure
    return found
