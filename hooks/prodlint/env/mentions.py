"""Which variables the code of a folder reads, and where, found in its text; nothing is run."""

import re

from prodlint.core.project import Project

_CODE = re.compile(r"\.(?:[cm]?[jt]sx?|vue|svelte|astro|py)$")
_SKIPPED = re.compile(
    r"(?i)(?:^|/)(?:node_modules|vendor|\.?venv|dist|build|\.next|coverage|tests?|__tests__|e2e|examples?|docs?|scripts)/"
    r"|\.(?:test|spec|stories|config|min)\.|(?:^|/)(?:test_|conftest)"
)
_READ = re.compile(
    r"(?:process\.env(?:\.|\[['\"])|import\.meta\.env\.|os\.environ(?:\[|\.get\(\s*)['\"]|os\.getenv\(\s*['\"])"
    r"([A-Z][A-Z0-9_]{1,80})(?![a-z0-9_])(?!['\"]?\]?\s*=[^=])"
)
_PLATFORM = re.compile(
    r"^(?:CI|HOME|PATH|PWD|USER|SHELL|TERM|HOSTNAME|DEV|PROD|MODE|SSR|BASE_URL|(?:npm|VERCEL|GITHUB|RENDER|AWS_LAMBDA|NEXT_RUNTIME)\w*)$"
)
_MAX_FILES, _MAX_SIZE = 5000, 500_000


def mentions(project: Project, folder: str) -> dict[str, str]:
    """The first place at which each variable is read, as `src/db.ts:3`, by its name."""
    found: dict[str, str] = {}
    paths = project.below(folder) if folder else project.files
    code = [path for path in paths if _CODE.search(path) and not _SKIPPED.search(path)]
    for path in sorted(code)[:_MAX_FILES]:
        source = project.source(path)
        if source is None or len(source.text) > _MAX_SIZE:
            continue
        for match in _READ.finditer(source.text):
            if match[1] not in found and not _PLATFORM.match(match[1]):
                line = source.text.count("\n", 0, match.start()) + 1
                found[match[1]] = f"{path}:{line}"
    return found
