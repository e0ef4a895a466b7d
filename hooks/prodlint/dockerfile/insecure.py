"""Options, settings and variables that switch off the checks of tools that download, as their manuals name them."""

import re

from prodlint.core.lazy import lazy

# What a text holds that has any of them in it, for a first look.
_MENTIONED = lazy(
    r"insecure|(?<=\s)-[a-zA-Z#]*k|check[_-]certificate|trusted|strict[-_]?ssl|REJECT_UNAUTHORIZED|unauthenticated|force-yes|untrusted|gpg-?check"
    r"|nosignature|sslverify|ssl_verify|SSL_NO_VERIFY|HTTPSVERIFY|disable-tls|secure-http|verify-(?:peer|host)|http://",
    re.IGNORECASE,
)
TLS = "accepts any certificate, so whoever sits on the network decides what is downloaded"
SIGNATURE = "installs packages whose signature nobody checks"
SCRIPT = "lets whoever sits on the network decide what is run"
KEY = "lets whoever sits on the network decide whose packages are trusted"

RUN_TIME = "stays in the image: the service accepts any certificate, wherever it connects to"
# What to write instead, by what follows.
ADVICE = {
    TLS: "install ca-certificates, or copy the authority's certificate into the image, and drop it",
    RUN_TIME: "drop it, and copy the authority's certificate into the image:\nENV NODE_EXTRA_CA_CERTS=/path/of/ca.pem",
    SIGNATURE: "install the key of the repository, and drop it",
    SCRIPT: "use https, and compare a checksum before it runs",
    KEY: "use https, or keep the key in the repository and COPY it",
}

_FALSE = ("false", "0", "no", "off")
_CURL_WITH_VALUE = "AbcCdDeEFhHKmoPQrtTuUwxXyYz"
_OPTIONS = {
    "curl": (("--insecure",), TLS),
    "wget": (("--no-check-certificate",), TLS),
    "aria2c": (("--check-certificate=false",), TLS),
    "pip": (("--trusted-host",), TLS),
    "uv": (("--allow-insecure-host", "--trusted-host"), TLS),
    "npm": (("--strict-ssl=false", "--no-strict-ssl"), TLS),
    "pnpm": (("--strict-ssl=false", "--no-strict-ssl"), TLS),
    "apk": (("--allow-untrusted",), SIGNATURE),
    "zypper": (("--no-gpg-checks",), SIGNATURE),
    "rpm": (("--nosignature",), SIGNATURE),
}
for _name in ("apt", "apt-get", "aptitude"):
    _OPTIONS[_name] = (("--allow-unauthenticated", "--force-yes"), SIGNATURE)
for _name in ("yum", "dnf", "microdnf", "tdnf"):
    _OPTIONS[_name] = (("--nogpgcheck", "--no-gpgchecks"), SIGNATURE)
# They also install files that lie there, which a signature or the build itself may vouch for.
PACKAGE_FILES = ("apk", "yum", "dnf", "microdnf", "tdnf", "zypper", "rpm", "apt", "apt-get")
_HOST_OPTIONS = ("--trusted-host", "--allow-insecure-host")
_APT_SETTING = lazy(
    r"(Verify-(?:Peer|Host))[ =]+\"?(?:false|0|no)\b|(AllowUnauthenticated|AllowInsecureRepositories)[ =]+\"?(?:true|1|yes)\b",
    re.IGNORECASE,
)
_SETOPT = lazy(r"(?<![\w])(?:\S*\.)?(gpgcheck|sslverify)=(?:0|false|no)", re.IGNORECASE)
_SETTINGS = {
    "npm": (("strict-ssl",), _FALSE),
    "pnpm": (("strict-ssl",), _FALSE),
    "yarn": (("strict-ssl", "enablestrictssl"), _FALSE),
    "git": (("http.sslverify",), _FALSE),
    "conda": (("ssl_verify",), _FALSE),
    "mamba": (("ssl_verify",), _FALSE),
    "composer": (("secure-http",), _FALSE),
}
_VARIABLES = {
    "NODE_TLS_REJECT_UNAUTHORIZED": ("0",),
    "PYTHONHTTPSVERIFY": ("0",),
    "NPM_CONFIG_STRICT_SSL": _FALSE,
    "YARN_ENABLE_STRICT_SSL": _FALSE,
    "CONDA_SSL_VERIFY": _FALSE,
    "BUNDLE_SSL_VERIFY_MODE": ("0",),
}
_HOST_VARIABLES = ("PIP_TRUSTED_HOST", "UV_INSECURE_HOST")
AT_RUN_TIME = ("NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONHTTPSVERIFY")
_WRITTEN = (
    (lazy(r"\[[^\]]*\btrusted=yes\b[^\]]*\]\s+https?://", re.I), "trusted=yes", SIGNATURE),
    (lazy(r"(?<![\w])gpgcheck\s*=\s*0"), "gpgcheck=0", SIGNATURE),
    (lazy(r"(?<![\w])sslverify\s*=\s*(?:0|false)", re.I), "sslverify", TLS),
    (lazy(r"strict-ssl\s*=\s*false", re.I), "strict-ssl=false", TLS),
    (lazy(r"check_certificate\s*=\s*off", re.I), "check_certificate = off", TLS),
)
_NEAR = lazy(
    r"(?:localhost|127\.[\d.]+|0\.0\.0\.0|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|\[?::1\]?|[\w-]+"
    r"|.*\.(?:local|localhost|internal|intranet|lan|corp|test))",
    re.IGNORECASE,
)


