"""Who stands for a unit on a day: itself, or the one that took it over."""

from __future__ import annotations

from datetime import date

from loa.workspace import Unit, UnitTree, is_valid_on


class Heirs:
    """The units of one day, and what became of those that had ended by then.

    A unit that was merged or renamed has one successor, which takes over what it did. What was divided among several
    belongs to none of them: it stays with the old unit, which is shown as ended and counts in totals only.
    """

    def __init__(self, units: UnitTree, day: date) -> None:
        self._units = units
        self._day = day
        self.there: tuple[Unit, ...] = units.on(day)
        self._codes = frozenset(unit.code for unit in self.there)
        self._known: dict[str, str] = {}

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def of(self, code: str) -> str:
        """The code under which what ``code`` did is counted; codes of no unit stand for themselves."""
        if code not in self._known:
            self._known[code] = self._follow(code)
        return self._known[code]

    def name(self, code: str) -> str:
        return self._units.get(code).name if code in self._units else code

    def _follow(self, code: str) -> str:
        while code in self._units:
            unit = self._units.get(code)
            has_ended = unit.valid_to is not None and unit.valid_to < self._day
            if is_valid_on(unit, self._day) or not has_ended or len(unit.successors) != 1:
                break
            code = unit.successors[0]
        return code
