"""Secrets among the variables that bundlers write into the code of browsers."""

import re
from collections.abc import Iterator

from prodlint.core.source import Span
from prodlint.env.repository import client_prefix, env_names, speaks_for
from prodlint.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prodlint.env.model import EnvFile

# Named like a secret, and public by design or no secret at all.
_PUBLIC = (
    r"ANON|PUBLI\w*|SITE_?KEY|CLIENT_ID|CLIENT_TOKEN|RECAPTCHA|CAPTCHA|HCAPTCHA|TURNSTILE|POSTHOG|MAPBOX|MAPTILER|FIREBASE|SENTRY"
    r"|DSN|ALGOLIA_SEARCH|SEARCH_(?:API_)?KEY|ANALYTICS|CESIUM|STORYBLOK|AMPLITUDE|MIXPANEL|SEGMENT|DATADOG|DD_CLIENT|WRITE_KEY"
    r"|VAPID|PUSHER|LOGROCKET|CLARITY|URL|URI|PATH|ROUTE|ENDPOINT|REDIRECT|ENABLED?|DISABLED?|RESET|FORGOT|CHANGE|LENGTH|MIN|MAX"
    r"|REGEX|PATTERN|POLICY|STRENGTH|SHOW|ALLOW\w*|USE|NAME|HEADER|TYPE|EXPIR\w*|TTL|DURATION|TIMEOUT|LIFETIME|STORAGE|COOKIE"
    r"|LABEL|TEXT|PLACEHOLDER|DEMO|TEST|CONTRACT|ADDRESS|MINT|SYMBOL|DECIMALS|FEATURE\w*|HAS|REQUIRED?|WITH|LOGIN|AUTH_MODE|SIGN"
)
_CONFIDENTIAL = (
    r"SECRETS?|CLIENT_SECRET|PASSW(?:OR)?D|PASSPHRASE|PRIVATE_?KEY|SERVICE_(?:ROLE|KEY|ACCOUNT)|SECRET_?KEY|SECRET_ACCESS_KEY"
    r"|(?:ADMIN|MASTER|ENCRYPTION|SIGNING|JWT)_(?:KEY|TOKEN|SECRET)|(?:OPENAI|OPEN_AI|ANTHROPIC|CLAUDE|GROQ|MISTRAL|COHERE|DEEPSEEK"
    r"|OPENROUTER|PERPLEXITY|HUGGING_?FACE|HF|ELEVEN_?LABS|REPLICATE|SENDGRID|RESEND|MAILGUN|BREVO|GEMINI|STABILITY|PINECONE"
    r"|XAI|GROK|TOGETHER|FIREWORKS|ASSEMBLY_?AI|DEEPGRAM|HEYGEN|TAVUS|RUNWAY(?:ML)?|FIRECRAWL|TAVILY|SERPER|SERP_?API|EXA|APIFY)"
    r"(?:_API)?_(?:KEY|TOKEN)|(?:REDIS_REST|KV_REST_API)_TOKEN|TWILIO_AUTH_TOKEN|(?:GITHUB|GITLAB|GH|NPM|SLACK|BOT|TELEGRAM_BOT|DISCORD)_(?:TOKEN|PAT)"
    r"|(?:DATABASE|DB|MONGO\w*|POSTGRES\w*|REDIS|MYSQL)_(?:URL|URI|PASS\w*)|SMTP_PASS\w*|MNEMONIC|SEED_PHRASE"
)
_DATABASE = r"(?:DATABASE|DB|MONGO\w*|POSTGRES\w*|REDIS|MYSQL)_(?:URL|URI)"
_SHAPES = (
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "sk-proj-",
    "sk-ant-",
    "whsec_",
    "-----BEGIN",
    "SG.",
    "xoxb-",
    "ghp_",
)


class Exposed(NamedTuple):
    """A variable for browsers that holds a secret, as its name or the begin of its value says."""

    name: str
    prefix: str
    span: Span
    by_value: bool


def exposed(env: "EnvFile") -> Iterator[Exposed]:
    """Those that the file sets, then those that code below it reads and no env file names."""
    for variable in env.values.values():
        if prefix := client_prefix(variable.name):
            by_value = (variable.value or "").startswith(_SHAPES)
            named = is_secret(variable.name.removeprefix(prefix))
            if by_value or (named and _may_be_bundled(env, variable.name, prefix)):
                yield Exposed(variable.name, prefix, variable.key, by_value)
    if not env.is_example:
        return
    from prodlint.env.reads import code

    known = env.project.once(env_names).mentioned
    for name, reads in env.project.once(code).reads.items():
        prefix = client_prefix(name)
        if prefix and name not in known and is_secret(name.removeprefix(prefix)):
            own = [one for one in reads if speaks_for(env.project, one.span.path) == env.path]
            if own:
                yield Exposed(name, prefix, own[0].span, False)


def _may_be_bundled(env: "EnvFile", name: str, prefix: str) -> bool:
    """Whether code names a variable, without which bundlers leave it out; yes where the code of the bundle is not seen."""
    from prodlint.env.reads import code

    found = env.project.once(code)
    return found.mentions(name) or not any(read.startswith(prefix) for read in found.reads)


def is_secret(name: str) -> bool:
    """Whether the rest of a name is that of a secret."""
    if re.fullmatch(rf"(?:\w+_)?{_DATABASE}", name) and "FIREBASE" not in name:
        return True
    words = "(?:^|_)(?:{})(?:_|$)"
    return not re.search(words.format(_PUBLIC), name) and bool(
        re.search(words.format(_CONFIDENTIAL), name)
    )
