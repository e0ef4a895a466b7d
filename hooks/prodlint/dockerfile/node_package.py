"""The package.json of a stage, and the commands of its scripts."""

from collections.abc import Iterator

from prodlint.core.package_json import Package, package
from prodlint.dockerfile.context import repository_file, working_folder
from prodlint.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from prodlint.core.shell import Command
    from prodlint.dockerfile.stage import Stage


def package_of(stage: "Stage") -> Package | None:
    """The package.json in the folder where the command of a stage's image starts; None when that cannot be told."""
    project = stage.document.project
    path = repository_file(stage, working_folder(stage).rstrip("/") + "/package.json")
    return project.parsed(path, package) if path is not None else None


def commands(text: str) -> Iterator["Command"]:
    """The commands of a shell text; none when it cannot be read."""
    from prodlint.core.shell import ShellError, parse, walk

    try:
        yield from walk(parse(text), substitutions=False)
    except ShellError:
        return