def mentioned(text: str) -> bool:
    """Whether a text may switch off a check at all."""
    return _MENTIONED.search(text) is not None


def near(host: str) -> bool:
    """Whether a host is this machine or one of a private network, whose certificate no public authority signs."""
    return _NEAR.fullmatch(host.partition(":")[0]) is not None


def variable(name: str, value: str) -> str:
    """What follows from a variable of the environment, or nothing."""
    upper, value = name.upper(), value.strip().lower()
    if upper in _HOST_VARIABLES:
        far = [
            host
            for host in value.split()
            if "$" not in host and not near(host) and not _unused(host, [])
        ]
        return TLS if far else ""
    if upper == "GIT_SSL_NO_VERIFY":
        return TLS if value and "$" not in value else ""
    return TLS if value in _VARIABLES.get(upper, ()) else ""


def option(name: str, word: str, following: str, command: list[str]) -> tuple[str, str] | None:
    """The option or setting in a word of a command that switches a check off, and what follows from it."""
    if name == "curl" and _insecure_letter(word):
        return "-k", TLS
    options, effect = _OPTIONS.get(name, ((), ""))
    if word.partition("=")[0] in _HOST_OPTIONS and word.partition("=")[0] in options:
        host = word.partition("=")[2] or following
        known = "--require-hashes" in command or "$" in host or near(host)
        return None if known or _unused(host, command) else (word.partition("=")[0], effect)
    if word in options:
        return word, effect
    return _setting(name, word, following, command)


def _unused(host: str, command: list[str]) -> bool:
    """Whether nothing comes from a host: of old the package index of Python, which old tutorials still name."""
    return host == "pypi.python.org" and not any("//pypi.python.org" in word for word in command)


def _insecure_letter(word: str) -> bool:
    if not word.startswith("-") or word.startswith("--"):
        return False
    for letter in word[1:]:
        if letter == "k":
            return True
        if letter in _CURL_WITH_VALUE:
            return False
    return False


def _setting(name: str, word: str, following: str, command: list[str]) -> tuple[str, str] | None:
    if name in ("apt", "apt-get", "aptitude"):
        match = _APT_SETTING.search(word)
        return (match[0], TLS if match[1] else SIGNATURE) if match else None
    if name in ("yum", "dnf", "microdnf", "tdnf", "yum-config-manager", "dnf-config-manager"):
        match = _SETOPT.search(f"{word}={following}" if word == "--setopt" else word)
        return (match[0], SIGNATURE if match[1].lower() == "gpgcheck" else TLS) if match else None
    if name != "git" and not any(verb in command for verb in ("set", "--set", "config")):
        return None
    settings, off = _SETTINGS.get(name, ((), ()))
    key, equals, value = word.partition("=")
    value = value if equals else following
    if key.lower() in settings and value.lower() in off:
        return f"{key} {value}", TLS
    if name == "git" and re.fullmatch(r"http\.\S+\.sslverify", key, re.I) and value.lower() in off:
        return f"{key} {value}", TLS
    if name == "composer" and key == "disable-tls" and value in ("true", "1"):
        return f"{key} {value}", TLS
    return None


def setting_in(text: str, files: str) -> tuple[str, str] | None:
    """The setting of a tool in a text that is written to files, and what follows from it."""
    if files.endswith(".curlrc") and re.search(r"(?m)^\s*-?(?:insecure|k)\s*$", text):
        return "insecure in .curlrc", TLS
    match = _APT_SETTING.search(text)
    if match and "apt" in files:
        return match[1] or match[2], TLS if match[1] else SIGNATURE
    for pattern, name, effect in _WRITTEN:
        # A package source is as often piped into tee.
        if (files or name == "trusted=yes") and pattern.search(text):
            return name, effect
    return None
