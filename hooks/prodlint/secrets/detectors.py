"""The detectors of detect-secrets, one at a time: only their expressions, never their files, filters or network."""

from functools import cache
from types import ModuleType

from prodlint.core.imports import import_with
from prodlint.typed import Any


def detected(plugin: str, text: str) -> list[str]:
    """The credentials that one detector sees in a short text.

    `plugin` is a module and a class below `detect_secrets.plugins`, as `aws.AWSKeyDetector`.
    """
    return list(_detector(plugin).analyze_string(text))


@cache
def _detector(plugin: str) -> Any:
    module, _, name = plugin.partition(".")
    # `requests` takes half of the time of the import, and is how a detector would send a credential away to verify it.
    return getattr(import_with(f"detect_secrets.plugins.{module}", ModuleType("requests")), name)()
