"""What references in values stand for, without growing beyond measure."""

MAX_VALUE = 128 * 1024  # what Linux lets one variable hold
MAX_REFERENCES = 200
_MAX_TOTAL = 8 * 1024 * 1024


class Unknown(Exception):
    """A value hangs on the machine, or takes too long to work out."""


class Scope:
    """The variables that a file has set so far. A value that grows too large is unknown, as is what refers to it."""

    def __init__(self) -> None:
        self.values: dict[str, str | None] = {}
        self.unsure: set[str] = set()
        self._left = _MAX_TOTAL

    def get(self, name: str) -> str | None:
        """The value of a variable, None when it is not set. Raises Unknown."""
        if name in self.unsure:
            raise Unknown
        value = self.values.get(name)
        self._left -= len(value or "")
        if self._left < 0:
            raise Unknown
        return value

    def set(self, name: str, value: str | None) -> None:
        if value is not None and len(value) > MAX_VALUE:
            self.set_unknown(name)
            return
        self.values[name] = value
        self.unsure.discard(name)

    def set_unknown(self, name: str) -> None:
        self.values[name] = ""
        self.unsure.add(name)
