"""Keep credentials out of every output: what looks like one is masked wherever a file is quoted."""

import re
from functools import lru_cache

from prodlint.core.source import Span

_STEM = (
    r"passw|passphrase|pwd|pass(?![A-Za-z])|secret|token|credential|cookie|auth(?!or)|dsn"
    r"|(?:api|access|account|app|auth|crypt\w*|hash|jwt|licen[cs]e|master|private|session|sign\w*|shared)[_.-]?key"
)
_NAME = rf"[\w.-]{{0,60}}?(?:{_STEM})[\w.-]{{0,60}}"
_KEY = rf"(?<![\w.-]){_NAME}\\?[\"']?\s{{0,4}}"
_QUOTED = r"\\?\"(?:\\.|[^\"\\\n])*\"?|'(?:[^'\n]|'')*'?|`[^`\n]*`?"
# A value that nothing bounds goes on to a comment or to the next command of a shell.
_OPEN = r"[^\s\"'](?:(?!\s(?:#|\|\|?|&&|;)(?:\s|$))[^\n])*"
_PAIRS = (
    re.compile(
        rf"(?i)(^\s*(?:export\s|-\s)?\s*[\"']?{_KEY}(?:=|:\s)\s{{0,40}})({_QUOTED}|{_OPEN})"
    ),
    re.compile(rf"(?i)({_KEY}(?:=>|:=|:\s)\s{{0,4}})({_QUOTED}|[^\s\"'`|;&][^\"'`|;&\n]*)"),
    re.compile(
        rf"(?i)({_KEY}(?:=|>|:(?![\s?+-]))\s{{0,4}})({_QUOTED}|(?:\$\{{[^}}\n]{{0,200}}\}}+|[^\s,;&|<>)}}\]])+)"
    ),
    re.compile(rf"(?i)((?:\b(?:ENV|ARG)\s+|(?<!\S)--?){_NAME}\s+)({_QUOTED}|[^\s|<>&;-]\S*)"),
    re.compile(
        r"(?i)(\b(?:requirepass|password|bearer|basic)\s{1,4})([^\s=:]{4,})(?=[\"'`\\;]*\s*$)"
    ),
    re.compile(r"((?<![\w-])(?:-u|--user)[\s=,\"']{1,4}[^\s:\"']{1,80}:)([^\s\"']+)"),
    re.compile(
        r"(\b(?:mysql|mariadb|sshpass|docker login)\w*\b[^|;&\n]{0,200}?\s-p\s?)([^\s-][^\s;&|]*)"
    ),
)
_ASSIGNED = re.compile(rf"(?i)({_KEY}=)({_QUOTED}|[^\s,;]+)")
_URL = re.compile(r"(://[^\s/:@\"']{0,100}:)([^\s\"']{1,200})(?=@)")
_TOKEN = re.compile(r"[A-Za-z0-9_+/~-]{12,}(?:=[A-F0-9]{8}(?!\w)|={0,2})")
# Tokens of which a part may look like a word.
_PARTED = re.compile(
    r"\bsq0[a-z]{3}-[\w-]{22,43}|\bSG\.[\w-]{22}\.[\w-]{43}|[MNO][A-Za-z0-9]{23,27}\.[\w-]{6}\.[\w-]{27,38}|(?:tfp_|dnkey-|fio-u-)[\w.=-]{40,90}|[\w.~-]{3}\dQ~[\w.~-]{31,34}"
    r"|(?<=sig=)[\w%]{40,70}|\.atlasv1\.[\w=-]{50,80}|A3(?:-[A-Z0-9]{5,6}){5,6}|A{20}[\w%]{60,120}"
    r"|access_token\$\w{1,12}\$\w{16}\$\w{32}|\bgl[a-z]{1,8}-[\w.-]{20,300}|\b[ps]at\.[\w-]{22}\.\w{24}\.\w{20}"
    r"|\bAVNS_[\w-]{19}|\b(?:sc|ext|scauth|authress)_\w{5,30}\.\w{4,6}\.acc[_-][\w-]{10,32}\.[\w+/=-]{30,120}"
)
_WORD = re.compile(r"[A-Z]*[a-z]*(?:[A-Z][a-z]{2,}|On)*[A-Z]*\d{0,4}|v?\d+[a-z]{0,3}")
_LONGEST_WORD = 40
_UPPER_CASE = re.compile(r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12}")
_HASH = re.compile(r"(?i)[0-9a-f]{40}|[0-9a-f]{64}|sha(?:256|384|512)-[A-Za-z0-9+/=]+")
_HASHED = re.compile(
    r"(?i)(?:@|sha(?:1|256|384|512):|\b(?:rev|ref|sha|commit|digest|checksum)[\"']?\s?[:=]\s?[\"']?)$"
)
_PLAIN = re.compile(
    r"(?i)[\"']?(?:true|false|yes|no|null|none|read|write|inherit|required|optional|\d{1,4}[smhd]?)[\"']?,?"
)
_REFERENCE = re.compile(r"\$\{\{\s*[\w.-]+\s*\}\}|\$\{\w{1,80}(?::?[-?+=]|(?=\}))|\$\(|[\"'{}]")
_REFERENCES = re.compile(
    r"(?:\$\{\{\s*[\w.-]+\s*\}\}|\$\{\w{1,80}\}|\$[A-Z_][A-Z0-9_]*|[\"',/:@-])+"
)
_HOLDS_NEXT = re.compile(
    rf"(?i)^\s*(?:-\s)?\s*[\"']?{_KEY}:\s*[|>]?[-+\d]*\s*$|\bname[\"']?\s*:\s*[\"']?[\w.-]{{0,60}}?(?:{_STEM})"
)
_VALUE = re.compile(r"(\s*(?:[\"']?value[\"']?\s*:\s*)?)(.*)", re.DOTALL)
_KEY_BLOCK = 16_384


