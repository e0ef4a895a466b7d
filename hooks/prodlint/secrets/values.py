"""What a value is: nothing secret, a placeholder, something easy to guess, or random."""

import re
from functools import cache, lru_cache
from math import log2

PLACEHOLDER, WEAK, RANDOM = "placeholder", "weak", "random"

_LONGEST = 800

_FILLER = (
    r"(?i)example(?!\.(?:com|net|org))|x{4}|\*{3}|your(?=[_-]|pass|secret|key|token)|<|placeholder|dummy|fake|redacted|change[_-]?me|replace|insert[_-]|(?<![a-z])todo"
    r"|not[_-]?a?[_-]?real|sample|\.\.\.|^x[x_-]*$|x{3}-x{3}|(.)\1{7}"
)
_SEQUENCE = r"(?i)abcdef|123456|012345|a1b2c3|deadbeef|(.)\1{5}"
# A template or a reference, something encrypted or hashed, a file or a URL, prose.
_ELSEWHERE = (
    r"(?i)^(os\.environ|process\.env|import\.meta\.env)\b|^(phc_|pk_live_|pk_test_|pubkey-|sb_publishable_)|\$[{(\w]|\w\(|\{\{|\{%|<%|%\(|#\{|^@\w+@$|^%\w+%$|^__\w+__$|^%\w$|^<.*>$|^\[.*\]$|^\{.*\}$|^[*&`|>]|^!([a-z]+\s|(reset|override|vault)$|(?-i:[A-Z])[a-z]{1,12}$)"
    r"|^(enc\[|vault:|op://|ref\+|arn:|secretref:|ssm:|projects/|sops|\$?\$(2[aby]|argon2|[156])\$|\{[a-z0-9-]+\}"
    r"|pbkdf2|scrypt|scram-|bcrypt|sha(1|256|512)[$:]|md5[0-9a-f]{32}$)|^-----BEGIN"
    r"| (password|passphrase|token|key|secret)$|^eyJ[\w-]{8,2000}\.eyJ|^(~?\.{0,2}/|[a-z]:\\|file:)|\.(pem|key|crt|txt|json|jks|p12|pfx|sh|ya?ml|env|conf|ini|php|py|js|ts)$|://"
    r"|  |( .*){4}|\n|^(var|local|data|module|each|self|random_\w+)\.[\w.\[\]]+$"
)
# As Django makes its keys: what looks like a variable or a call in one is chance.
_DJANGO = r"(django-insecure-)?[a-z0-9!@#$%^&*(_=+)-]{50}"
_SETTING = (
    r"(?i)true|false|yes|no|on|off|null|nil|none|undefined|n/?a|~|-+|on_create|always|never|enabled?|disabled?|required|optional|auto|string"
    r"|(.)\1{3,}|(\d+(\.\d+)?\s?(ms|s|m|h|d|w|y|kb|mb|gb|b|%|/\w+)?)"
)
_WORDS = r"[a-z]+[\W_]?\d+\W?|([A-Za-z]+[_\W])*[A-Za-z]+\d{0,4}\W*"
# Words between separators with a number, a path, an address, a name in code.
_NAMED = r"\s|^[a-z0-9_.-]+(/[a-z0-9_.-]+)+$|^[a-z]+([-_.][a-z]+)*([-_.]?v?\d{1,4}){0,3}$|^\d[\d.:T+-]+Z?$|^[\w.+-]+@[\w-]+\.|^[A-Za-z_]+(\.[A-Za-z_]+)+$|^[\w-]+:[\w.-]+$"
# What people write into values that they make up.
_TOLD = r"(?i)secret|pass(w|_|$)|p[a4@][s5$]{2}w|chang|random|string|client|token|admin|default|database|\.example\."
_VARIABLE = r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+"


def made_up(token: str, prefix: int = 0) -> bool:
    """Whether a token with a prefix of so many characters is one of documentation, or known to be public."""
    text = token[prefix:]
    if _compiled(_FILLER).search(text) or _compiled(_SEQUENCE).search(text) or len(set(text)) < 8:
        return True
    return text in (text + text)[1:-1] or known(token)


def known(text: str) -> bool:
    """Whether a value is public: of documentation, an emulator, a browser."""
    from hashlib import sha256

    from prodlint.secrets.known import KNOWN

    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16] in KNOWN


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(1000)
def strength(value: str, name: str = "") -> str:
    """PLACEHOLDER, WEAK or RANDOM for a literal credential, `""` for what is none: a reference, a file, a setting."""
    if len(value) in (50, 66) and _compiled(_DJANGO).fullmatch(value) and looks_random(value):
        return RANDOM
    if not value or len(value) > _LONGEST or _compiled(_ELSEWHERE).search(value):
        return ""
    setting = _compiled(_SETTING).fullmatch(value)
    if setting and not (value.isdigit() and len(value) > 2 and is_password(name)):
        return ""
    if _compiled(_FILLER).search(value):
        return PLACEHOLDER
    if _compiled(_VARIABLE).fullmatch(value):
        return ""
    told = _compiled(_TOLD).search(value) or _compiled(_SEQUENCE).search(value)
    if told or not looks_random(value):
        return WEAK
    return "" if known(value) else RANDOM


def is_password(name: str) -> bool:
    return _compiled(r"(?i)pass|pwd|basic$|^(masterauth|_authtoken)$").search(name) is not None


def looks_random(value: str) -> bool:
    """Letters mixed with digits, or small with capital ones, as a generator does it; people write words and numbers."""
    letters = sum(map(str.isalpha, value))
    digits = sum(map(str.isdigit, value))
    if letters >= 20 and not digits:
        capitals = sum(map(str.isupper, value)) / letters
        return 0.3 <= capitals <= 0.7 and entropy(value) >= 3.4
    cased = any(map(str.isupper, value)) and any(map(str.islower, value))
    if len(value) < (9 if cased else 12) or not letters or not digits:
        return False
    if _compiled(_WORDS).fullmatch(value):
        return False
    if _compiled(r"(?i)[0-9a-f-]+").fullmatch(value):
        return len(value) >= 20 and entropy(value) >= 2.8
    return entropy(value) >= (2.8 if len(value) < 12 else 3.0 if len(value) < 20 else 3.4)


def generated(value: str) -> bool:
    """Whether a value that looks random can be a credential: in one piece, and no path, version, date or name of a file."""
    odd = _compiled(_NAMED).search(value) or _compiled(_SEQUENCE).search(value)
    return len(value) >= 12 and not odd


def entropy(text: str) -> float:
    """Shannon entropy, bits a character."""
    total = len(text)
    counts = [text.count(char) for char in set(text)]
    return -sum(count / total * log2(count / total) for count in counts)
