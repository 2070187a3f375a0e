"""Who has published what: units against the items of a campaign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loa.delivery import State
from loa.dispatch.views import DeliveryView

_DROPPED = (State.CANCELLED,)


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit and one item: how many deliveries are due from it, how many are out. A cancelled one is not due."""

    planned: int
    done: int

    @property
    def level(self) -> str:
        """``all``, ``partly`` or ``not_yet``: the name of the words that say so."""
        if self.done == 0:
            return "not_yet"
        return "all" if self.done == self.planned else "partly"


@dataclass(frozen=True, slots=True)
class Matrix:
    """The coverage of one campaign. ``items`` and ``units`` are (id, name)."""

    campaign_id: str
    campaign: str
    items: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], Cell]
    """By (unit, item); no cell where the unit has no part in the item."""

    def cell(self, unit: str, item: str) -> Cell | None:
        return self.cells.get((unit, item))

    def whole(self) -> int:
        """How many cells are done completely."""
        return sum(cell.done == cell.planned for cell in self.cells.values())


def matrices(views: Sequence[DeliveryView], units: Sequence[str] = ()) -> tuple[Matrix, ...]:
    """One matrix a campaign. ``units`` is the office's own order of its units; unknown ones come last."""
    place = {code: number for number, code in enumerate(units)}
    grouped: dict[str, list[DeliveryView]] = {}
    for view in views:
        if view.state not in _DROPPED:
            grouped.setdefault(view.campaign_id, []).append(view)
    return tuple(_matrix(found, place) for found in grouped.values())


def _matrix(views: Sequence[DeliveryView], place: Mapping[str, int]) -> Matrix:
    planned: Counter[tuple[str, str]] = Counter()
    done: Counter[tuple[str, str]] = Counter()
    for view in views:
        key = (view.unit_code, view.item_id)
        planned[key] += 1
        done[key] += view.state == State.DONE
    units = {view.unit_code: view.unit_name for view in views}
    return Matrix(
        campaign_id=views[0].campaign_id,
        campaign=views[0].campaign_title,
        items=tuple({view.item_id: view.item_title for view in views}.items()),
        units=tuple(sorted(units.items(), key=lambda unit: place.get(unit[0], len(place)))),
        cells={key: Cell(planned[key], done[key]) for key in planned},
    )
