"""Values that stand for a value: `changeme`, `your-api-key`, `<token>`."""

import re

from prodlint.core.lazy import lazy

_PLACEHOLDER = lazy(
    r"""
    (?:your|insert|enter|replace|fill|paste)[-_ ].* | .*[-_ ]here | yours? | .*\byour[-_ ].* |
    .*(?:change|replace)[-_ ]?(?:me|this|it)(?![a-z]).* | .*(?:change|replace)[-_ ](?:in|with|by|before)[-_ ].* |
    .*placeholder.* | <[^<>]+> | \[[a-z _-]+\] | \{\{.*\}\} | __\w+__ | %\w+% |
    [x*._…-]{3,} | .*x{4,}.* | .*\*{3,} | .*\.\.\. | .*… |
    todo | tbd | fixme | n/a | dummy | secret | password | passwd | changeit | change[-_ ]?this |
    (?:dummy|fake|example|sample)[-_ ].* | .*[-_ ](?:dummy|example|sample) | .*\bexample\.(?:com|org|net)\b.*
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_LONGEST = 200


def is_placeholder(value: str) -> bool:
    """Whether a value is there to be replaced; an empty one is."""
    return not value or (len(value) <= _LONGEST and _PLACEHOLDER.fullmatch(value) is not None)
