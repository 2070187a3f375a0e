"""The unit that a row of a list names: by its code, or by its name where only one unit has it."""

from __future__ import annotations

import re
from collections import Counter

from loa.text import slug
from loa.workspace import Workspace

_KIND = re.compile(r"^(?:xa|phuong|dac-khu|thi-tran|tinh|thanh-pho)-(?=.)")


class Units:
    """Finds units as people write them; remembers what was asked, as a list names few units in many rows."""

    def __init__(self, workspace: Workspace) -> None:
        units = workspace.units.units
        names = Counter(slug(unit.name) for unit in units)
        short = Counter(_short(unit.name) for unit in units)
        self._codes = frozenset(unit.code for unit in units)
        self._names = {slug(unit.name): unit.code for unit in units if names[slug(unit.name)] == 1}
        self._short = {_short(unit.name): unit.code for unit in units if short[_short(unit.name)] == 1}
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
        return self._names.get(slug(written)) or self._short.get(slug(written))


def _short(name: str) -> str:
    """“kim-lien” of “Xã Kim Liên”: as people write it in a column that is already called “Xã”."""
    return _KIND.sub("", slug(name))
