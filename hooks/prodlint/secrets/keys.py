"""Private keys in any text, in base 64 too: a header and enough of a body, so that no template and no documentation is one."""

import re
from collections.abc import Iterator

from prodlint.secrets.values import known

_HEAD = r"-----BEGIN (?P<kind>(?:[A-Z0-9]{2,10} ){0,2})PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d: [^\n]{1,80}"
# `-----BEGIN` in base 64, without the last bits.
_BEGIN_ENCODED = "LS0tLS1CRUdJTi"
_LONGEST = 16_384
_LEAST = 64
_SKIPPED = (
    r"(?:Version|Comment|Proc-Type|DEK-Info|Encryption|Charset)[^\n\\]{0,200}|\\[nrt]|[\s\"',\\]+"
)
_BODY = r"[A-Za-z0-9+/=-]+"


def private_keys(text: str) -> list[tuple[int, int, str]]:
    """Where each private key begins and ends, and what it is, as `RSA private key`."""
    found: list[tuple[int, int, str]] = []
    if "PRIVATE KEY" in text or "PuTTY-User-Key-File-" in text:
        found += _keys(text)
    if _BEGIN_ENCODED in text:
        found += _encoded_keys(text)
    return sorted(found)


def _encoded_keys(text: str) -> Iterator[tuple[int, int, str]]:
    """Keys in base 64, as `client-key-data` of a kubeconfig holds them."""
    from base64 import b64decode

    for match in re.finditer(_BEGIN_ENCODED + r"[A-Za-z0-9+/]{100,24000}={0,2}", text):
        whole = match[0].rstrip("=")
        decoded = b64decode(whole[: len(whole) // 4 * 4]).decode("latin-1")
        for _, _, kind in _keys(decoded):
            yield *match.span(), kind
            break


def _keys(text: str) -> Iterator[tuple[int, int, str]]:
    for head in re.finditer(_HEAD, text):
        kind = (head["kind"] or "").strip() or ("PuTTY" if head[0].startswith("PuTTY") else "")
        end = _end(text, head.end(), kind)
        body = text[head.end() : end]
        if _is_key(body):
            sealed = "ENCRYPTED" in head[0] + body[:200] or "Encryption: aes" in body[:200]
            words = ["encrypted" if sealed else "", kind.replace("ENCRYPTED", ""), "private key"]
            yield head.start(), end, " ".join(" ".join(words).split())


def _end(text: str, start: int, kind: str) -> int:
    """Where a key ends whose header ends at `start`; without a footer at most 400 characters on."""
    if kind == "PuTTY":
        footer = text.find("Private-MAC:", start, start + _LONGEST)
    else:
        footer = text.find("-----", start, start + _LONGEST)
        if footer >= 0 and text.startswith("-----END ", footer):
            footer = text.find("-----", footer + 9, footer + 60) + 5
    return footer if footer >= start else min(len(text), start + 400)


def _is_key(body: str) -> bool:
    """Whether it holds at least 64 characters of base 64, as the shortest key has, and no ellipsis or filler."""
    bare = re.sub(_SKIPPED, "", body)
    longest = max((match[0] for match in re.finditer(_BODY, bare)), key=len, default="")
    return (
        len(longest) >= _LEAST
        and len(set(longest)) >= 24
        and "..." not in bare
        and not known(longest[:64])
    )