def redacted(line: Span) -> str:
    """A line of a file without credentials, as long as before; the lines above may say that it is one."""
    above = line.source.text[max(0, line.start - _KEY_BLOCK) : line.start]
    if above.rfind("-----BEGIN ") > above.rfind("-----END "):
        return "*" * (line.end - line.start)
    before = above.rstrip().rpartition("\n")[2]
    if len(before) < 400 and _HOLDS_NEXT.search(before):
        return _VALUE.sub(_mask_value, line.text, count=1)
    return redact_line(line.text)


def redact_line(line: str) -> str:
    """A line of a file with credentials as asterisks; as long as before, so that a caret still fits."""
    line = _URL.sub(_mask_value, line)
    for pair in _PAIRS:
        line = pair.sub(_mask_value, line)
    return _mask_tokens(line)


@lru_cache(maxsize=256)  # the same help goes with many findings
def redact_message(message: str) -> str:
    """A message of a rule, which may quote a file, without credentials."""
    message = _URL.sub(_mask_value, message)
    message = _ASSIGNED.sub(_mask_value, message)
    return _mask_tokens(message)


def _mask_tokens(text: str) -> str:
    return _TOKEN.sub(_mask_token, _PARTED.sub(lambda match: "*" * len(match[0]), text))


def _mask_value(match: re.Match[str]) -> str:
    """The value as asterisks, but for the names in its references; words that say nothing stay."""
    key, value = match.group(1), match.group(2)
    if _PLAIN.fullmatch(value) or _REFERENCES.fullmatch(value):
        return key + value
    masked = ["*"] * len(value)
    for found in _REFERENCE.finditer(value):
        masked[found.start() : found.end()] = found[0]
    return key + "".join(masked)


def _mask_token(match: re.Match[str]) -> str:
    token = match.group()
    before = match.string[max(0, match.start() - 20) : match.start()]
    if not _looks_random(token) or (_HASH.fullmatch(token) and _HASHED.search(before)):
        return token
    return "*" * len(token)


def _looks_random(token: str) -> bool:
    """Whether at least 12 of its characters are no words and no numbers, as names and paths are made of."""
    if _UPPER_CASE.search(token):
        return True
    odd = 0
    for part in re.split(r"[_+/=~-]+", token):
        if len(part) > _LONGEST_WORD or not _WORD.fullmatch(part):
            odd += len(part)
    return odd >= 12
