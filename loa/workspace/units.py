"""The tree of units: who is whose parent, from when to when, and who follows whom after a merger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from loa.errors import LoaError, Place, Problem, ProblemsFound
from loa.workspace.settings import Unit
from loa.workspace.table import Row, read_table

COLUMNS = (
    "code",
    "name",
    "parent",
    "hotline",
    "portal",
    "address",
    "logo",
    "brand",
    "valid_from",
    "valid_to",
    "successors",
)

_A_LINE_OF_CODES = 8  # more of them help nobody
_ACCEPTED = {
    "code": "xa-kim-lien",
    "parent": "tinh-nghe-an",
    "successors": "xa-kim-lien xa-van-an",
    "valid_from": "2025-07-01",
    "valid_to": "2025-06-30",
}


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit as written, and where each of its keys stands in the file."""

    unit: Unit
    place: Callable[[str], Place | None]


@dataclass(frozen=True, slots=True)
class UnitTree:
    """All units that ever were, in the order of the file."""

    units: tuple[Unit, ...]
    _by_code: dict[str, Unit] = field(init=False, repr=False, compare=False)
    _children: dict[str, list[Unit]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {unit.code: unit for unit in self.units})
        children: dict[str, list[Unit]] = {}
        for unit in self.units:
            if unit.parent is not None:
                children.setdefault(unit.parent, []).append(unit)
        object.__setattr__(self, "_children", children)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Unit:
        """The unit of this code.

        Raises:
            LoaError: E213, there is no such unit.
        """
        try:
            return self._by_code[code]
        except KeyError:
            raise LoaError("E213", value=code) from None

    def codes(self) -> tuple[str, ...]:
        return tuple(self._by_code)

    def on(self, day: date) -> tuple[Unit, ...]:
        """The units that exist on ``day``."""
        return tuple(unit for unit in self.units if is_valid_on(unit, day))

    def path(self, code: str) -> tuple[Unit, ...]:
        """From the root of the tree down to this unit, itself included."""
        unit = self.get(code)
        return (*self.path(unit.parent), unit) if unit.parent else (unit,)

    def children(self, code: str) -> tuple[Unit, ...]:
        return tuple(self._children.get(code, ()))

    def below(self, code: str) -> tuple[Unit, ...]:
        """Every unit below this one, at any depth and of any time, level by level; not the unit itself."""
        found = list(self.children(code))
        for unit in found:  # grows while it is walked: the children of children
            found += self.children(unit.code)
        return tuple(found)


def is_valid_on(unit: Unit, day: date) -> bool:
    """Whether ``unit`` exists on ``day``; both ends of its validity belong to it."""
    return (unit.valid_from is None or unit.valid_from <= day) and (unit.valid_to is None or day <= unit.valid_to)


def read_units(path: Path, shown: str) -> list[PlacedUnit]:
    """The units of a CSV file.

    Raises:
        ProblemsFound: every problem of every cell.
    """
    units: list[PlacedUnit] = []
    problems: list[Problem] = []
    for row in read_table(path, shown, COLUMNS, required=("code", "name")):
        try:
            units.append(PlacedUnit(_unit(row), _placer(row)))
        except ValidationError as error:
            problems += [_cell_problem(row, str(item["loc"][0])) for item in error.errors()]
    if problems:
        raise ProblemsFound(problems)
    return units


def _unit(row: Row) -> Unit:
    values: dict[str, object] = {name: cell.text for name, cell in row.items() if cell.text}
    if "successors" in values:
        values["successors"] = tuple(row["successors"].text.split())
    return Unit.model_validate(values)


def _placer(row: Row) -> Callable[[str], Place | None]:
    return lambda key: (row.get(key) or row["code"]).place


def _cell_problem(row: Row, column: str) -> Problem:
    place = _placer(row)(column)
    value = row[column].text if column in row else ""
    if not value:
        return Problem("E214", {"column": column}, place)
    accepted = (_ACCEPTED[column],) if column in _ACCEPTED else ()
    return Problem("E215", {"column": column, "value": value}, place, accepted=accepted)


def tree_problems(placed: Sequence[PlacedUnit]) -> list[Problem]:
    """What is wrong between the units: doubles, unknown parents and successors, circles, ends before beginnings."""
    codes = {item.unit.code for item in placed}
    problems = doubles((item.unit.code, item.place("code")) for item in placed)
    for item in placed:
        unit = item.unit
        if unit.parent and unit.parent not in codes:
            problems.append(unknown_unit(unit.parent, codes, item.place("parent")))
        problems += [
            unknown_unit(code, codes, item.place("successors")) for code in unit.successors if code not in codes
        ]
        if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
            dates = {"unit": unit.code, "start": unit.valid_from.isoformat(), "end": unit.valid_to.isoformat()}
            problems.append(Problem("E218", dates, item.place("valid_to")))
    return problems + _circles(placed, "parent") + _circles(placed, "successors")


def unknown_unit(given: str, known: set[str], place: Place | None) -> Problem:
    """A code that no unit carries, with the nearest one that some unit does."""
    near = get_close_matches(given, sorted(known), n=1, cutoff=0.6)
    accepted = tuple(sorted(known)) if len(known) <= _A_LINE_OF_CODES else ()
    return Problem("E213", {"value": given}, place, accepted, near[0] if near else "")


def doubles(ids: Iterable[tuple[str, Place | None]]) -> list[Problem]:
    """One problem for each code that was given before, telling where."""
    first: dict[str, Place | None] = {}
    problems = []
    for code, place in ids:
        if code in first:
            earlier = first[code]
            where = f"{earlier.file}:{earlier.line}" if earlier else ""
            problems.append(Problem("E219", {"value": code, "first": where}, place))
        first.setdefault(code, place)
    return problems


def _circles(placed: Sequence[PlacedUnit], key: str) -> list[Problem]:
    """One problem for each circle, told at the unit of it that the file names first."""
    following = {item.unit.code: _next(item.unit, key) for item in placed}
    told: set[str] = set()
    problems = []
    for item in placed:
        circle = _circle_from(item.unit.code, following)
        if circle and not told.intersection(circle):
            told.update(circle)
            problems.append(Problem("E205", {"circle": " → ".join((*circle, circle[0]))}, item.place(key)))
    return problems


def _next(unit: Unit, key: str) -> tuple[str, ...]:
    if key == "successors":
        return unit.successors
    return (unit.parent,) if unit.parent else ()


def _circle_from(start: str, following: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A way from ``start`` back to ``start``, or nothing. Without recursion: a chain may be thousands long."""
    came_from: dict[str, str] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for code in following.get(here, ()):
            if code == start:
                return _way_back(here, start, came_from)
            if code not in came_from:
                came_from[code] = here
                waiting.append(code)
    return ()


def _way_back(last: str, start: str, came_from: dict[str, str]) -> tuple[str, ...]:
    way = [last]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
