"""The assignments of an env file as python-dotenv reads them, each with its place."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from io import StringIO

from prodlint.core.lazy import lazy
from prodlint.core.source import Source, Span
from prodlint.env.alike import alike
from prodlint.typed import Any, NamedTuple

MAX_BLANKS = 200  # python-dotenv takes time with the square of the blanks in a row

_HEAD = lazy(
    r"\s*(?P<export>export[^\S\r\n]+)?(?:'(?P<quoted>[^']+)'|(?P<name>[^=#\s]+))?[^\S\r\n]*(?P<equals>=[^\S\r\n]*)?"
)
QUOTED = {
    "'": lazy(r"'(?:\\.|[^'\\])*'", re.DOTALL),
    '"': lazy(r'"(?:\\.|[^"\\])*"', re.DOTALL),
}
_REST = lazy(r"[^\r\n]*")
_COMMENT = lazy(r"(?<=\s)#")
_BLANKS = lazy(rf"[^\S\r\n]{{{MAX_BLANKS},}}")


class Variable(NamedTuple):
    """`NAME=value`. A name without `=` has no value: some loaders pass it on from their own environment.

    `raw` is the value as written, with its quotes; `comment` is the comment behind it.
    """

    name: str
    value: str | None
    key: Span
    raw: Span
    quote: str = ""
    comment: Span | None = None


class Entries(NamedTuple):
    """All of a file: what is set, comments on lines of their own, lines that set nothing, blanks without end."""

    variables: list[Variable]
    comments: list[Span]
    broken: list[Span]
    blanks: list[Span]


def short(name: str) -> str:
    """A name for a message."""
    return name if len(name) <= 60 else name[:59] + "…"


def read(source: Source) -> Entries:
    """Read a file, in time linear in its length; nothing of it is lost."""
    if alike(source.text) and "\r" not in source.text and not _BLANKS.search(source.text):
        return _plain(source)
    entries = Entries(
        [], [], [], [Span(source, *run.span()) for run in _BLANKS.finditer(source.text)]
    )
    text = (
        _BLANKS.sub(lambda run: "_" * len(run[0]), source.text) if entries.blanks else source.text
    )
    at = 1 if text.startswith("\ufeff") else 0
    for binding in _parse_stream()(StringIO(text)):
        length = len(binding.original.string)
        if binding.error:
            entries.broken.append(_trimmed(source, at, at + length))
        elif binding.key is not None:
            entries.variables.append(_variable(source, binding, at))
        elif (mark := text.find("#", at, at + length)) >= 0:
            entries.comments.append(_trimmed(source, mark, at + length))
        at += length
    return entries


def _plain(source: Source) -> Entries:
    """What python-dotenv makes of a file that every loader reads alike; to import it takes longer than to read that."""
    entries = Entries([], [], [], [])
    at = 0
    for line in source.text.split("\n"):
        end = at + len(line)
        name, equals, value = line.partition("=")
        if line.lstrip(" \t").startswith("#"):
            entries.comments.append(_trimmed(source, at, end))
        elif equals:
            key = Span(source, at, at + len(name))
            entries.variables.append(Variable(name, value, key, Span(source, key.end + 1, end)))
        at = end + 1
    return entries


@cache
def _parse_stream() -> Callable[[StringIO], Iterator[Any]]:
    """python-dotenv's parser by itself: the package around it costs 20 ms to import."""
    from importlib.machinery import PathFinder
    from importlib.util import find_spec, module_from_spec

    package = find_spec("dotenv")
    folders = package.submodule_search_locations if package else None
    spec = PathFinder.find_spec("dotenv.parser", folders) if folders else None
    if spec is None or spec.loader is None:
        raise ImportError("python-dotenv is not installed")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    parse: Callable[[StringIO], Iterator[Any]] = module.parse_stream
    return parse


def _trimmed(source: Source, start: int, end: int) -> Span:
    text = source.text[start:end]
    return Span(
        source,
        start + len(text) - len(text.lstrip()),
        start + len(text.rstrip()) if text.strip() else end,
    )


def _variable(source: Source, binding: Any, at: int) -> Variable:
    text = binding.original.string
    head = _HEAD.match(text)
    assert head is not None
    group = "quoted" if head["quoted"] else "name"
    key = Span(source, at + head.start(group), at + head.end(group))
    start, value = head.end(), binding.value
    if head["equals"] is None:
        return Variable(binding.key, None, key, Span(source, key.end, key.end))
    quote = text[start : start + 1]
    quoted = QUOTED[quote].match(text, start) if quote in QUOTED else None
    if quoted:
        end = quoted.end()
        mark = text.find("#", end)
        if "\r" in quoted[0]:
            # Loaders open files with universal newlines.
            again = f"A={quoted[0]}".replace("\r\n", "\n").replace("\r", "\n")
            value = next(_parse_stream()(StringIO(again))).value
    else:
        quote = ""
        line = _REST.match(text, start)
        assert line is not None
        end = line.end()
        empty = len(head["equals"]) > 1 and text[start : start + 1] == "#"
        comment = None if empty else _COMMENT.search(text, start + 1, end)
        mark = start if empty else comment.start() if comment else -1
        end = start + len(text[start : end if mark < 0 else mark].rstrip())
    tail = _trimmed(source, at + mark, at + len(text)) if mark >= 0 else None
    return Variable(binding.key, value, key, Span(source, at + start, at + end), quote, tail)
