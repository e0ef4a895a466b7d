"""What programs read from an env file: one small model for each loader."""

from importlib import import_module

from prodlint.typed import NamedTuple

PYTHON_DOTENV = "python-dotenv"
NODE_DOTENV = "node dotenv"
COMPOSE = "docker compose"
DOCKER_RUN = "docker run --env-file"
BASH = "bash"
LOADERS = {
    PYTHON_DOTENV: "python_dotenv",
    NODE_DOTENV: "node_dotenv",
    COMPOSE: "compose",
    DOCKER_RUN: "docker_run",
    BASH: "bash",
}


class Trouble(NamedTuple):
    """Why a loader stops or does something else than to set a variable; `why` quotes nothing of the file."""

    line: int
    why: str


class Reading(NamedTuple):
    """What one loader makes of a file in an environment without variables.

    `values` are the variables that it sets; None is a name without a value. `unsure` are names whose value hangs on the
    machine, or takes too long to work out. `refused` is where and why it gives up: bash and `docker run` keep nothing of what
    follows, docker compose nothing at all. `commands` are lines that bash runs, or cannot.
    Not `complete`: what a command does decides about what follows.
    """

    values: dict[str, str | None]
    unsure: set[str]
    refused: Trouble | None = None
    commands: tuple[Trouble, ...] = ()
    complete: bool = True


def read(loader: str, text: str) -> Reading:
    """What a loader reads; a byte order mark is part of the text. In time linear in its length."""
    module = import_module(f"prodlint.env.loaders.{LOADERS[loader]}")
    reading: Reading = module.read(text)
    return reading
