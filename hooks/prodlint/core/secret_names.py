"""Which variables are named as such that hold a secret."""

from functools import lru_cache

_WORDS = """
TOKEN PASSWORD PASSWD PASSPHRASE SECRET SECRETS APIKEY CREDENTIALS PASS PAT
"""
_SECRET_PAIRS = (
    "API_KEY",
    "PRIVATE_KEY",
    "ACCESS_KEY",
    "SECRET_KEY",
    "DEPLOY_KEY",
    "SSH_KEY",
    "AUTH_KEY",
    "ENCRYPTION_KEY",
)
_HARMLESS_WORDS = """
PUBLIC PUBLISHABLE FILE PATH DIR VERSION ID NAME LENGTH URL URI HOST TTL EXPIRY EXPIRES EXPIRATION ENDPOINT TYPE ALIAS
IMAGE SOURCE HEADER PROVIDER MODE
"""
# What tools compile into the code that browsers load: no secret from the begin.
_BROWSER = (
    "NEXT_PUBLIC_",
    "VITE_",
    "REACT_APP_",
    "EXPO_PUBLIC_",
    "NUXT_PUBLIC_",
    "GATSBY_",
    "VUE_APP_",
)


@lru_cache(maxsize=4096)
def secret_name(name: str) -> bool:
    """Whether a variable is named as one that holds a secret."""
    upper = name.upper()
    words = upper.split("_")
    if not set(_HARMLESS_WORDS.split()).isdisjoint(words) or upper.startswith(_BROWSER):
        return False
    return not set(_WORDS.split()).isdisjoint(words) or any(
        f"_{pair}_" in f"_{upper}_" for pair in _SECRET_PAIRS
    )
