"""Text of a linted file as a terminal and a runner may be shown it."""


def visible(text: str) -> str:
    """Text without anything that a terminal would obey: control characters, escapes, bidi marks."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    if char == "\t":
        return " "
    return (
        f"\\x{code:02x}"
        if code < 0x100
        else f"\\u{code:04x}"
        if code < 0x10000
        else f"\\U{code:08x}"
    )
