"""The detectors of detect-secrets, one at a time: only their expressions, never their files, filters or network."""

import sys
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any


def detected(plugin: str, text: str) -> list[str]:
    """The credentials that one detector sees in a short text.

    `plugin` is a module and a class below `detect_secrets.plugins`, as `aws.AWSKeyDetector`.
    """
    return list(_detector(plugin).analyze_string(text))


@cache
def _detector(plugin: str) -> Any:
    module, _, name = plugin.partition(".")
    return getattr(_module(f"detect_secrets.plugins.{module}"), name)()


def _module(name: str) -> ModuleType:
    """Import a module that imports `requests`, and give it an empty one.

    The real one takes half of the time of the import, and is how a detector would send a credential away to verify it.
    """
    real = sys.modules.get("requests")
    sys.modules["requests"] = ModuleType("requests")
    try:
        return import_module(name)
    finally:
        if real is None:
            del sys.modules["requests"]
        else:
            sys.modules["requests"] = real
