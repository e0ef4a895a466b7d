"""What the env hook says of an env file: a value that it reports is no second finding here."""

from collections.abc import Iterator
from functools import cached_property

from prodlint.core.config import BadConfig
from prodlint.core.project import Project
from prodlint.core.source import Source
from prodlint.env.model import WEAK, EnvFile
from prodlint.env.secrecy import REUSED, stage


class EnvValues:
    """The values of an env file, by what the env hook makes of them."""

    def __init__(self, source: Source, project: Project) -> None:
        self._env = EnvFile(source, project)

    @cached_property
    def deployed(self) -> bool:
        """Whether the file is no template and does not say itself that it is for development."""
        return not (self._env.foreign or self._env.is_example) and stage(self._env) is not None

    @cached_property
    def reported(self) -> list[tuple[int, int]]:
        """Where placeholders, known defaults, keys that can be guessed and secrets of examples stand, in order."""
        try:
            return sorted(set(self._places()))
        except BadConfig:
            return []  # the env hook says what is wrong with the schema

    def _places(self) -> Iterator[tuple[int, int]]:
        from prodlint.env.live import live_secrets

        env = self._env
        spans = [one.variable.raw for one in env.verdicts.values() if one.kind != REUSED]
        spans += [finding.span for finding in env.misfits(WEAK)]
        if env.is_example and not env.foreign:
            spans += [variable.raw for variable in live_secrets(env)]
        return ((span.start, span.end) for span in spans)
