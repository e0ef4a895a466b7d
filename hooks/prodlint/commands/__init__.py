"""The commands besides `check`: each is a module whose first line says what it does, with `USAGE` and `run`."""

import os
from importlib import import_module
from types import ModuleType


def names() -> list[str]:
    """The commands, found by looking at the folder."""
    folder = os.path.dirname(os.path.abspath(__file__))
    return sorted(
        name[:-3] for name in os.listdir(folder) if name.endswith(".py") and name[0] != "_"
    )


def command(name: str) -> ModuleType:
    return import_module(f"prodlint.commands.{name}")
