"""Which units a campaign and each of its items speak for."""

from __future__ import annotations

from loa.campaign.events import named_units
from loa.campaign.model import Campaign, Item
from loa.workspace import Unit, UnitTree

ALL_UNITS = "all"


def members(units: UnitTree, campaign: Campaign, item: Item) -> tuple[str, ...]:
    """The codes of the units that send ``item``, of any time; codes that no unit has are left out."""
    listed = named(campaign, item)
    return _codes(units, listed, None if listed else item.units_below or campaign.units_below)


def members_of_campaign(units: UnitTree, campaign: Campaign) -> tuple[str, ...]:
    """The codes of the campaign's units."""
    return _codes(units, campaign.units, campaign.units_below)


def names_its_own(item: Item) -> bool:
    """Whether an item says itself which units send it."""
    return bool(item.units) or item.units_below is not None


def named(campaign: Campaign, item: Item) -> tuple[str, ...]:
    """The codes that the file itself gives for the item; nothing where it names a branch of the tree."""
    return () if item.units_below is not None else named_units(campaign, item)


def during(units: UnitTree, campaign: Campaign, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the codes whose unit exists on some day of the campaign."""
    return tuple(code for code in codes if _meets(units.get(code), campaign))


def _codes(units: UnitTree, listed: tuple[str, ...], above: str | None) -> tuple[str, ...]:
    if above is not None:
        return tuple(unit.code for unit in units.below(above))
    if ALL_UNITS in listed:
        return units.codes()
    return tuple(dict.fromkeys(code for code in listed if code in units))


def _meets(unit: Unit, campaign: Campaign) -> bool:
    is_over = unit.valid_to is not None and unit.valid_to < campaign.start
    is_to_come = unit.valid_from is not None and campaign.end is not None and campaign.end < unit.valid_from
    return not (is_over or is_to_come)
