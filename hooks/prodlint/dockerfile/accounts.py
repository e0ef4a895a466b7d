"""The accounts of an image: whether it has the user and the group that USER names."""

import posixpath
import re
from collections.abc import Iterator

from prodlint.core.images.table import ACCOUNTS
from prodlint.core.shell import Command, ShellError, parse, walk
from prodlint.core.source import Span
from prodlint.dockerfile.advice import unprivileged
from prodlint.dockerfile.context import working_folders
from prodlint.dockerfile.instruction import Instruction
from prodlint.dockerfile.packages import MANAGERS, scripts
from prodlint.dockerfile.process import Shipped
from prodlint.dockerfile.stage import Stage
from prodlint.typed import NamedTuple

_CREATE = "useradd adduser usermod groupadd addgroup groupmod"
# Of these it is known that they create no account, or that the words behind them would name it.
_UNDERSTOOD = f"""
{_CREATE} {MANAGERS} gpasswd passwd chpasswd userdel deluser groupdel delgroup
: [ test cd set unset export exit echo printf true false trap umask read local return type command
mkdir rmdir rm cp mv ln chmod chown chgrp touch cat ls tar unzip gzip gunzip xz bzip2 sed grep awk find sort head tail tr cut tee
install mktemp basename dirname readlink realpath pwd env sleep date uname which id whoami getent sha256sum sha512sum md5sum
curl wget gpg git openssl setcap ldconfig update-ca-certificates update-alternatives locale-gen localedef dpkg dpkg-reconfigure rpm
apt-mark apt-key apt-cache strip file sync
npm npx yarn pnpm corepack bun node deno python python3 pip pip3 uv poetry pipenv gem bundle bundler ruby composer php
docker-php-ext-install docker-php-ext-configure docker-php-ext-enable pecl a2enmod a2dismod a2ensite nginx
go cargo rustup mvn mvnw gradle gradlew dotnet swift mix java javac jar
"""
# Names that people give: no package creates an account that is called so.
_GIVEN = """
node nodejs nextjs nuxt nest nestjs express deno bun python django flask fastapi celery ruby rails go golang rust java spring dotnet
deploy deployer worker web webapp api server service runner developer dev nonroot non-root frontend backend
"""
_ACCOUNT_FILES = ("", "etc", "etc/passwd", "etc/group")


class Missing(NamedTuple):
    """An account that USER names and the image lacks; `kind` is user or group."""

    kind: str
    name: str
    span: Span
    advice: str


def missing(image: Shipped) -> Missing | None:
    """The user or the group that an image runs as and is known not to have.

    runc looks both up in the files of the image, and starts nothing when a name is not there; a number needs no entry.
    """
    stage = image.stage
    value, instruction = stage.user
    user, _, group = (value or "").partition(":")
    for kind, name in (("user", user), ("group", group)):
        if instruction and name and not name.isdecimal() and _lacks(stage, kind, name):
            return Missing(kind, name, instruction.value_span, _advice(image, kind, name))
    return None


def _lacks(stage: Stage, kind: str, name: str) -> bool:
    base = stage.base
    if base is None or stage.windows or base.system not in ACCOUNTS or base.users == "?":
        return False
    users, groups, _ = ACCOUNTS[base.system]
    known = f"{users} {groups if kind == 'group' else ''} {base.users} {base.user}"
    if name in known.split():
        return False
    for one, folder in working_folders(stage).items():
        if one.keyword == "RUN" and _may_create(one, name):
            return False
        if one.keyword in ("COPY", "ADD") and _may_bring(stage, one, folder):
            return False
    return True


def _may_bring(stage: Stage, one: Instruction, folder: str) -> bool:
    """Whether what is copied may hold /etc/passwd or /etc/group."""
    words = (stage.expanded(one) or "$").split() if one.json is None else one.json
    target = words[-1] if words else "$"
    path = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
    if not path and one.keyword == "COPY" and one.flag("from") is None:
        files = stage.document.project.files
        return any(file.endswith(("etc/passwd", "etc/group")) for file in files)
    return "$" in path or path in _ACCOUNT_FILES


def _may_create(one: Instruction, name: str) -> bool:
    """Whether a RUN mentions an account, or does something of which nobody can tell whether it creates it."""
    texts = [one.arguments, *(body.text(one.source) for body in one.heredocs)]
    mention = rf"(?<![\w./-]){re.escape(name)}(?![\w/-])|/etc/(?:passwd|group)"
    if any(re.search(mention, text) for text in texts):
        return True
    try:
        return one.json is not None or any(_open(command, name) for command in _commands(one))
    except ShellError:
        return True


def _commands(one: Instruction) -> Iterator[Command]:
    for script, _ in scripts(one):
        yield from walk(parse(script))


def _open(command: Command, name: str) -> bool:
    if not command.words:
        return False
    program = posixpath.basename(command.name or "")
    if program not in _UNDERSTOOD.split():
        return True
    if program in _CREATE.split():
        return None in command.args
    return program in MANAGERS.split() and not _given(name)


def _given(name: str) -> bool:
    return name in _GIVEN.split() or "app" in name or "user" in name


def _advice(image: Shipped, kind: str, name: str) -> str:
    system = image.base.system if image.base is not None else ""
    alpine = system in ("alpine", "busybox")
    if system in ("scratch", "distroless") or (image.base and image.base.account):
        return unprivileged(image)
    if kind == "group":
        create = f"addgroup -S {name}" if alpine else f"groupadd --system {name}"
    else:
        create = f"adduser -D {name}" if alpine else f"useradd --create-home {name}"
    return f"create it above USER:\nRUN {create}"
