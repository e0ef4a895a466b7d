"""Keep credentials out of every output: what looks like one is masked wherever a file is quoted."""

import re

_KEY = r"[\w.-]*(?:passw(?:or)?d|passphrase|passwd|pwd|pass\b|_pass|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|auth)[\w.-]*"
_PAIR = re.compile(
    rf"(?i)({_KEY}[\"']?\s{{0,4}}(?:=|:\s)\s{{0,4}})(\"[^\"\n]*\"|'[^'\n]*'|[^\s,;#}}\]]+)"
)
_ASSIGNED = re.compile(rf"(?i)({_KEY}=)(\"[^\"\n]*\"|'[^'\n]*'|[^\s,;]+)")
_URL = re.compile(r"(://[^\s/:@\"']{0,100}:)([^\s/\"']{1,200})(?=@)")
_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9_+/=-]{16,}")
_DIGEST = re.compile(r"(?:sha(?:256|512|1)[:-]|@)$")
_HEX = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REFERENCE = re.compile(r"\$\{\{[^}]*\}\}|\$\{\w+(?::?[-?+])?|\$\(|\$\w+|[\"'{}$]")


def _looks_random(text: str) -> bool:
    """Letters and digits in one unbroken run, as words and paths never have them."""
    for run in re.findall(r"[A-Za-z0-9]{16,}", text):
        digits = sum(char.isdigit() for char in run)
        upper = sum(char.isupper() for char in run)
        if digits and digits < len(run) and (digits >= 3 or 0 < upper < len(run) - digits):
            return True
    return False


def _mask_token(match: re.Match[str]) -> str:
    text = match.group()
    before = match.string[max(0, match.start() - 8) : match.start()]
    if _DIGEST.search(before) and _HEX.fullmatch(text):
        return text
    return "*" * len(text) if _looks_random(text) else text


def _mask_value(match: re.Match[str]) -> str:
    key, value = match.groups()
    kept = [(found.start(), found.end()) for found in _REFERENCE.finditer(value)]
    masked = ["*"] * len(value)
    for start, end in kept:
        masked[start:end] = value[start:end]
    return key + "".join(masked)


def redact_line(line: str) -> str:
    """A line of a file with credentials as asterisks; as long as before, so that a caret still fits."""
    line = _URL.sub(_mask_value, line)
    line = _PAIR.sub(_mask_value, line)
    return _TOKEN.sub(_mask_token, line)


def redact_message(message: str) -> str:
    """A message of a rule, which may quote a file, without credentials."""
    message = _URL.sub(_mask_value, message)
    message = _ASSIGNED.sub(_mask_value, message)
    return _TOKEN.sub(_mask_token, message)


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
