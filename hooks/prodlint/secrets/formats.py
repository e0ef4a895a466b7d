"""Tokens that are known by their form: who gives them out, what they begin with, and where that is described.

`documentation` is a page of the provider about its tokens, not always about their form. On 2026-11-24 each address was looked up
in public repositories, which name every one of them; whether it still answers was not tried. Where no page is known, it names
the rules of gitleaks, betterleaks, secretlint or trufflehog.
"""

from prodlint.typed import NamedTuple

LIVE, TEST = "live", "test"
BASE_62, LITTLE_ENDIAN = "base-62", "little-endian"


class Format(NamedTuple):
    """A form of tokens: one of `literals`, then what the regular expression `body` matches.

    `head` matches what stands before a literal that is not the beginning. `anywhere` is set for a literal that need not
    begin a long run of letters and digits; one that ends with `=` or `/` is no part of the token. `tier` is TEST for keys
    that move no money. `detector` is the detector of detect-secrets that knows the form too. `checksum` says how the CRC-32
    of the rest ends the token: BASE_62 in six digits, LITTLE_ENDIAN in eight hexadecimal ones.
    """

    provider: str
    what: str
    literals: tuple[str, ...]
    body: str
    documentation: str
    tier: str = LIVE
    head: str = ""
    anywhere: bool = False
    detector: str = ""
    checksum: str = ""

    @property
    def kind(self) -> str:
        """The token in words, as `GitHub App token`."""
        return f"{self.provider} {self.what}"

    @property
    def id(self) -> str:
        """The kind in one word, as `github-app-token`."""
        return self.kind.lower().replace(" ", "-").replace(".", "-")


_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# A routable token goes on behind a dot: its length and its checksum.
_ROUTED = r"[\w-]{20,280}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?"
_AWS = "aws.AWSKeyDetector"
_GITHUB = "github_token.GitHubTokenDetector"
_GITLAB = "gitlab_token.GitLabTokenDetector"
_SLACK = "slack.SlackDetector"
_GITHUB_DOCS = "https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/"
_GITLAB_DOCS = "https://docs.gitlab.com/security/tokens/"
_AZURE_DOCS = "https://github.com/microsoft/security-utilities"
_CLOUDFLARE_DOCS = "https://developers.cloudflare.com/fundamentals/api/get-started/token-formats"
_STRIPE_DOCS = "https://docs.stripe.com/keys"
_SLACK_DOCS = "https://api.slack.com/authentication/token-types"
_SHOPIFY_DOCS = "https://shopify.dev/changelog/length-of-the-shopify-access-token-is-increasing"
_VERCEL_DOCS = "https://vercel.com/docs/accounts/access-tokens"
_DIGITALOCEAN_DOCS = "https://docs.digitalocean.com/reference/api/create-personal-access-token/"

