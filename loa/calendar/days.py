"""Public holidays and swap days, corrected by a file of the office (announcements come yearly and late)."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, cast

from loa.errors import Place, Problem, ProblemsFound

_SATURDAY = 5
_COLUMNS = ("date", "name", "kind")
_KINDS = ("holiday", "working")


class Holidays(dict[date, str]):
    """The days off of a year with their names; ``working`` holds the weekend days that are worked instead."""

    def __init__(self, days_off: dict[date, str], working: frozenset[date] = frozenset()) -> None:
        super().__init__(days_off)
        self.working = working


def is_working_day(day: date, holidays: Holidays) -> bool:
    """Whether offices work on ``day``: a swap day wins over the weekend, a holiday over an ordinary day."""
    if day in holidays.working:
        return True
    return day not in holidays and day.weekday() < _SATURDAY


def holidays_of(year: int, override_file: Path | None, shown: str = "") -> Holidays:
    """The public holidays of ``year``; rows of ``override_file`` (date, name, kind) win over the published ones.

    Raises:
        ProblemsFound: everything that is wrong in the file.
    """
    days_off, working = _published(year)
    result, worked = dict(days_off), set(working)
    for row in _override(override_file, shown or override_file.name) if override_file else ():
        if row.day.year != year:
            continue
        if row.works:
            worked.add(row.day)
            result.pop(row.day, None)
        else:
            worked.discard(row.day)
            result[row.day] = row.name
    return Holidays(result, frozenset(worked))


def override_problems(path: Path, shown: str) -> list[Problem]:
    """What is wrong in the office's file of holidays."""
    try:
        _override(path, shown)
    except ProblemsFound as found:
        return list(found.problems())
    return []


@lru_cache(maxsize=1)
def _vietnam() -> Callable[..., Any]:
    """The library's calendar of Vietnam, loaded when somebody asks for a holiday, and without its 250 other countries.

    ``import holidays.countries`` runs all of them: 0.8 s, more than the whole of ``loa check``. The file alone: 0.2 s.
    """
    library = find_spec("holidays")
    folders = list(library.submodule_search_locations or ()) if library else []
    spec = spec_from_file_location("loa.calendar._vietnam", f"{folders[0]}/countries/vietnam.py") if folders else None
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("holidays", name="holidays")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Callable[..., Any]", module.Vietnam)


@lru_cache(maxsize=32)
def _published(year: int) -> tuple[dict[date, str], frozenset[date]]:
    calendar = _vietnam()(years=year, language="vi")
    return dict(calendar.items()), frozenset(day for day in calendar.weekend_workdays if day.year == year)


@dataclass(frozen=True, slots=True)
class _Row:
    day: date
    name: str
    works: bool


@dataclass(slots=True)
class _Reading:
    shown: str
    rows: list[_Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _override(path: Path, shown: str) -> tuple[_Row, ...]:
    reading = _Reading(shown)
    lines = _lines(path, shown)
    header = tuple(cell.strip() for cell in next(csv.reader(lines[:1]), []))
    if header != _COLUMNS:
        source = lines[0] if lines else ""
        place = Place(shown, 1, 1, max(1, len(source)), source)
        raise ProblemsFound([Problem("E304", {"file": shown}, place, accepted=(",".join(_COLUMNS),))])
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            _read_row(reading, number, line)
    if reading.problems:
        raise ProblemsFound(reading.problems)
    return tuple(reading.rows)


def _lines(path: Path, shown: str) -> list[str]:
    try:
        return unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig")).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemsFound([Problem("E303", {"file": shown})]) from error


def _read_row(reading: _Reading, number: int, line: str) -> None:
    cells = [cell.strip() for cell in next(csv.reader([line]))]
    places = list(_places(reading.shown, number, line, cells))
    if len(cells) != len(_COLUMNS):
        reading.problems.append(Problem("E304", {"file": reading.shown}, places[0], accepted=(",".join(_COLUMNS),)))
        return
    day = _date(cells[0])
    if day is None:
        reading.problems.append(Problem("E305", {"value": cells[0]}, places[0], accepted=("2026-02-16",)))
    if cells[2] not in _KINDS:
        reading.problems.append(Problem("E306", {"value": cells[2]}, places[2], accepted=_KINDS))
    if day is not None and cells[2] in _KINDS:
        reading.rows.append(_Row(day, cells[1], cells[2] == "working"))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _places(shown: str, number: int, line: str, cells: list[str]) -> Iterator[Place]:
    """Where each cell stands; the cells are in order, so that each is looked for behind the one before."""
    start = 0
    for cell in cells:
        found = max(line.find(cell, start), start)
        yield Place(shown, number, found + 1, max(1, len(cell)), line)
        start = found + len(cell)
