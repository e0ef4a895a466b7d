"""What to write instead, for the image at hand."""

from prodlint.core.answer import NO, YES
from prodlint.dockerfile.process import Shipped

_DATABASES = {
    "postgres": "pg_isready -h 127.0.0.1 -U postgres",
    "redis": "redis-cli ping | grep -q PONG",
    "mysql": "mysqladmin ping -h 127.0.0.1",
    "mariadb": "healthcheck.sh --connect --innodb_initialized",
    "mongo": "mongosh --quiet --eval 'db.runCommand({ping: 1}).ok'",
    "rabbitmq": "rabbitmq-diagnostics -q ping",
}
_RUNTIME_IMAGES = {
    "golang": "gcr.io/distroless/static-debian12:nonroot",
    "rust": "debian:stable-slim",
    "haskell": "debian:stable-slim",
    "gcc": "debian:stable-slim",
    "maven": "eclipse-temurin:21-jre",
    "gradle": "eclipse-temurin:21-jre",
    "openjdk": "eclipse-temurin:21-jre",
    "eclipse-temurin": "eclipse-temurin:21-jre",
    "amazoncorretto": "eclipse-temurin:21-jre",
    "mcr.microsoft.com/dotnet/sdk": "mcr.microsoft.com/dotnet/aspnet of the same version",
}


def unprivileged(image: Shipped) -> str:
    """The lines that give an image an account without privileges."""
    base = image.base
    if base is None:
        return "end the stage with a USER that is not root, as USER 65532:65532"
    if base.repository == "nginx":
        return "start from nginxinc/nginx-unprivileged, which runs as 101 and listens on 8080"
    if base.system == "distroless":
        return f"use the tag nonroot of {base.repository}, or write above CMD or ENTRYPOINT:\nUSER 65532:65532"
    if base.system == "scratch":
        return "a number needs no /etc/passwd; write above CMD or ENTRYPOINT:\nUSER 65532:65532"
    if base.account:
        owner = base.account if "$" not in base.account else "app"
        chown = f"; what it writes to needs COPY --chown={owner}"
        return f"{base.repository} brings an account for it{chown}. Write above CMD:\nUSER {base.account}"
    if base.system in ("alpine", "busybox"):
        return "write above CMD, after the files are in place:\nRUN adduser -D app\nUSER app"
    return "write above CMD, after the files are in place:\nRUN useradd --create-home app\nUSER app"


def health_check(image: Shipped) -> str:
    """A HEALTHCHECK that works with what the image has."""
    base = image.base
    name = base.repository if base is not None else ""
    if name in _DATABASES:
        return f"write above CMD:\nHEALTHCHECK CMD {_DATABASES[name]}"
    port = next((port for port in image.ports if port.isdecimal()), "")
    url = f"http://127.0.0.1:{port or 'PORT'}/"
    if image.stage.tool("sh") is NO:
        return 'the image has no shell, so let the program ask itself:\nHEALTHCHECK CMD ["/app", "--health"]'
    command = asking(image, url)
    if command:
        return f"write above CMD, with a path that answers only when the service works:\nHEALTHCHECK CMD {command}"
    return "write a HEALTHCHECK above CMD that asks the service with a program that the image has"


def asking(image: Shipped, url: str) -> str:
    """A command that asks for a page with a program that the image has, and fails without it; or nothing."""
    for tool, command in (
        ("curl", f"curl -fsS {url} || exit 1"),
        ("wget", f"wget -q --spider {url} || exit 1"),
        (
            "node",
            f"node -e \"fetch('{url}').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))\"",
        ),
        ("python", f"python -c \"import urllib.request; urllib.request.urlopen('{url}')\""),
    ):
        if image.stage.tool(tool) is YES:
            return command
    return ""


def second_stage(image: Shipped) -> str:
    """The lines that leave the compiler behind."""
    if image.stage is not image.stage.document.stage(None):
        return "the last stage of this file is not built: let the service leave out target:, or name that stage"
    name = image.base.repository if image.base is not None else ""
    runtime = _RUNTIME_IMAGES.get(name, "a runtime image")
    return (
        "build in a stage of its own, and copy the result into a small image:\n"
        f"FROM {image.stage.image_name} AS build\n"
        f"FROM {runtime}\n"
        "COPY --from=build /path/of/the/program /app"
    )


def leave_behind(image: Shipped, names: list[str]) -> str:
    """How to build with tools and not ship them."""
    system = image.base.system if image.base is not None else ""
    packages = " ".join(names[:3])
    if system == "alpine":
        same = f"apk add --no-cache --virtual .build {packages} && … && apk del .build"
    elif system == "debian":
        same = f"apt-get install -y {packages} && … && apt-get purge -y --auto-remove {packages}"
    else:
        same = f"install {packages}, build and remove them in one RUN"
    return (
        f"build in a stage of its own and COPY --from it the result; or, in the same RUN:\n{same}"
    )
