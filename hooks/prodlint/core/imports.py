"""Import a library without a module that it would import itself."""

import sys
from importlib import import_module
from types import ModuleType


def import_with(name: str, stub: ModuleType) -> ModuleType:
    """Import `name`, which gets `stub` for the module of that name; nobody else does."""
    real = sys.modules.get(stub.__name__)
    sys.modules[stub.__name__] = stub
    try:
        return import_module(name)
    finally:
        if real is None:
            del sys.modules[stub.__name__]
        else:
            sys.modules[stub.__name__] = real
