"""`docker run --env-file`: each line as it stands, from the first `=` on."""

import re

from prodlint.env.loaders import Reading, Trouble

_MAX_LINE = 64 * 1024
_BLANK = " \t\v\f\r\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_SPACED = re.compile(r"[ \t]")


def read(text: str) -> Reading:
    values: dict[str, str | None] = {}
    refused = None
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        content = line.removesuffix("\r").lstrip(_BLANK)
        if len(line) >= _MAX_LINE and len(line.encode()) >= _MAX_LINE:
            refused = Trouble(number, "a line is longer than 64 KB")
        elif content and not content.startswith("#"):
            name, equals, value = content.partition("=")
            if _SPACED.search(name):
                refused = Trouble(number, "a blank stands before the `=`, or there is no `=`")
            elif not name:
                refused = Trouble(number, "no name stands before the `=`")
            elif equals:
                values[name] = value
        if refused:
            return Reading({}, set(), refused)
    return Reading(values, set())