FORMATS = (
    # Code hosts and registries
    Format("GitHub", "fine-grained token", ("github_pat_",), r"\w{82}", _GITHUB_DOCS),
    Format("GitHub", "token", ("ghp_",), r"[A-Za-z0-9]{36}(?:[A-Za-z0-9]{1,215})?", _GITHUB_DOCS, detector=_GITHUB, checksum=BASE_62),
    Format("GitHub", "OAuth token", ("gho_",), r"[A-Za-z0-9]{36}(?:[A-Za-z0-9]{1,215})?", _GITHUB_DOCS, detector=_GITHUB, checksum=BASE_62),
    Format("GitHub", "user token", ("ghu_",), r"[A-Za-z0-9]{36}(?:[A-Za-z0-9]{1,215})?", _GITHUB_DOCS, detector=_GITHUB, checksum=BASE_62),
    Format("GitHub", "refresh token", ("ghr_",), r"[A-Za-z0-9]{36}(?:[A-Za-z0-9]{1,215})?", _GITHUB_DOCS, detector=_GITHUB, checksum=BASE_62),
    Format("GitHub", "App token", ("ghs_",), r"(?:\d{1,12}_eyJ[\w-]{20,400}\.[\w-]{20,900}\.[\w-]{20,400}|[A-Za-z0-9]{36})", "https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github", checksum=BASE_62),
    Format("GitLab", "access token", ("glpat-",), _ROUTED, _GITLAB_DOCS, detector=_GITLAB),
    Format("GitLab", "deploy token", ("gldt-",), _ROUTED, _GITLAB_DOCS, detector=_GITLAB),
    Format("GitLab", "feed token", ("glft-",), _ROUTED, _GITLAB_DOCS, detector=_GITLAB),
    Format("GitLab", "SCIM token", ("glsoat-",), _ROUTED, _GITLAB_DOCS, detector=_GITLAB),
    Format("GitLab", "runner token", ("glrt-",), _ROUTED, _GITLAB_DOCS, detector=_GITLAB),
    Format("GitLab", "runner registration token", ("GR1348941",), r"[\w-]{20}", _GITLAB_DOCS),
    Format("GitLab", "job token", ("glcbt-",), _ROUTED, _GITLAB_DOCS, detector=_GITLAB),
    Format("GitLab", "trigger token", ("glptt-",), r"[0-9a-f]{40}", _GITLAB_DOCS, detector=_GITLAB),
    Format("GitLab", "agent token", ("glagent-",), r"[\w-]{50,1024}", _GITLAB_DOCS, detector=_GITLAB),
    Format("GitLab", "OAuth secret", ("gloas-",), r"[\w-]{64}", _GITLAB_DOCS, detector=_GITLAB),
    Format("GitLab", "incoming mail token", ("glimt-",), r"[\w-]{25}", _GITLAB_DOCS, detector=_GITLAB),
    Format("GitLab", "feature flags token", ("glffct-",), r"[\w-]{20,60}", _GITLAB_DOCS),
    Format("Atlassian", "API token", ("ATATT3xFfGF0",), r"[\w-]{80,800}=[A-F0-9]{8}", "gitleaks atlassian-api-token", anywhere=True),
    Format("Bitbucket", "access token", ("ATCTT3xFfGN0",), r"[\w-]{80,800}=[A-F0-9]{8}", "CredSweeper Atlassian", anywhere=True),
    Format("Bitbucket", "app password", ("ATBB",), r"[A-Za-z0-9]{24}[A-F0-9]{8}", "trufflehog bitbucketapppassword"),
    Format("npm", "token", ("npm_",), r"[A-Za-z0-9]{36}", "https://github.blog/2021-09-23-announcing-npms-new-access-token-format/", checksum=BASE_62),
    Format("npm", "registry token", ("_authToken=",), _UUID, "https://docs.npmjs.com/about-access-tokens", anywhere=True),
    Format("PyPI", "token", ("pypi-AgE",), r"IcHlwaS5vcmc[\w-]{70,500}", "https://pypi.org/help/#apitoken", detector="pypi_token.PypiTokenDetector"),
    Format("TestPyPI", "token", ("pypi-AgE",), r"NdGVzdC5weXBpLm9yZw[\w-]{70,500}", "https://pypi.org/help/#apitoken", TEST, detector="pypi_token.PypiTokenDetector"),
    Format("RubyGems", "API key", ("rubygems_",), r"[0-9a-f]{48}", "https://guides.rubygems.org/api-key-scopes/"),
    Format("NuGet", "API key", ("oy2",), r"[a-z0-9]{43}", "betterleaks nuget-api-key"),
    Format("crates.io", "token", ("cio",), r"[A-Za-z0-9]{32}", "https://crates.io/settings/tokens"),
    Format("Clojars", "deploy token", ("CLOJARS_",), r"[a-z0-9]{60}", "https://github.com/clojars/clojars-web/wiki/Deploy-Tokens"),
    Format("JFrog", "API key", ("AKCp",), r"[A-Za-z0-9]{69,72}", "gitleaks jfrog-api-key"),
    Format("JFrog", "reference token", ("cmVmdGtu",), r"[A-Za-z0-9]{56}", "gitleaks jfrog-identity-token"),
    Format("Docker Hub", "token", ("dckr_pat_",), r"[\w-]{27}", "https://docs.docker.com/security/access-tokens/"),
    Format("Docker Hub", "organisation token", ("dckr_oat_",), r"[\w-]{32}", "https://docs.docker.com/enterprise/security/access-tokens/"),
    Format("CircleCI", "personal token", ("CCIPAT_",), r"[A-Za-z0-9]{22}_[0-9a-f]{40}", "https://circleci.com/docs/managing-api-tokens/"),
    Format("CircleCI", "project token", ("CCIPRJ_",), r"[A-Za-z0-9]{22}_[0-9a-f]{40}", "https://circleci.com/docs/managing-api-tokens/"),
    Format("Buildkite", "user token", ("bkua_",), r"[0-9a-f]{40}", "https://buildkite.com/docs/apis/managing-api-tokens"),
    Format("Sonar", "token", ("squ_", "sqp_", "sqa_"), r"[0-9a-f]{40}", "https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens"),
    Format("Sourcegraph", "access token", ("sgp_",), r"(?:[0-9a-fA-F]{16}_|local_)?[0-9a-fA-F]{40}", "https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token"),
    Format("Harness", "access token", ("pat.", "sat."), r"[\w-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}", "gitleaks harness-api-key"),
    Format("Octopus Deploy", "API key", ("API-",), r"[A-Z0-9]{26}", "gitleaks octopus-deploy-api-key"),
    # Clouds and hosts
    Format("AWS", "access key", ("AKIA",), r"[A-Z2-7]{16}", "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html", detector=_AWS),
    Format("AWS", "session key", ("ASIA",), r"[A-Z2-7]{16}", "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html", detector=_AWS),
    Format("AWS", "bearer key", ("ABIA", "ACCA"), r"[A-Z2-7]{16}", "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"),
    Format("Amazon", "Bedrock API key", ("ABSK",), r"[A-Za-z0-9+/]{109,269}={0,2}", "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html", anywhere=True),
    Format("Amazon", "short-term Bedrock API key", ("bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t",), r"[A-Za-z0-9+/]{100,4000}={0,2}", "gitleaks aws-amazon-bedrock-api-key-short-lived", anywhere=True),
    Format("Google", "API key", ("AIza",), r"[\w-]{35}", "https://cloud.google.com/docs/authentication/api-keys"),
    Format("Google", "OAuth client secret", ("GOCSPX-",), r"[\w-]{28}", "gitleaks gcp"),
    Format("Google", "refresh token", ("1//0",), r"[\w-]{60,120}", "trufflehog googleoauth2", anywhere=True),
    Format("Gemini", "API key", ("AQ.Ab8RN6",), r"[\w-]{44}", "betterleaks google-gemini-api-key"),
    Format("Firebase", "server key", (":APA91b",), r"[\w-]{134}", "https://firebase.google.com/docs/cloud-messaging", head=r"AAAA[\w-]{7}"),
    Format("Azure", "storage account key", ("AccountKey=",), r"[A-Za-z0-9+/]{86}==", _AZURE_DOCS, anywhere=True),
    Format("Azure", "shared access key", ("SharedAccessKey=",), r"[A-Za-z0-9+/]{43}=", _AZURE_DOCS, anywhere=True),
    Format("Azure", "shared access signature", ("&sig=", "?sig="), r"[A-Za-z0-9%]{43,63}%3[Dd]", "https://learn.microsoft.com/azure/storage/common/storage-sas-overview", anywhere=True),
    Format("Azure", "Entra client secret", ("Q~",), r"[\w.~-]{31,34}", "https://learn.microsoft.com/purview/sit-defn-azure-ad-client-secret", head=r"[\w.~-]{3}\d"),
    Format("Azure", "DevOps token", ("AZDO",), r"[A-Za-z0-9]{4}", "https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate", head=r"[A-Za-z0-9]{76}"),
    Format("Azure", "container registry key", ("+ACR",), r"[A-D][A-Za-z0-9]{5}", _AZURE_DOCS, head=r"[A-Za-z0-9+/]{42}"),
    Format("Azure", "Functions key", ("AzFu",), r"[\w-]{5}[AQgw]==", _AZURE_DOCS, head=r"[\w-]{44}"),
    Format("Azure", "search key", ("AzSe",), r"[A-D][A-Za-z0-9]{5}", _AZURE_DOCS, head=r"[A-Za-z0-9]{42}"),
    Format("Azure", "cache key", ("AzCa",), r"[A-P][A-Za-z0-9]{5}=", _AZURE_DOCS, head=r"[A-Za-z0-9]{33}"),
    Format("Azure", "Cosmos DB key", ("ACDb",), r"[A-Za-z0-9+/]{5}[AQgw]==", _AZURE_DOCS, head=r"[A-Za-z0-9+/]{76}"),
    Format("DigitalOcean", "token", ("dop_v1_",), r"[0-9a-f]{64}", _DIGITALOCEAN_DOCS),
    Format("DigitalOcean", "OAuth token", ("doo_v1_",), r"[0-9a-f]{64}", _DIGITALOCEAN_DOCS),
    Format("DigitalOcean", "refresh token", ("dor_v1_",), r"[0-9a-f]{64}", _DIGITALOCEAN_DOCS),
    Format("Cloudflare", "user token", ("cfut_",), r"[A-Za-z0-9]{40}[0-9a-f]{8}", _CLOUDFLARE_DOCS),
    Format("Cloudflare", "account token", ("cfat_",), r"[A-Za-z0-9]{40}[0-9a-f]{8}", _CLOUDFLARE_DOCS),
    Format("Cloudflare", "global API key", ("cfk_",), r"[A-Za-z0-9]{40}[0-9a-f]{8}", _CLOUDFLARE_DOCS),
    Format("Cloudflare", "origin CA key", ("v1.0-",), r"[0-9a-f]{24}-[0-9a-f]{146}", "gitleaks cloudflare-origin-ca-key"),
    Format("Vercel", "token", ("vcp_",), r"[A-Za-z0-9]{20,60}", _VERCEL_DOCS),
    Format("Vercel", "integration token", ("vci_",), r"[A-Za-z0-9]{20,60}", _VERCEL_DOCS),
    Format("Vercel", "app token", ("vca_", "vcr_"), r"[A-Za-z0-9]{20,60}", _VERCEL_DOCS),
    Format("Vercel", "AI gateway key", ("vck_",), r"[A-Za-z0-9]{20,60}", _VERCEL_DOCS),
    Format("Render", "API key", ("rnd_",), r"[A-Za-z0-9]{24,32}", "betterleaks render-api-key"),
    Format("Netlify", "token", ("nfp_", "nfc_", "nfo_", "nfu_"), r"[A-Za-z0-9_]{36}", "betterleaks netlify-access-token"),
    Format("Heroku", "API key", ("HRKU-AA",), r"[\w-]{58}", "gitleaks heroku-api-key-v2"),
    Format("Fly.io", "token", ("fm2_",), r"[A-Za-z0-9+/_]{100,1200}={0,3}", "https://fly.io/docs/security/tokens/", anywhere=True),
    Format("Fly.io", "token of version 1", ("fm1a_", "fm1r_"), r"[A-Za-z0-9+/]{100,1200}={0,3}", "gitleaks flyio-access-token", anywhere=True),
    Format("Fly.io", "personal token", ("fo1_",), r"[\w-]{43}", "gitleaks flyio-access-token"),
    Format("Deno Deploy", "token", ("ddp_",), r"[A-Za-z0-9]{36}", "trufflehog denodeploy"),
    Format("Scalingo", "API token", ("tk-us-",), r"[\w-]{48}", "https://developers.scalingo.com/tokens"),
    Format("Alibaba Cloud", "access key", ("LTAI",), r"[A-Za-z0-9]{20}", "gitleaks alibaba-access-key-id"),
    Format("Tencent Cloud", "secret id", ("AKID",), r"[A-Za-z0-9]{32}", "trufflehog tencentcloudkey"),
    Format("Yandex Cloud", "API key", ("AQVN",), r"[\w-]{35,38}", "gitleaks yandex-api-key"),
    Format("OpenShift", "token", ("sha256~",), r"[\w-]{43}", "gitleaks openshift-user-token", anywhere=True),
    Format("Dynatrace", "token", ("dt0c01.", "dt0s01."), r"[A-Z2-7]{24}\.[A-Z2-7]{64}", "https://docs.dynatrace.com/docs/dynatrace-api/basics/dynatrace-api-authentication"),
    # Data stores and infrastructure
    Format("Supabase", "access token", ("sbp_",), r"[0-9a-f]{40}", "https://supabase.com/docs/guides/api/api-keys"),
    Format("Supabase", "secret key", ("sb_secret_",), r"[\w-]{31}", "https://supabase.com/docs/guides/api/api-keys"),
    Format("Neon", "API key", ("napi_",), r"[A-Za-z0-9]{64}", "https://neon.com/docs/manage/api-keys"),
    Format("PlanetScale", "password", ("pscale_pw_",), r"[\w-]{32,64}", "https://planetscale.com/docs/concepts/password-roles"),
    Format("PlanetScale", "service token", ("pscale_tkn_",), r"[\w-]{32,64}", "https://planetscale.com/docs/concepts/service-tokens"),
    Format("PlanetScale", "OAuth token", ("pscale_oauth_",), r"[\w-]{32,64}", "gitleaks planetscale-oauth-token"),
    Format("MongoDB", "Atlas client secret", ("mdb_sa_sk_",), r"[\w-]{40}", "https://www.mongodb.com/docs/atlas/api/service-accounts-overview/"),
    Format("Aiven", "service password", ("AVNS_",), r"[\w-]{19}", "https://aiven.io/docs"),
    Format("CockroachDB", "API key", ("CCDB1_",), r"[A-Za-z0-9]{22}_[A-Za-z0-9]{40}", "https://www.cockroachlabs.com/docs/cockroachcloud/managing-access"),
    Format("ClickHouse", "Cloud key", ("4b1d",), r"[A-Za-z0-9]{38}", "gitleaks clickhouse-cloud-api-secret-key"),
    Format("Databricks", "token", ("dapi",), r"[0-9a-f]{32}(?:-\d)?", "gitleaks databricks-api-token"),
    Format("Pulumi", "access token", ("pul-",), r"[0-9a-f]{40}", "https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/"),
    Format("Terraform", "Cloud token", (".atlasv1.",), r"[\w=-]{60,70}", "https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens", head=r"[A-Za-z0-9]{14}"),
    Format("Vault", "token", ("hvs.",), r"[\w-]{90,300}", "https://developer.hashicorp.com/vault/docs/concepts/tokens"),
    Format("Vault", "batch token", ("hvb.",), r"[\w-]{90,300}", "https://developer.hashicorp.com/vault/docs/concepts/tokens"),
    Format("Doppler", "token", ("dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim."), r"(?:[\w-]{1,40}\.)?[A-Za-z0-9]{40,44}", "https://docs.doppler.com/reference/auth-token-formats"),
    Format("Infracost", "API key", ("ico-",), r"[A-Za-z0-9]{32}", "gitleaks infracost-api-token"),
    Format("Prefect", "API key", ("pnu_",), r"[A-Za-z0-9]{36}", "gitleaks prefect-api-token"),
    Format("Tailscale", "key", ("tskey-auth-", "tskey-api-", "tskey-client-", "tskey-webhook-", "tskey-scim-"), r"[A-Za-z0-9]{8,20}-[A-Za-z0-9]{20,40}", "https://tailscale.com/docs/reference/key-prefixes"),
    Format("Defined Networking", "API key", ("dnkey-",), r"[a-z0-9=_-]{26}-[a-z0-9=_-]{52}", "gitleaks defined-networking-api-token", anywhere=True),
    Format("Authress", "service client key", ("sc_", "ext_", "scauth_", "authress_"), r"[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\.[\w+/-]{30,120}={0,2}", "gitleaks authress-service-client-access-key"),
    Format("MaxMind", "license key", ("_mmk",), "", "gitleaks maxmind-license-key", head=r"[A-Za-z0-9]{6}_[A-Za-z0-9]{29}"),
    Format("1Password", "service account token", ("ops_eyJ",), r"[A-Za-z0-9+/_-]{250,1200}={0,3}", "https://developer.1password.com/docs/service-accounts/", anywhere=True),
    Format("1Password", "secret key", ("A3-",), r"[A-Z0-9]{6}-[A-Z0-9]{6}-?[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}", "https://support.1password.com/secret-key-security/"),
    Format("age", "secret key", ("AGE-SECRET-KEY-1",), r"[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", "https://github.com/C2SP/C2SP/blob/main/age.md"),
    # Models
    Format("OpenAI", "project key", ("sk-proj-",), r"[\w-]{20,100}T3BlbkFJ[\w-]{20,100}", "https://platform.openai.com/docs/api-reference/authentication"),
    Format("OpenAI", "service account key", ("sk-svcacct-",), r"[\w-]{20,100}T3BlbkFJ[\w-]{20,100}", "gitleaks openai-api-key"),
    Format("OpenAI", "admin key", ("sk-admin-",), r"[\w-]{20,100}T3BlbkFJ[\w-]{20,100}", "https://platform.openai.com/docs/api-reference/admin-api-keys"),
    Format("OpenAI", "API key", ("sk-",), r"[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}", "https://platform.openai.com/docs/api-reference/authentication", detector="openai.OpenAIDetector"),
    Format("DeepSeek", "API key", ("sk-",), r"[0-9a-f]{32}", "trufflehog deepseek"),
    Format("Anthropic", "API key", ("sk-ant-api03-",), r"[\w-]{80,120}", "https://docs.anthropic.com/en/api/getting-started"),
    Format("Anthropic", "admin key", ("sk-ant-admin01-",), r"[\w-]{80,120}", "https://docs.anthropic.com/en/api/administration-api"),
    Format("Anthropic", "OAuth token", ("sk-ant-oat01-",), r"[\w-]{80,120}", "trufflehog anthropic"),
    Format("OpenRouter", "API key", ("sk-or-v1-",), r"[0-9a-f]{64}", "https://openrouter.ai/docs/api-reference/authentication"),
    Format("Langfuse", "secret key", ("sk-lf-",), _UUID, "https://langfuse.com/docs/get-started"),
    Format("ElevenLabs", "API key", ("sk_",), r"[0-9a-f]{48}", "betterleaks elevenlabs-api-key"),
    Format("Hugging Face", "token", ("hf_",), r"[A-Za-z]{34}", "https://huggingface.co/docs/hub/security-tokens"),
    Format("Hugging Face", "organisation token", ("api_org_",), r"[A-Za-z]{34}", "gitleaks huggingface-organization-api-token"),
    Format("Groq", "API key", ("gsk_",), r"[A-Za-z0-9]{52}", "https://console.groq.com/docs/quickstart"),
    Format("Perplexity", "API key", ("pplx-",), r"[A-Za-z0-9]{48}", "https://docs.perplexity.ai/guides/getting-started"),
    Format("Replicate", "API token", ("r8_",), r"[A-Za-z0-9]{37}", "https://replicate.com/docs/topics/security/api-tokens"),
    Format("xAI", "API key", ("xai-",), r"[A-Za-z0-9_]{70,120}", "https://docs.x.ai/docs/overview"),
    Format("NVIDIA", "API key", ("nvapi-",), r"[\w-]{60,70}", "https://docs.api.nvidia.com"),
    Format("LangSmith", "API key", ("lsv2_pt_", "lsv2_sk_"), r"[0-9a-f]{32}_[0-9a-f]{10}", "https://docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key"),
    Format("Pinecone", "API key", ("pcsk_",), r"[A-Za-z0-9]{5,6}_[A-Za-z0-9]{63}", "https://docs.pinecone.io/guides/projects/manage-api-keys"),
    # Payment and shops
    Format("Stripe", "secret key", ("sk_live_",), r"[A-Za-z0-9]{24,200}", _STRIPE_DOCS, detector="stripe.StripeDetector"),
    Format("Stripe", "restricted key", ("rk_live_",), r"[A-Za-z0-9]{24,200}", _STRIPE_DOCS, detector="stripe.StripeDetector"),
    Format("Stripe", "test key", ("sk_test_",), r"[A-Za-z0-9]{24,200}", _STRIPE_DOCS, TEST),
    Format("Stripe", "restricted test key", ("rk_test_",), r"[A-Za-z0-9]{24,200}", _STRIPE_DOCS, TEST),
    Format("Stripe", "webhook secret", ("whsec_",), r"[A-Za-z0-9+/]{24,160}={0,2}", "https://docs.stripe.com/webhooks", anywhere=True),
    Format("Square", "access token", ("EAAA",), r"[\w-]{60}", "https://developer.squareup.com/docs/build-basics/access-tokens"),
    Format("Square", "personal token", ("sq0atp-",), r"[\w-]{22}", "gitleaks square-access-token"),
    Format("Square", "OAuth secret", ("sq0csp-",), r"[\w-]{43}", "gitleaks square-access-token", detector="square_oauth.SquareOAuthDetector"),
    Format("Braintree", "access token", ("access_token$production$",), r"[0-9a-z]{16}\$[0-9a-f]{32}", "trufflehog paypaloauth", anywhere=True),
    Format("Braintree", "sandbox token", ("access_token$sandbox$",), r"[0-9a-z]{16}\$[0-9a-f]{32}", "trufflehog paypaloauth", TEST, anywhere=True),
    Format("Flutterwave", "secret key", ("FLWSECK-",), r"[0-9a-f]{32}-(?:[0-9a-z]{11,13}-)?X", "https://developer.flutterwave.com/docs/authentication"),
    Format("Flutterwave", "test key", ("FLWSECK_TEST-",), r"(?:[0-9a-h]{32}-X|[0-9a-h]{12})", "https://developer.flutterwave.com/docs/authentication", TEST),
    Format("Plaid", "access token", ("access-production-",), _UUID, "https://plaid.com/docs/api/items/"),
    Format("Plaid", "sandbox token", ("access-sandbox-", "access-development-"), _UUID, "https://plaid.com/docs/api/items/", TEST),
    Format("Mollie", "API key", ("live_",), r"[A-Za-z0-9]{30}", "https://docs.mollie.com/reference/authentication"),
    Format("Shippo", "token", ("shippo_live_",), r"[0-9a-fA-F]{40}", "https://docs.goshippo.com/docs/guides_general/authentication/"),
    Format("Shippo", "test token", ("shippo_test_",), r"[0-9a-fA-F]{40}", "https://docs.goshippo.com/docs/guides_general/authentication/", TEST),
    Format("EasyPost", "API key", ("EZAK",), r"[A-Za-z0-9]{54}", "https://docs.easypost.com/docs/authentication"),
    Format("EasyPost", "test key", ("EZTK",), r"[A-Za-z0-9]{54}", "https://docs.easypost.com/docs/authentication", TEST),
    Format("Duffel", "access token", ("duffel_live_",), r"[\w-]{43}", "https://duffel.com/docs/guides/getting-started-with-flights"),
    Format("Duffel", "test token", ("duffel_test_",), r"[\w-]{43}", "https://duffel.com/docs/guides/getting-started-with-flights", TEST),
    Format("Shopify", "access token", ("shpat_",), r"[0-9a-fA-F]{32}", _SHOPIFY_DOCS),
    Format("Shopify", "custom app token", ("shpca_",), r"[0-9a-fA-F]{32}", _SHOPIFY_DOCS),
    Format("Shopify", "private app token", ("shppa_",), r"[0-9a-fA-F]{32}", _SHOPIFY_DOCS),
    Format("Shopify", "shared secret", ("shpss_",), r"[0-9a-fA-F]{32}", "https://shopify.dev/changelog/app-secret-key-length-has-increased"),
    # Messages and mail
    Format("Slack", "bot token", ("xoxb-",), r"\d{9,13}-(?:\d{9,13}-){0,2}[A-Za-z0-9]{20,64}", _SLACK_DOCS, detector=_SLACK),
    Format("Slack", "user token", ("xoxp-",), r"\d{9,13}-(?:\d{9,13}-){0,2}[A-Za-z0-9]{20,64}", _SLACK_DOCS, detector=_SLACK),
    Format("Slack", "workspace token", ("xoxa-", "xoxr-"), r"(?:\d-)?\d{9,13}-(?:\d{9,13}-){0,2}[A-Za-z0-9]{20,64}", _SLACK_DOCS, detector=_SLACK),
    Format("Slack", "legacy token", ("xoxo-", "xoxs-"), r"(?:\d{9,13}-){3}[0-9a-fA-F]{10,64}", "gitleaks slack-legacy-token"),
    Format("Slack", "app token", ("xapp-",), r"\d-[A-Z0-9]{9,12}-\d{10,14}-[a-z0-9]{60,70}", _SLACK_DOCS),
    Format("Slack", "refresh token", ("xoxe-", "xoxe.xoxb-", "xoxe.xoxp-"), r"\d-[A-Za-z0-9]{140,170}", _SLACK_DOCS),
    Format("Slack", "webhook", ("hooks.slack.com/services/",), r"[A-Z0-9]{8,13}/[A-Z0-9]{8,13}/[A-Za-z0-9]{20,26}", "https://api.slack.com/messaging/webhooks", anywhere=True),
    Format("Slack", "workflow webhook", ("hooks.slack.com/workflows/", "hooks.slack.com/triggers/"), r"[A-Z0-9]{8,13}/[A-Z0-9]{8,20}/(?:\d{10,20}/)?[A-Za-z0-9]{20,40}", "gitleaks slack-webhook-url", anywhere=True),
    Format("Discord", "webhook", ("/api/webhooks/",), r"\d{17,20}/[\w-]{60,72}", "https://discord.com/developers/docs/resources/webhook", anywhere=True),
    Format("Discord", "bot token", ("MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"), r"[A-Za-z0-9]{22,26}\.[\w-]{6}\.[\w-]{27,38}", "https://discord.com/developers/docs/reference#authentication"),
    Format("Teams", "webhook", (".webhook.office.com/webhookb2/",), _UUID + "@" + _UUID + "/IncomingWebhook/[0-9a-f]{32}/" + _UUID, "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/", anywhere=True),
    Format("DingTalk", "webhook", ("oapi.dingtalk.com/robot/send?access_token=",), r"[0-9a-f]{64}", "https://open.dingtalk.com/document/robots/custom-robot-access", anywhere=True),
    Format("WeCom", "webhook", ("qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",), _UUID, "https://developer.work.weixin.qq.com/document/path/91770", anywhere=True),
    Format("Feishu", "webhook", ("open.feishu.cn/open-apis/bot/v2/hook/",), _UUID, "https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot", anywhere=True),
    Format("Telegram", "bot token", (":AA",), r"[\w-]{33}", "https://core.telegram.org/bots/api#authorizing-your-bot", head=r"\d{8,10}"),
    Format("SendGrid", "API key", ("SG.",), r"[\w-]{22}\.[\w-]{43}", "https://docs.sendgrid.com/ui/account-and-settings/api-keys", detector="sendgrid.SendGridDetector"),
    Format("Mailgun", "API key", ("key-",), r"[0-9a-f]{32}", "https://documentation.mailgun.com/docs/mailgun/api-reference/authentication/"),
    Format("Mailchimp", "API key", ("-us",), r"\d{1,2}", "https://mailchimp.com/help/about-api-keys/", head=r"[0-9a-f]{32}"),
    Format("Brevo", "API key", ("xkeysib-",), r"[0-9a-f]{64}-[A-Za-z0-9]{16}", "https://developers.brevo.com/docs/getting-started"),
    Format("Brevo", "SMTP key", ("xsmtpsib-",), r"[0-9a-f]{64}-[A-Za-z0-9]{16}", "https://developers.brevo.com/docs/smtp-integration"),
    Format("Twilio", "API key", ("SK",), r"[0-9a-f]{32}", "https://www.twilio.com/docs/iam/api-keys", detector="twilio.TwilioKeyDetector"),
    # Watching, work and content
    Format("Sentry", "user token", ("sntryu_",), r"[0-9a-f]{64}", "https://docs.sentry.io/account/auth-tokens/"),
    Format("Sentry", "organisation token", ("sntrys_eyJ",), r"[A-Za-z0-9+/]{60,500}={0,2}_[A-Za-z0-9+/]{43}", "https://docs.sentry.io/account/auth-tokens/", anywhere=True),
    Format("Grafana", "service account token", ("glsa_",), r"[A-Za-z0-9]{32}_[0-9a-f]{8}", "https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go", checksum=LITTLE_ENDIAN),
    Format("Grafana", "Cloud token", ("glc_eyJ",), r"[A-Za-z0-9+/]{60,500}={0,2}", "gitleaks grafana-cloud-api-token", anywhere=True),
    Format("Grafana", "API key", ("eyJrIjoi",), r"[A-Za-z0-9]{70,400}={0,3}", "gitleaks grafana-api-key"),
    Format("New Relic", "API key", ("NRAK-",), r"[A-Z0-9]{27}", "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/"),
    Format("New Relic", "insert key", ("NRII-",), r"[A-Za-z0-9-]{32}", "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/"),
    Format("PostHog", "personal API key", ("phx_",), r"[A-Za-z0-9]{41,49}", "https://posthog.com/docs/api#personal-api-keys"),
    Format("LaunchDarkly", "SDK key", ("sdk-",), _UUID, "https://launchdarkly.com/docs/home/account/environment/keys"),
    Format("LaunchDarkly", "access token", ("api-",), _UUID, "https://launchdarkly.com/docs/home/account/api"),
    Format("Postman", "API key", ("PMAK-",), r"[0-9a-f]{24}-[0-9a-f]{34}", "https://learning.postman.com/docs/developer/postman-api/authentication/"),
    Format("ReadMe", "API key", ("rdme_",), r"[a-z0-9]{70}", "gitleaks readme-api-token"),
    Format("Linear", "API key", ("lin_api_",), r"[A-Za-z0-9]{40}", "https://linear.app/developers"),
    Format("Notion", "token", ("ntn_",), r"\d{11}[A-Za-z0-9]{35}", "https://developers.notion.com/docs/authorization"),
    Format("Notion", "integration secret", ("secret_",), r"[A-Za-z0-9]{43}", "https://developers.notion.com/docs/authorization"),
    Format("Figma", "token", ("figd_",), r"[\w-]{40}", "https://www.figma.com/developers/api#access-tokens"),
    Format("Airtable", "personal token", ("pat",), r"[A-Za-z0-9]{14}\.[0-9a-f]{64}", "https://airtable.com/developers/web/api/authentication"),
    Format("HubSpot", "access token", ("pat-na1-", "pat-na2-", "pat-eu1-", "pat-ap1-"), _UUID, "https://developers.hubspot.com/docs/guides/apps/private-apps/overview"),
    Format("ClickUp", "personal token", ("pk_",), r"\d{6,9}_[A-Z0-9]{32}", "https://developer.clickup.com/docs/authentication"),
    Format("Contentful", "management token", ("CFPAT-",), r"[\w-]{43}", "https://www.contentful.com/developers/docs/references/authentication/"),
    Format("Typeform", "personal token", ("tfp_",), r"[\w.=-]{59}", "https://www.typeform.com/developers/get-started/personal-access-token/", anywhere=True),
    Format("Dropbox", "access token", ("sl.",), r"(?:u\.)?[\w-]{130,1500}", "gitleaks dropbox-short-lived-api-token"),
    Format("Facebook", "page token", ("EAAM", "EAAC"), r"[A-Za-z0-9]{100,300}", "gitleaks facebook-page-access-token"),
    Format("42", "client secret", ("s-s4t2ud-", "s-s4t2af-"), r"[0-9a-f]{64}", "gitleaks intra42-client-secret"),
    Format("SettleMint", "token", ("sm_aat_", "sm_pat_", "sm_sat_"), r"[A-Za-z0-9]{16}", "gitleaks settlemint-personal-access-token"),
    Format("Frame.io", "token", ("fio-u-",), r"[\w=-]{64}", "gitleaks frameio-api-token", anywhere=True),
    Format("Mapbox", "secret token", ("sk.eyJ1",), r"[\w-]{40,200}\.[\w-]{22}", "https://docs.mapbox.com/help/dive-deeper/access-tokens/"),
    Format("Adobe", "client secret", ("p8e-",), r"[A-Za-z0-9]{32}", "gitleaks adobe-client-secret"),
    Format("X", "bearer token", ("A" * 20,), r"[A-Za-z0-9%]{80,110}", "gitleaks twitter-bearer-token"),
)  # fmt: skip
WEB_TOKEN = Format("JSON", "web token", ("eyJ",), r"[\w-]{10,2000}\.[\w-]{10,4000}\.[\w-]{20,1000}", "https://www.rfc-editor.org/rfc/rfc7519", detector="jwt.JwtTokenDetector")  # fmt: skip
