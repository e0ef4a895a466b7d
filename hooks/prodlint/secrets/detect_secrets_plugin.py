"""Every token form of prodlint as one detector for users of detect-secrets.

    detect-secrets scan -p "$(python -c 'from prodlint.secrets import detect_secrets_plugin as p; print(p.__file__)')"

The forms that detect-secrets knows itself are left to its own detectors.
"""

import re
from collections.abc import Generator

from detect_secrets.plugins.base import BasePlugin

from prodlint.secrets.formats import FORMATS
from prodlint.secrets.tokens import tokens

_KNOWN = {form.kind for form in FORMATS if form.detector}
_LONGEST = 20_000
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class ProdlintTokenDetector(BasePlugin):
    """The tokens of one line; those of a very long line are left out."""

    secret_type = "Provider token (prodlint)"  # noqa: S105

    def analyze_string(self, string: str) -> Generator[str, None, None]:
        if len(string) <= _LONGEST:
            for found in tokens(string):
                if found.kind not in _KNOWN:
                    token = string[found.start : found.end]
                    # Its filters drop every text that holds a UUID, so the last digit of the first one is left out.
                    uuid = re.search(_UUID, token)
                    yield token[: uuid.end() - 1] if uuid else token
