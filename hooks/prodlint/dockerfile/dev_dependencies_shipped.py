"""The image ships dependencies that only development needs."""

from prodlint.core import WARNING, Finding, Findings, Related
from prodlint.dockerfile.dependencies import shipped_installs
from prodlint.dockerfile.model import Dockerfile

LEVEL = WARNING

_HELP = {
    "npm": "install without them (npm ci --omit=dev); where a build needs them, run npm prune --omit=dev after it",
    "yarn": "install without them (yarn install --production); where a build needs them, build in a stage of its own",
    "pnpm": "install without them (pnpm install --prod); where a build needs them, run pnpm prune --prod after it",
    "bun": "install without them (bun install --production); where a build needs them, build in a stage of its own",
    "pip": "install what production needs only, as pip install -r requirements.txt",
    "pipenv": "drop --dev",
    "poetry": "write poetry install --only main",
    "uv": "write uv sync --no-dev, or set UV_NO_DEV=1",
    "composer": "write composer install --no-dev",
    "bundle": "leave them out: ENV BUNDLE_WITHOUT=development:test",
}


def check(dockerfile: Dockerfile) -> Findings:
    for image in dockerfile.running:
        for install in shipped_installs(image):
            named = [Related(install.named, "names them")] if install.named else []
            yield Finding(
                install.span,
                f"{image.title} ships what {install.text} installs for development: more to download, patch and attack",
                _HELP[install.text.partition(" ")[0]],
                [*named, *image.reasons],
            )
