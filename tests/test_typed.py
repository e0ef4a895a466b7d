"""The named tuples of prodlint.typed are those of `typing`."""

import copy
from typing import Any
from typing import NamedTuple as Standard

import pytest

from prodlint.typed import NamedTuple


class Place(NamedTuple):
    """A place."""

    path: str
    line: int = 1

    @property
    def shown(self) -> str:
        return f"{self.path}:{self.line}"

    @classmethod
    def first(cls) -> "Place":
        return cls("a")


def _standard() -> Any:
    return Standard("Place", [("path", str), ("line", int)])


@pytest.mark.parametrize("place", [Place("a", 2), Place(line=2, path="a"), Place._make(["a", 2])])
def test_is_a_tuple_with_names(place: Place) -> None:
    assert place == ("a", 2) == _standard()("a", 2)
    assert hash(place) == hash(("a", 2))
    assert (place.path, place.line, place.shown) == ("a", 2, "a:2")
    assert repr(place) == repr(_standard()("a", 2)) == "Place(path='a', line=2)"
    assert place._asdict() == {"path": "a", "line": 2}
    assert place._fields == ("path", "line")
    assert copy.copy(place) == place
    assert type(copy.deepcopy(place)) is Place


def test_has_defaults() -> None:
    assert Place.first() == Place("a") == ("a", 1)
    assert Place("a", 5)._replace(path="b") == ("b", 5)
    assert type(Place("a")._replace(line=3)) is Place
    assert Place._field_defaults == {"line": 1}


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("a", 1, 2), {}), (("a",), {"path": "b"}), (("a",), {"row": 1})],
)
def test_wrong_fields_are_refused(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    class New(NamedTuple):
        path: str
        line: int = 1

    for _ in range(2):
        with pytest.raises(TypeError):
            New(*values, **named)
    with pytest.raises(TypeError):
        New("a")._replace(row=1)  # type: ignore[call-arg]


def test_takes_no_other_attributes() -> None:
    with pytest.raises(AttributeError):
        Place("a").row = 1  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        Place("a").line = 1  # type: ignore[misc]


def test_matches_by_position() -> None:
    match Place("a", 2):
        case Place(path, line):
            assert (path, line) == ("a", 2)
