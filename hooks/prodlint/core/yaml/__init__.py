"""YAML with the place of everything in it; aliases and merges are followed, and never expanded."""

from prodlint.core.finding import Fault
from prodlint.core.source import Source
from prodlint.core.yaml.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    at,
    find,
    mapping,
    sequence,
    text,
    to_python,
)
from prodlint.core.yaml.reader import MAX_DEPTH, MAX_NODES, Reader
from prodlint.typed import NamedTuple

__all__ = [
    "MAX_DEPTH",
    "MAX_NODES",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Yaml",
    "at",
    "find",
    "load",
    "mapping",
    "sequence",
    "text",
    "to_python",
]


class Yaml(NamedTuple):
    """The documents of a file up to its first syntax error, and what is wrong with it."""

    documents: list[Node]
    faults: list[Fault]

    @property
    def template(self) -> bool:
        """Whether the file is the template of a YAML file."""
        if not self.faults:
            return False
        from prodlint.core.yaml.fault import TEMPLATE

        return any(fault.message == TEMPLATE for fault in self.faults)


def load(source: Source) -> Yaml:
    """Read a file; what cannot be read becomes a fault, and never an exception.

    Walking everything, through all aliases, meets at most MAX_NODES nodes, at most MAX_DEPTH deep.
    """
    reader = Reader(source)
    reader.read()
    return Yaml(reader.documents, reader.faults)
