"""What the code of a repository reads from its environment, found in its text; nothing is run.

For rules and for `init`: `project.once(code)`. Each file is opened once; tests, vendored and minified files are left out.
"""

import os
import re
import stat
from collections.abc import Iterator

from prodlint.core.lazy import lazy
from prodlint.core.project import Project
from prodlint.core.source import MAX_BYTES, Source, decode
from prodlint.env.read_forms import OPTIONAL, PLAIN, REQUIRED, Read, reads
from prodlint.typed import NamedTuple

__all__ = ["OPTIONAL", "PLAIN", "REQUIRED", "Code", "Read", "code"]

_MAX_FILES = 20_000
_MAX_READS = 5_000
_MAX_CONFIG = 300_000
_CODE = lazy(r"\.([cm]?[jt]sx?|vue|svelte|astro|py|rb|php|go|rs|java|kts?|cs|exs?)$")
_SKIPPED = lazy(
    r"(?i)(^|/)(node_modules|bower_components|vendor|third[_-]party|site-packages|\.?venv|env|dist|build|out|\.next|\.nuxt"
    r"|\.output|\.yarn|_cacache|\.npm-cache|coverage|__pycache__|\.git|wwwroot/lib|__macosx)/|(^|/)\._|[.-]min\.|\.(backup|bak|orig|old)[^/]*$|\.(map|lock|snap|svg|csv|log|patch|po)$"
    r"|(^|/)(package-lock|npm-shrinkwrap|pnpm-lock|composer\.lock)[^/]*$"
)
_TEST = lazy(
    r"(?i)(^|/)(tests?|__tests__|specs?|e2e|cypress|playwright|fixtures?|__mocks__|mocks?|examples?|samples?|docs?|[\w-]{0,40}documentation|templates"
    r"|benchmarks?|\.storybook|stories|terraform|lambda|infra)/"
    r"|\.(test|spec|stories|e2e|d)\.\w+$|(^|/)test_[^/]*$|_test\.\w+$|(^|/)conftest\.py$|(^|/)(jest|vitest|playwright|cypress)\.|(^|/)config/(test|dev)\.exs$"
)
_BINARY = lazy(
    r"(?i)\.(png|jpe?g|gif|ico|webp|avif|bmp|tiff?|pdf|zip|t?gz|bz2|xz|7z|jar|war|class|exe|dll|so|dylib|wasm|woff2?|ttf|eot|otf"
    r"|mp[34]|mov|avi|webm|wav|ogg|pyc|pkl|npy|h5|onnx|bin|dat|db|sqlite3?|psd|ai|xlsx?|docx?|pptx?)$"
)
_PROSE = lazy(r"(?i)\.(mdx?|rst|txt|adoc)$")
_GUIDE = lazy(
    r"(?i)(^|/)(readme|contributing|install|setup|deploy|config|env|getting|quick|develop|docker|hosting|self)[^/]*$|(^|/)docs?/"
)
_WORD = lazy(rb"[A-Z][A-Z0-9]*_[A-Z0-9_]*|\b_[A-Z0-9_]+")
_CONFIG_WORD = lazy(rb"[A-Z][A-Z0-9_]{2,}")
_FIELD = lazy(rb"(?m)^[ \t]+(?:pub[ \t]+)?([a-z]\w{2,})[ \t]*:")
# A field of a class or of a schema that says what the variable is: `DATABASE_HOST: z.string().optional(),`
_DECLARED = lazy(
    rb"(?m)^[ \t]+(?:(?:public|static|readonly|private)[ \t]+){0,3}([A-Z][A-Z0-9_]{2,99})[ \t]*[?!]?[:=](?!=|[^\n]{0,200}env(?:\b|iron\b|\())"
)
_SETTINGS = (b"BaseSettings", b"environ.config", b"dynaconf", b"Deserialize", b"envconfig")


class Code(NamedTuple):
    """What the code reads, by variable, and the names that it sets itself.

    `words` are the names in capitals that stand anywhere in code or configuration, `configured` those that stand outside of
    code, guides such as a README included; env files are in neither. `declared` are those to which a class or a schema of
    the code gives a type. `files`: how many files of code read something.
    """

    reads: dict[str, list[Read]]
    written: set[str]
    words: set[str]
    configured: set[str]
    declared: set[str]
    files: int

    def mentions(self, name: str) -> bool:
        """Whether a file names a variable, or the part of it that code puts a name together with."""
        if name in self.words or "__" in name:
            return True
        parts = name.split("_")
        fronts = ("_".join(parts[:count]) + "_" for count in range(1, len(parts)))
        ends = ("_" + "_".join(parts[count:]) for count in range(1, len(parts)))
        return any(part in self.words for part in (*fronts, *ends))


def code(project: Project) -> Code:
    """Search the files of a repository."""
    from prodlint.env import FILES

    found = Code({}, set(), set(), set(), set(), 0)
    env_file = re.compile(FILES)
    count = total = 0
    for path, data in _files(project, env_file):
        language = _CODE.search(path)
        if not language:
            _configuration(found, path, data)
            continue
        found.words.update(map(bytes.decode, _WORD.findall(data)))
        if any(word in data for word in _SETTINGS):
            found.words.update(name.decode().upper() for name in _FIELD.findall(data))
        if total > _MAX_READS or _TEST.search(path) or not _may_read(data):
            continue
        found.declared.update(map(bytes.decode, _DECLARED.findall(data)))
        source = _source(path, data)
        before = total
        for read, written in reads(source, language[1]) if source else ():
            total += 1
            if written:
                found.written.add(read.name)
            else:
                found.reads.setdefault(read.name, []).append(read)
        count += total > before
    return found._replace(files=count)


def _may_read(data: bytes) -> bool:
    return b"env" in data or b"ENV" in data or b"Env" in data or b"decouple" in data


def _configuration(found: Code, path: str, data: bytes) -> None:
    prose = _PROSE.search(path) is not None
    if len(data) > _MAX_CONFIG or (prose and not _GUIDE.search(path)):
        return
    names = set(map(bytes.decode, _CONFIG_WORD.findall(data)))
    found.configured.update(names)
    if not prose:
        found.words.update(names)


def _source(path: str, data: bytes) -> Source | None:
    from prodlint.core.source import Unreadable

    try:
        return decode(path, data)
    except Unreadable:
        return None


def _files(project: Project, env_file: "re.Pattern[str]") -> Iterator[tuple[str, bytes]]:
    """The files of text that are no env files, with what is in them."""
    inside: dict[str, bool] = {}
    chosen = [
        path
        for path in project.files
        if not (_BINARY.search(path) or _SKIPPED.search(path) or env_file.search(path))
    ]
    for path in chosen[:_MAX_FILES]:
        folder = os.path.dirname(os.path.join(project.root, path))
        if folder not in inside:
            inside[folder] = os.path.realpath(folder) == folder
        data = _bytes(os.path.join(project.root, path)) if inside[folder] else b""
        if data and b"\0" not in data[:1000]:
            yield path, data


def _bytes(path: str) -> bytes:
    """A regular file's bytes; nothing for a link, or one that is larger than what is linted."""
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            return b""
        with open(path, "rb") as file:
            return file.read(MAX_BYTES)
    except OSError:
        return b""
