"""Why BuildKit refuses a Dockerfile (frontend/dockerfile/parser and instructions), as far as the text alone decides it."""

import re
from collections.abc import Iterator

from prodlint.core.finding import Fault
from prodlint.core.rule import did_you_mean
from prodlint.core.source import Source, Span
from prodlint.dockerfile.arguments import NotStrings, json_list
from prodlint.dockerfile.instruction import JSON_FORM, Instruction
from prodlint.dockerfile.lexer import SPACES
from prodlint.dockerfile.sanitise import KEYWORDS, Joined, Sanitised
from prodlint.dockerfile.words import split_blanks

_STAGE_NAME = r"[a-z][a-z0-9\-_.]*"
_TEMPLATE = r"^[ \t]*(?:\{\{|\{%|<%|@@\w+@@)|\$\{\{"
_CONFLICT = r"<{7}|={7}|>{7}"
_CONTINUE = "if it belongs to the line above, that line has to end with a backslash"
_LONGEST = 20  # of a word that is quoted; what is longer may be anything
_ONE_ARGUMENT = ("USER", "WORKDIR", "STOPSIGNAL", "MAINTAINER")
_SOME_ARGUMENTS = ("ARG", "ENV", "EXPOSE", "LABEL", "ONBUILD", "SHELL", "VOLUME", *_ONE_ARGUMENT)


def first_fault(source: Source, read: Sanitised, instructions: list[Instruction]) -> Fault | None:
    """The first thing that stops the build, or None."""
    found: list[Fault] = []
    if read.problem:
        start, end, message, advice = read.problem
        found.append(Fault(Span(source, start, end), message, advice))
    unknown = next((one for one in read.instructions.values() if one.keyword not in KEYWORDS), None)
    if unknown is not None:
        found.append(_unknown(source, unknown))
    found.extend(_first(_wrong(instructions)))
    if not found:
        return None
    fault = min(found, key=lambda fault: fault.span.start)
    if unknown is not None and re.search(_TEMPLATE, source.text, re.M):
        advice = "give it the name of one, as Dockerfile.j2 or Dockerfile.tmpl, or exclude it in .prodlint.yaml"
        fault = Fault(fault.span, "this is a template, not a Dockerfile", advice)
    return fault._replace(message=f"docker build stops here: {fault.message}")


def _first(faults: Iterator[Fault]) -> list[Fault]:
    return [fault for fault in [next(faults, None)] if fault]


def _unknown(source: Source, joined: Joined) -> Fault:
    word = split_blanks(joined.text.lstrip(SPACES))[0].text if joined.text else ""
    span = joined.span(source, 0, len(word)) if word else source.line_span(joined.line)
    if re.match(_CONFLICT, word):
        return Fault(span, "a merge conflict was committed")
    if "\xa0" in word:
        advice = "replace it by a space; it looks like one, and is none to docker"
        return Fault(span, "a no-break space stands behind the instruction", advice)
    if not word.isalpha() or len(word) > _LONGEST:
        return Fault(span, "this line is no instruction", _CONTINUE)
    suggestion = did_you_mean(joined.keyword, sorted(KEYWORDS))
    return Fault(
        span, f"there is no instruction {word}{suggestion}", "" if suggestion else _CONTINUE
    )


def _wrong(instructions: list[Instruction]) -> Iterator[Fault]:
    from_seen = False
    has_from = any(one.keyword == "FROM" for one in instructions)
    for one in instructions:
        reason = _reason(one)
        from_seen = from_seen or one.keyword == "FROM"
        if not reason and has_from and not from_seen and one.keyword != "ARG":
            reason = "stands before the first FROM, so it belongs to no image"
        if reason:
            yield Fault(one.keyword_span, f"{one.keyword} {reason}")


def _reason(one: Instruction) -> str:
    arguments, keyword = one.arguments, one.keyword
    if keyword in JSON_FORM and "[" in arguments:
        try:
            json_list(one.command[1] if keyword == "HEALTHCHECK" else arguments)
        except NotStrings:
            return "has a JSON list with something else than strings in it"
    if keyword == "FROM":
        return _from(one)
    if not arguments:
        return "has no arguments" if keyword in _SOME_ARGUMENTS or keyword == "HEALTHCHECK" else ""
    if keyword in ("COPY", "ADD"):
        several = len(one.json) > 1 if one.json is not None else len(split_blanks(arguments)) > 1
        return "" if several else "names no destination"
    if keyword in ("ENV", "LABEL"):
        return _pairs(one)
    if keyword == "HEALTHCHECK":
        return _healthcheck(one)
    if keyword == "SHELL":
        return "" if one.json else 'must be a JSON list, as SHELL ["/bin/bash", "-c"]'
    if keyword == "ONBUILD" and one.command[0] in ("FROM", "ONBUILD", "MAINTAINER"):
        return f"cannot hold {one.command[0]}"
    return ""


def _from(one: Instruction) -> str:
    words = [word.text for word in one.words]
    if len(words) == 3 and words[1].lower() == "as":
        valid = re.fullmatch(_STAGE_NAME, words[2].lower())
        return "" if valid else "gives the stage a name that is not allowed"
    return "" if len(words) == 1 else "takes an image, or an image AS a name"


def _pairs(one: Instruction) -> str:
    pairs = one.pairs
    if not pairs or any(not pair.name for pair in pairs):
        return "sets a variable without a name"
    if len(pairs) == 1 and "=" not in one.arguments:
        return "" if pairs[0].value else "gives a name and no value"
    return "" if all(pair.value is not None for pair in pairs) else "has a word without = in it"


def _healthcheck(one: Instruction) -> str:
    kind, rest = one.command
    if kind == "NONE":
        return "NONE takes no arguments" if rest else ""
    if kind == "CMD":
        return "" if rest and one.json != [] else "CMD has no command"
    return "takes CMD or NONE"
