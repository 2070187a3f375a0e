"""Who has published what of a plan: units × items."""

from __future__ import annotations

from collections import Counter

from loa.dispatch.views import DeliveryView
from loa.progress.model import Coverage, Ground, ItemKey, UnitLine
from loa.progress.units import Heirs

_Cell = tuple[str, str, str]


class CoverageCount:
    """The matrix while it is counted."""

    def __init__(self, ground: Ground, heirs: Heirs) -> None:
        self._ground = ground
        self._heirs = heirs
        self._planned: Counter[_Cell] = Counter()
        self._done: Counter[_Cell] = Counter()
        self._titles: dict[ItemKey, str] = dict(ground.items)

    def publication(self, view: DeliveryView, unit: str, *, is_out: bool) -> None:
        """A delivery that was planned and not given up."""
        cell = (unit, view.campaign_id, view.item_id)
        self._planned[cell] += 1
        self._done[cell] += is_out
        self._titles.setdefault((view.campaign_id, view.item_id), view.item_title)

    def coverage(self) -> Coverage:
        """The units of the day in the order of the office; behind them, those that ended and have no single heir."""
        planned, done = _by_unit(self._planned), _by_unit(self._done)
        there = [unit.code for unit in self._heirs.there]
        gone = sorted(code for code in planned if code not in self._heirs)
        speaking = {self._heirs.of(account.unit) for account in self._ground.accounts}
        units = tuple(
            UnitLine(code, self._heirs.name(code), planned[code], done[code], code in speaking, code in gone)
            for code in (*there, *gone)
        )
        cells = {cell: (count, self._done[cell]) for cell, count in self._planned.items()}
        return Coverage(units, tuple(self._titles.items()), cells)


def _by_unit(cells: Counter[_Cell]) -> Counter[str]:
    found: Counter[str] = Counter()
    for (unit, _, _), count in cells.items():
        found[unit] += count
    return found
