"""The unit that a row of a list names: by its code, or by its name where only one unit has it."""

from __future__ import annotations

from collections import Counter

from loa.text import slug
from loa.workspace import Workspace


class Units:
    """Finds units as people write them; remembers what was asked, as a list names few units in many rows."""

    def __init__(self, workspace: Workspace) -> None:
        units = workspace.units.units
        names = Counter(slug(unit.name) for unit in units)
        self._codes = frozenset(unit.code for unit in units)
        self._names = {slug(unit.name): unit.code for unit in units if names[slug(unit.name)] == 1}
        self._known: dict[str, str | None] = {}

    def code_of(self, written: str) -> str | None:
        """The code of the unit; empty for an empty cell, None for a unit that the workspace does not have."""
        if written not in self._known:
            self._known[written] = self._look_up(written.strip())
        return self._known[written]

    def _look_up(self, written: str) -> str | None:
        code = written.lower()
        if not code or code in self._codes:
            return code
        return self._names.get(slug(written))
